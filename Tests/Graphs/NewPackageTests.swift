import Foundation
import Testing

/// What `kamaelia new` makes in Swift compiles as it is.
@Suite(.timeLimit(.minutes(1))) struct NewPackageTests {
  private func compile(_ files: [String], in folder: String) async throws -> Finished {
    let modules = URL(filePath: Place.kamaelia).deletingLastPathComponent().appending(path: "Modules").path
    return try await Run(
      ["swiftc", "-typecheck", "-swift-version", "6", "-module-name", "mine", "-I", modules]
        + ["-I", "\(Place.root)/Sources/CSystem/include", "-module-cache-path", "\(folder)/modules"] + files,
      in: folder, environment: ["HOME": folder], program: ["/usr/bin/env"]
    ).finish()
  }

  @Test func `The program of a new package compiles against the library`() async throws {
    try await withFolder { folder in
      let made = try await kamaelia("new", "package", "Mine", "--kamaelia", Place.root, in: folder)
      #expect(made.status == .exited(0), "\(made.errors)")
      let compiled = try await compile(["main", "Shout"].map { "Mine/Sources/mine/\($0).swift" }, in: folder)
      #expect(compiled.status == .exited(0), "\(compiled.errors)")
      let graph = try await kamaelia("fmt", "--check", "Mine/graphs", in: folder)
      #expect(graph.status == .exited(0), "\(graph.errors)")
    }
  }

  @Test func `A new component compiles`() async throws {
    try await withFolder { folder in
      let made = try await kamaelia("new", "component", "Louder", in: folder)
      #expect(made.status == .exited(0), "\(made.errors)")
      let compiled = try await compile(["Louder.swift"], in: folder)
      #expect(compiled.status == .exited(0), "\(compiled.errors)")
    }
  }

  @Test(arguments: ["Kamaelia", "Benchmarks", "Swift"])
  func `A package has no name that is taken`(name: String) async throws {
    try await withFolder { folder in
      let refused = try await kamaelia("new", "package", name, "--kamaelia", Place.root, in: folder)
      #expect(refused.status == .exited(2))
      #expect(refused.errors.contains("there is a `\(name.lowercased())` already"), "\(refused.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }
}
