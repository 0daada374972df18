import Fixtures
import Foundation
import Testing

@testable import KGraph

private let isThere = (try? FinishedProgram.run(["node", "--version"]))?.status == 0

/// The grammar for tree-sitter, read as it is written.
@Suite(.timeLimit(.minutes(2)), .enabled(if: isThere, "node is missing")) struct TreeSitterTests {
  /// What comes of reading texts by the grammar, and of its queries, a line each.
  private func read(_ texts: [Source], changing grammar: (String) -> String = { $0 }) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "kamaelia-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let here = Look.grammar.appending(path: "tree-sitter")
    let written = try String(contentsOf: here.appending(path: "grammar.js"), encoding: .utf8)
    let file = folder.appending(path: "grammar.js")
    try Data(grammar(written).utf8).write(to: file)
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "TreeSitter/recognise.js")
    var words = ["node", script.path, file.path, here.appending(path: "queries/highlights.scm").path]
    for text in texts {
      let file = folder.appending(path: text.name)
      try Data(text.bytes).write(to: file)
      words.append(file.path)
    }
    let run = try #require(try FinishedProgram.run(words))
    return run.output.split(whereSeparator: \.isNewline).map(String.init)
  }

  @Test func `Every graph can be read by it, and its queries speak of what it has`() throws {
    let all = Look.texts + [Source(name: "everything", text: SyntaxSamples.everything)]
    let texts = all.filter { GraphFile.parse($0).diagnostics.isEmpty }
    #expect(texts.count > 20)
    #expect(try read(texts) == texts.map { "\($0.name): fine" })
  }

  @Test(arguments: [
    ("a -> -> b\n", "1:6"), ("test \"t\" {\n    wait 1s\n}\n", "2:5"), ("a = F(x: 1\n", "2:1"),
    ("test \"t\" {\n    cases a {\n        1: 2\n    }\n}\n", "3:9"),
  ]) func `What is no graph cannot be read by it`(_ text: String, _ place: String) throws {
    let lines = try read([Source(name: "wrong", text: text)])
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("wrong:\(place): expected ") == true, "\(lines)")
  }

  @Test func `A query of what the grammar lacks is told of`() throws {
    let lines = try read([]) { $0.replacing("shebang", with: "hashbang").replacing("\"matching\"", with: "\"like\"") }
    #expect(lines == ["highlights.scm: \"matching\"", "highlights.scm: (shebang"])
  }
}
