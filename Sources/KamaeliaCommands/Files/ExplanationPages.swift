import Foundation
import KGraph
import KamaeliaIO

/// Pages about codes that an editor can open from a diagnostic, written where programs keep what they can make again.
struct ExplanationPages: Sendable {
  /// Nil where the user has no folder for such things.
  let folder: URL?

  /// Those of the user whom the environment speaks of.
  static func standard(_ environment: [String: String] = Environment.current) -> ExplanationPages {
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0).appending(path: ".cache") : nil }
    // XDG Base Directory Specification: a path that is not absolute is to be passed over.
    let cache = environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil } ?? home
    return ExplanationPages(folder: cache?.appending(path: "kamaelia/explain"))
  }

  /// The URI of a page, which is written when it is first asked for; nil where it cannot be.
  func uri(of code: Code) -> String? {
    guard let folder else { return nil }
    let page = folder.appending(path: "\(code.name).md")
    let text = Data(Self.text(of: code).utf8)
    do {
      if FileManager.default.contents(atPath: page.path) != text {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try text.write(to: page, options: .atomic)
      }
      return page.absoluteString
    } catch { return nil }
  }

  private static func text(of code: Code) -> String {
    var parts = ["# \(code.name): \(code.title)", code.explanation]
    func add(_ heading: String, _ text: String, _ language: String) {
      if text.isEmpty { return }
      let end = text.hasSuffix("\n") ? "" : "\n"
      parts += ["## \(heading)", "```\(language)\n\(text)\(end)```"]
    }
    add("For example", code.example, "kgraph")
    for (name, text) in code.files.sorted(by: { $0.key < $1.key }) { add("With `\(name)`", text, "kgraph") }
    add(code.example.isEmpty ? "For example" : "In `example.kgraph`, and then", code.commands, "sh")
    add(code.example.isEmpty && code.commands.isEmpty ? "Right would be" : "Mended", code.mended, "kgraph")
    return parts.joined(separator: "\n\n") + "\n"
  }
}
