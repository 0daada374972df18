import Foundation

/// A program of one's own to begin with: the command line with one more component.
struct PackageTemplate {
  /// In UpperCamelCase: the module, and the folder that is made.
  let name: String
  /// The folder with Kamaelia's own package.
  let kamaelia: String

  /// What one types to run it.
  var program: String { name.lowercased() }

  /// Whether its program would have the name of one of Kamaelia's own parts, or of what comes with Swift.
  var isTaken: Bool { ["kamaelia", "benchmarks", "fuzz", "swift", "main", "test", "testing"].contains(program) }

  /// The outer ones first.
  var folders: [String] {
    [
      name, "\(name)/Sources", "\(name)/Sources/\(program)", "\(name)/Tests", "\(name)/Tests/\(name)Tests",
      "\(name)/graphs",
    ]
  }

  var files: [NewFile] {
    let component = ComponentTemplate.files(
      "Shout", sources: "\(name)/Sources/\(program)", tests: "\(name)/Tests/\(name)Tests", module: program)
    return [
      NewFile(path: "\(name)/Package.swift", text: manifest),
      NewFile(path: "\(name)/Sources/\(program)/main.swift", text: main),
    ] + component + [NewFile(path: "\(name)/graphs/hello.kgraph", text: graph)]
  }

  /// The folder with Kamaelia's package: one that is named, or the one that this program was built from.
  ///
  /// - Returns: its whole path; nil where there is no package.
  static func sources(_ named: String?) -> String? {
    var folder = URL(filePath: named ?? #filePath)
    // Sources/KamaeliaCommands/Templates/PackageTemplate.swift
    if named == nil { for _ in 0..<4 { folder.deleteLastPathComponent() } }
    let path = folder.standardizedFileURL.path
    let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    return FileManager.default.fileExists(atPath: "\(trimmed)/Package.swift") ? trimmed : nil
  }

  /// A package is known to others by the last part of its path.
  private var identity: String { URL(filePath: kamaelia).lastPathComponent.lowercased() }

  private var manifest: String {
    """
    // swift-tools-version: 6.2
    import PackageDescription

    let package = Package(
      name: "\(program)",
      dependencies: [
        // Where Kamaelia's sources are; the address of a repository can stand here as well.
        .package(path: "\(kamaelia.replacing("\\", with: "\\\\").replacing("\"", with: "\\\""))")
      ],
      targets: [
        .executableTarget(
          name: "\(program)",
          dependencies: [
            .product(name: "Kamaelia", package: "\(identity)"),
            .product(name: "KamaeliaCommands", package: "\(identity)"),
            .product(name: "KamaeliaComponents", package: "\(identity)"),
          ]),
        .testTarget(
          name: "\(name)Tests",
          dependencies: [
            .target(name: "\(program)"), .product(name: "Kamaelia", package: "\(identity)"),
            .product(name: "KamaeliaTesting", package: "\(identity)"),
          ]),
      ]
    )

    """
  }

  private var main: String {
    """
    import Kamaelia
    import KamaeliaCommands
    import KamaeliaComponents

    await KamaeliaCommands.main(library: .standard + [Shout.self])

    """
  }

  private var graph: String {
    """
    ## Says hello through a component of one's own: `swift run \(program) run graphs/hello.kgraph`.

    "hello" -> Shout("! ") -> ConsoleWriter()

    test "the text comes first" of Shout("! ") {
        send   inbox: "a"
        expect outbox: "! a"
    }

    """
  }
}
