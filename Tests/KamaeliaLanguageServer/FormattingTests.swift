import KGraph
import Testing

@testable import KamaeliaLanguageServer

@Suite struct FormattingTests {
  private static let options: Plain = ["tabSize": 4, "insertSpaces": true]

  @Test(arguments: [
    "a=Lines()\nlonger  =  Lines()\n\na -> longer\n", "graph G {\na = Lines()\n}\n", "a = Lines()",
    "\n\n\na = Lines()\n\n\n",
    "# 👋\na   = Lines()   # 🌍\n", "",
  ])
  func `The edits make the text what the formatter makes of it`(text: String) async throws {
    for text in [text, text.replacing("\n", with: "\r\n")] {
      let editor = try await Editor()
      try await editor.open("file:///w/a.kgraph", text)
      let edits = try await editor.ask(
        "textDocument/formatting", ["textDocument": ["uri": "file:///w/a.kgraph"], "options": Self.options])
      let expected = try #require(Formatter.format(GraphFile.parse(Source(name: "a", text: text))))
      let result = Editor.applying(edits.values, to: text)
      #expect(result == (text.contains("\r\n") ? expected.replacing("\n", with: "\r\n") : expected))
    }
  }

  @Test func `A stretch is formatted as it is in the whole, and nothing else`() async throws {
    let text = "a=Lines()\nb=Lines()\ngraph G {\n  c=Lines()\n  d=Lines()\n}\n"
    let editor = try await Editor()
    try await editor.open("file:///w/a.kgraph", text)
    for (line, expected) in [
      (1, "a=Lines()\nb = Lines()\ngraph G {\n  c=Lines()\n  d=Lines()\n}\n"),
      (3, "a=Lines()\nb=Lines()\ngraph G {\n    c = Lines()\n  d=Lines()\n}\n"),
    ] {
      let range: Plain = [
        "start": ["line": .int(line), "character": 0], "end": ["line": .int(line), "character": 3],
      ]
      let edits = try await editor.ask(
        "textDocument/rangeFormatting",
        ["textDocument": ["uri": "file:///w/a.kgraph"], "range": range, "options": Self.options])
      #expect(Editor.applying(edits.values, to: text) == expected)
    }
  }

  @Test func `A statement is formatted when its line ends, and a graph when its brace is written`() async throws {
    for (text, sign, expected) in [
      ("a=Lines()\n|\nb=Lines()\n", "\n", "a = Lines()\n\nb=Lines()\n"),
      ("graph G {\na=Lines()\n}|\nb=Lines()\n", "}", "graph G {\n    a = Lines()\n}\nb=Lines()\n"),
    ] {
      let editor = try await Editor()
      let edits = try await editor.ask(
        "textDocument/onTypeFormatting", at: text, ["ch": .text(sign), "options": Self.options])
      #expect(Editor.applying(edits.values, to: Editor.marked(text).text) == expected)
    }
  }

  @Test(arguments: [
    ("a=Lines()\n|\nb = (\n", "a = Lines()\n\nb = (\n"), ("b = (\n\na=Lines()\n|", "b = (\n\na = Lines()\n"),
    ("graph G {\na=Lines()\n|\nb ->\n}\nb=Lines(", "graph G {\n    a = Lines()\n\nb ->\n}\nb=Lines("),
    ("aa = Lines()\na=Lines()\n|\nb ->\n", "aa = Lines()\na  = Lines()\n\nb ->\n"),
  ])
  func `What is half written elsewhere keeps no statement from being formatted`(
    text: String, expected: String
  ) async throws {
    let editor = try await Editor()
    let edits = try await editor.ask(
      "textDocument/onTypeFormatting", at: text, ["ch": "\n", "options": Self.options])
    #expect(Editor.applying(edits.values, to: Editor.marked(text).text) == expected)
  }

  @Test(arguments: [
    "a=Lines(\n|\nb=Lines()\n", "a=Lines() ->\n|\n\nb=Lines()\n", "graph G {\na=Lines()\n|\nb=Lines()\n",
    "graph G {\na=Lines()\nb=(\n}\n|",
  ])
  func `A statement that is half written itself is left as it is`(text: String) async throws {
    let editor = try await Editor()
    let edits = try await editor.ask(
      "textDocument/onTypeFormatting", at: text, ["ch": "\n", "options": Self.options])
    #expect(edits.values == [])
  }
}
