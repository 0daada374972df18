import Foundation
import Kamaelia
import Testing

@testable import KamaeliaLanguageServer

@Suite struct NavigationTests {
  static let parts = "graph Part(size: Int) {\n    outbox out: Text\n\n    \"x\" -> self.out\n}\n"
  static let other = "import {Part} from \"parts.kgraph\"\n\nPart(size: 1) -> ConsoleWriter()\n"
  static let files = ["/w/parts.kgraph": parts, "/w/other.kgraph": other]

  /// Places in words: `main 0:7`.
  private func words(_ answer: Plain) -> [String] {
    answer.values.map { location in
      let file = location["uri"]?.text?.split(separator: "/").last?.split(separator: ".").first ?? ""
      guard case .int(let line)? = location["range"]?["start"]?["line"],
        case .int(let column)? = location["range"]?["start"]?["character"]
      else { return "\(location)" }
      return "\(file) \(line):\(column)"
    }
  }

  @Test(arguments: [
    ("a = Lines()\n|a -> ConsoleWriter()", ["main 0:0"]),
    ("param p: Int = 1\nTicks(count: $|p) -> Discard()", ["main 0:6"]),
    ("import {Part} from \"parts.kgraph\"\nPa|rt(1) -> ConsoleWriter()", ["parts 0:6"]),
    ("import {Part as P} from \"parts.kgraph\"\n|P(1) -> ConsoleWriter()", ["parts 0:6"]),
    ("import {Part} from \"parts.kgraph\"\nPart(si|ze: 1) -> ConsoleWriter()", ["parts 0:11"]),
    ("import {Part} from \"parts.kgraph\"\nPart(1).o|ut -> ConsoleWriter()", ["parts 1:11"]),
    ("import {Part} from \"par|ts.kgraph\"\nPart(1) -> ConsoleWriter()", ["parts 0:0"]),
    ("import \"par|ts.kgraph\" as P\nP()", ["parts 0:0"]),
    ("Li|nes()", []), ("a = 1|", []),
  ])
  func `A name leads to where it is declared`(text: String, places: [String]) async throws {
    let editor = try await Editor(files: Self.files)
    #expect(words(try await editor.ask("textDocument/definition", at: text)) == places)
  }

  @Test func `A component leads to its Swift source, where the folder has it`() async throws {
    let swift = "import Kamaelia\n\nstruct Lines: Component {\n}\n"
    let editor = try await Editor(files: ["/w/Sources/Lines.swift": swift])
    #expect(words(try await editor.ask("textDocument/definition", at: "Li|nes()")) == ["Lines 2:7"])
  }

  @Test func `A component leads to the file that it was compiled from, where that is still there`() async throws {
    let text = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    let editor = try await Editor(files: [#filePath: text], more: [DeclaredHere.self, DeclaredHereLonger.self])
    let places = try await editor.ask("textDocument/definition", at: "Declared|Here()").values
    #expect(places.map { $0["uri"]?.text } == [FileURI.uri(#filePath)])
    guard case .int(let line)? = places.first?["range"]?["start"]?["line"] else {
      Issue.record("no place")
      return
    }
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false)[line].contains("struct DeclaredHere: "))
    let elsewhere = try await Editor(more: [DeclaredHere.self])
    #expect(try await elsewhere.ask("textDocument/definition", at: "Declared|Here()").values == [])
  }

  @Test func `Uses are found in all files of the folder`() async throws {
    let editor = try await Editor(files: Self.files)
    let text = "import {Part} from \"parts.kgraph\"\nPa|rt(1) -> ConsoleWriter()"
    let all = try await editor.ask("textDocument/references", at: text, ["context": ["includeDeclaration": true]])
    #expect(Set(words(all)) == ["parts 0:6", "main 0:8", "main 1:0", "other 0:8", "other 2:0"])
    let uses = try await editor.ask("textDocument/references", at: text, ["context": ["includeDeclaration": false]])
    #expect(Set(words(uses)) == ["main 0:8", "main 1:0", "other 0:8", "other 2:0"])
  }

  private func rename(_ text: String, to name: String, files: [String: String] = [:]) async throws -> [String: String] {
    let editor = try await Editor(files: files)
    let answer = try await editor.ask("textDocument/rename", at: text, ["newName": .text(name)])
    guard case .record(let changes)? = answer["changes"] else { return [:] }
    var result: [String: String] = [:]
    for (uri, edits) in changes {
      let path = FileURI.path(uri) ?? uri
      result[path] = Editor.applying(edits.values, to: editor.texts[uri] ?? files[path] ?? "")
    }
    return result
  }

  @Test(arguments: [
    (
      "a = Lines()\n\"👋\" -> |a\na.outbox -> ConsoleWriter()", "lines",
      "lines = Lines()\n\"👋\" -> lines\nlines.outbox -> ConsoleWriter()"
    ),
    (
      "param |p: Int = 1\nTicks(count: $p) -> Prefix(\"${p}\") -> Discard()", "n",
      "param n: Int = 1\nTicks(count: $n) -> Prefix(\"${n}\") -> Discard()"
    ),
    (
      "a = Tee()\nfor i in 1...2 {\n  a = Tee()\n  a -> |a\n}", "b",
      "a = Tee()\nfor i in 1...2 {\n  b = Tee()\n  b -> b\n}"
    ),
    ("backplane |air: Text\n@air -> ConsoleWriter()", "wind", "backplane wind: Text\n@wind -> ConsoleWriter()"),
  ])
  func `A name is changed everywhere it means the same`(text: String, name: String, expected: String) async throws {
    #expect(try await rename(text, to: name) == ["/w/main.kgraph": expected])
  }

  @Test func `A graph is renamed in the files that import it`() async throws {
    let text = "import {Part} from \"parts.kgraph\"\n|Part(1) -> ConsoleWriter()\n"
    #expect(
      try await rename(text, to: "Piece", files: Self.files) == [
        "/w/main.kgraph": "import {Piece} from \"parts.kgraph\"\nPiece(1) -> ConsoleWriter()\n",
        "/w/parts.kgraph": Self.parts.replacing("Part", with: "Piece"),
        "/w/other.kgraph": Self.other.replacing("Part", with: "Piece"),
      ])
  }

  @Test(arguments: [
    ("|a = Lines()\nb = Lines()\na -> b", "b"), ("|a = Lines()\nfor i in 1...2 {\n  b = Lines()\n  a -> b\n}", "b"),
    ("param |p: Int = 1\nparam q: Int = 2\nTicks(count: $p) -> Discard()", "q"), ("|a = Lines()", "not a name"),
    ("|a = Lines()", ""), ("|a = Lines()", "self"), ("|a = Lines()", "1a"), ("|a = Lines()", "a-b"),
    ("Li|nes()", "Rows"), ("\"te|xt\" -> ConsoleWriter()", "x"),
    ("graph |G {\n}\ngraph H {\n}\nG()\nH()", "H"), ("graph |G {\n}\nG()\nTicks() -> Discard()", "Ticks"),
  ])
  func `A name in use, and what is no name, is refused`(text: String, name: String) async throws {
    await #expect(throws: Editor.Refusal.self) { try await rename(text, to: name) }
  }

  @Test func `What cannot be renamed says so before a name is asked for`() async throws {
    let editor = try await Editor()
    await #expect(throws: Editor.Refusal.self) { try await editor.ask("textDocument/prepareRename", at: "Li|nes()") }
    let answer = try await editor.ask("textDocument/prepareRename", at: "lines = Lines()\nli|nes -> ConsoleWriter()")
    #expect(answer["placeholder"] == "lines")
  }

  @Test func `The uses of a name in the file are marked`() async throws {
    let editor = try await Editor()
    let answer = try await editor.ask("textDocument/documentHighlight", at: "a = Lines()\n|a -> ConsoleWriter()\n")
    #expect(answer.values.map { $0["kind"] } == [3, 2])
  }
}

/// Its name begins another one, which comes first.
private struct DeclaredHereLonger: Component {
  static let summary = "Does nothing."
  let outbox = Outbox<String>("Nothing.")
  func main() async throws {}
}

private struct DeclaredHere: Component {
  static let summary = "Does nothing."
  let outbox = Outbox<String>("Nothing.")
  func main() async throws {}
}
