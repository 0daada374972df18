import Foundation

/// The files that the tests of the architecture read.
enum Repository {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// All Swift files under a folder, as paths from the root.
  static func swiftFiles(under folder: String) -> [String] {
    let base = root.appending(path: folder)
    let files = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
      .map { String($0.path.dropFirst(root.path.count + (root.path.hasSuffix("/") ? 0 : 1))) }.sorted()
  }

  static func read(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: root.appending(path: path)), as: UTF8.self)
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.appending(path: path).path) }

  /// What is left of each source without text and comments, by path.
  static let code: [String: String] = {
    let texts = swiftFiles(under: "Sources").map { path in
      (path, (try? read(path)).map(SwiftCode.withoutTextAndComments) ?? "")
    }
    return Dictionary(uniqueKeysWithValues: texts)
  }()

  /// The name of the target that a path under `Sources` belongs to.
  static func target(of path: String) -> String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
}

/// A line of a file that breaks a rule.
struct Breach: CustomStringConvertible, Equatable {
  let path: String
  let line: Int
  let text: String
  var description: String { "\(path):\(line): \(text)" }
}

extension Repository {
  /// The lines of code in which a pattern is found; text and comments are left out.
  static func breaches(_ pattern: String, in paths: [String], unless allows: (String) -> Bool = { _ in false }) throws
    -> [Breach]
  {
    let regex = try Regex(pattern)
    var found: [Breach] = []
    for path in paths {
      let code = code[path, default: ""]
      if allows(code) { continue }
      for (number, line) in code.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
      where line.contains(regex) {
        found.append(Breach(path: path, line: number + 1, text: line.trimmingCharacters(in: .whitespaces)))
      }
    }
    return found
  }
}
