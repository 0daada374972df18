import Testing

@testable import KamaeliaLanguageServer

@Suite struct OutlineTests {
  private static let text = """
    ## A room.
    ## For two.
    param nick: Text = "you"

    room = Room(
        size: 1,
    )
    ConsoleReader() -> Prefix("${nick}: ") as prefix -> room -> ConsoleWriter()

    graph Room(size: Int) {
        inbox  said: Text
        outbox heard: Text
        self.said -> Take($size) -> self.heard
    }

    test "t" of Room(size: 1) {
        send   said: "a"
        expect heard: "a"
    }
    """

  private func ask(_ method: String, _ more: [String: Plain] = [:], options: Plain = [:]) async throws -> Plain {
    let editor = try await Editor(options: options)
    try await editor.open("file:///w/a.kgraph", Self.text)
    var parameters: [String: Plain] = ["textDocument": ["uri": "file:///w/a.kgraph"]]
    parameters.merge(more) { $1 }
    return try await editor.ask(method, .record(parameters))
  }

  @Test func `The outline has what is declared, and graphs hold theirs`() async throws {
    func words(_ symbols: Plain) -> [String] {
      symbols.values.map { symbol in
        let inside = words(symbol["children"] ?? .null)
        return (symbol["name"]?.text ?? "") + (inside.isEmpty ? "" : " {\(inside.joined(separator: " "))}")
      }
    }
    #expect(
      words(try await ask("textDocument/documentSymbol")) == ["nick", "room", "prefix", "Room {size said heard}", "t"])
  }

  @Test func `Brackets and runs of comments can be folded`() async throws {
    let ranges = try await ask("textDocument/foldingRange").values.map {
      "\($0["startLine"] ?? .null) \($0["endLine"] ?? .null) \($0["kind"]?.text ?? "")"
    }
    #expect(ranges == ["int(0) int(1) comment", "int(4) int(5) ", "int(9) int(12) ", "int(15) int(17) "])
  }

  private static let everything: Plain = [
    "start": ["line": 0, "character": 0], "end": ["line": 100, "character": 0],
  ]

  @Test func `Linkages show what they carry, and defaults come where they are asked for`() async throws {
    let types = try await ask("textDocument/inlayHint", ["range": Self.everything]).values
    #expect(types.compactMap { $0["label"]?.text } == ["Text", "Text", "Text", "Text", "Text"])
    let all = try await ask(
      "textDocument/inlayHint", ["range": Self.everything], options: ["inlayHints": ["types": false, "defaults": true]])
    #expect(all.values.contains { $0["label"]?.text?.contains("stream: stdout") == true }, "\(all)")
  }

  @Test func `The tokens for colours tile the text in order`() async throws {
    let answer = try await ask("textDocument/semanticTokens/full")
    let numbers = (answer["data"]?.values ?? []).map { if case .int(let number) = $0 { number } else { -1 } }
    #expect(numbers.count % 5 == 0 && numbers.allSatisfy { $0 >= 0 })
    let lines = Self.text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf16) }
    var (line, column) = (0, 0)
    var words: [String] = []
    for start in stride(from: 0, to: numbers.count, by: 5) {
      line += numbers[start]
      column = numbers[start] == 0 ? column + numbers[start + 1] : numbers[start + 1]
      let text = String(decoding: lines[line][column..<column + numbers[start + 2]], as: UTF16.self)
      words.append("\(LanguageServer.tokenKinds[numbers[start + 3]]) \(text)")
    }
    #expect(
      words.prefix(6) == [
        "comment ## A room.", "comment ## For two.", "keyword param", "parameter nick", "type Text", "string \"",
      ])
    #expect(words.contains("struct Room") && words.contains("class ConsoleReader") && words.contains("variable room"))
    #expect(words.contains("property heard") && words.contains("keyword expect") && words.contains("operator ->"))
  }

  @Test func `A file can be run and drawn, and its tests run`() async throws {
    let lenses = try await ask("textDocument/codeLens").values.compactMap { $0["command"]?["command"]?.text }
    #expect(lenses == ["kamaelia.run", "kamaelia.graph", "kamaelia.test"])
  }

  @Test func `A test runs, and what fails is shown until the text changes`() async throws {
    let editor = try await Editor()
    let uri = "file:///w/a.kgraph"
    try await editor.open(uri, Self.text.replacing("expect heard: \"a\"", with: "expect heard: \"b\""))
    let answer = try await editor.ask(
      "workspace/executeCommand", ["command": "kamaelia.test", "arguments": [.text(uri), "t"]])
    #expect(answer["failed"] == 1)
    #expect(editor.diagnostics[uri]?.count == 1)
    let line = try #require(Self.text.range(of: "heard: \"a\"")).lowerBound
    let offset = Self.text.utf16.distance(from: Self.text.startIndex, to: line) + 8
    try await editor.replace(uri, offset..<offset + 1, "a")
    #expect(editor.diagnostics[uri] == [])
    let second = try await editor.ask(
      "workspace/executeCommand", ["command": "kamaelia.test", "arguments": [.text(uri)]])
    #expect(second["passed"] == 1)
  }

  private static let tables = """
    test "loud" of Uppercase() {
        cases quiet, loud {
            "a letter": "a", "A"
            "a word":   "bc", "CB"
        }
        send   inbox: $quiet
        expect outbox: $loud
    }

    test "as it was" of Uppercase() {
        send   inbox: "a", "b"
        expect outbox recorded
    }

    """

  @Test func `Cases are in the outline, and run one by one or together`() async throws {
    let editor = try await Editor()
    let uri = "file:///w/a.kgraph"
    try await editor.open(uri, Self.tables)
    let symbols = try await editor.ask("textDocument/documentSymbol", ["textDocument": ["uri": .text(uri)]]).values
    #expect(symbols.first?["children"]?.values.compactMap { $0["name"]?.text } == ["a letter", "a word"])
    let lenses = try await editor.ask("textDocument/codeLens", ["textDocument": ["uri": .text(uri)]]).values
    #expect(
      lenses.compactMap { $0["command"]?["title"]?.text } == [
        "Run the test", "Run the case", "Run the case", "Run the test", "Record",
      ])
    for (name, passed, failed) in [("loud", 1, 1), ("loud: a letter", 1, 0)] {
      let answer = try await editor.ask(
        "workspace/executeCommand", ["command": "kamaelia.test", "arguments": [.text(uri), .text(name)]])
      #expect(answer["passed"] == .int(passed) && answer["failed"] == .int(failed))
    }
  }

  @Test func `What comes is recorded in the editor's text`() async throws {
    let editor = try await Editor()
    let uri = "file:///w/a.kgraph"
    try await editor.open(uri, Self.tables)
    let arguments: Plain = [.text(uri), "as it was"]
    let before = try await editor.ask(
      "workspace/executeCommand", ["command": "kamaelia.test", "arguments": arguments])
    #expect(before["failed"] == 1)
    _ = try await editor.ask("workspace/executeCommand", ["command": "kamaelia.record", "arguments": arguments])
    let edit = try #require(editor.said.last { $0["method"] == "workspace/applyEdit" })
    let edits = try #require(edit["params"]?["edit"]?["changes"]?[uri]?.values)
    #expect(
      Editor.applying(edits, to: Self.tables) == Self.tables.replacing("recorded", with: "recorded: \"A\", \"B\""))
  }

  @Test func `A drawing is given as text, and running is left to a terminal`() async throws {
    let editor = try await Editor()
    let uri = "file:///w/a.kgraph"
    try await editor.open(uri, Self.text)
    let drawing = try await editor.ask(
      "workspace/executeCommand", ["command": "kamaelia.graph", "arguments": [.text(uri)]])
    #expect(drawing["text"]?.text?.hasPrefix("<svg") == true)
    let run = try await editor.ask("workspace/executeCommand", ["command": "kamaelia.run", "arguments": [.text(uri)]])
    #expect(run["arguments"] == ["run", "/w/a.kgraph"])
    await #expect(throws: Editor.Refusal.self) {
      try await editor.ask("workspace/executeCommand", ["command": "rm", "arguments": []])
    }
  }
}
