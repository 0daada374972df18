import Foundation
import Testing

@testable import KamaeliaLanguageServer

/// Messages that are not what they should be.
@Suite struct MessageFuzzTests {
  private static let values: [Plain] = [
    .null, .bool(true), .int(-1), .int(.max), .double(1e300), "", "file:///w/a.kgraph", [], [:], [[]], ["line": -5],
    ["start": ["line": 1, "character": 1], "end": ["line": 0, "character": 0]],
    ["line": .int(.max), "character": .int(.max)],
  ]

  private static let base: Plain = [
    "textDocument": ["uri": "file:///w/a.kgraph", "version": 1], "position": ["line": 0, "character": 3],
    "range": ["start": ["line": 0, "character": 0], "end": ["line": 2, "character": 0]], "newName": "other",
    "context": ["includeDeclaration": true, "diagnostics": []], "ch": "\n", "command": "kamaelia.graph",
    "arguments": ["file:///w/a.kgraph"], "label": "a", "kind": 7, "settings": [:], "contentChanges": [],
    "event": ["added": [], "removed": []],
  ]

  @Test(arguments: (LanguageServer.requests.keys.filter { $0 != "shutdown" }).sorted())
  func `A request with anything in it is answered once`(method: String) async throws {
    guard case .record(let base) = Self.base else { return }
    let editor = try await Editor()
    try await editor.open("file:///w/a.kgraph", "a = Lines()\na -> ConsoleWriter()\n")
    var id = 1000
    for key in base.keys.sorted() {
      for value in Self.values {
        id += 1
        var parameters = base
        parameters[key] = value
        let message: Plain = [
          "jsonrpc": "2.0", "id": .int(id), "method": .text(method), "params": .record(parameters),
        ]
        let answers = await editor.server.answer(Array(try JSONEncoder().encode(message)))
        let ids = try answers.map { try JSONDecoder().decode(Plain.self, from: Data($0)) }.compactMap { $0["id"] }
        #expect(ids == [.int(id)])
      }
    }
  }

  @Test(arguments: LanguageServer.notifications.keys.sorted())
  func `A notification with anything in it changes no text by accident`(method: String) async throws {
    guard case .record(let base) = Self.base else { return }
    let text = "a = Lines()\na -> ConsoleWriter()\n"
    for key in base.keys.sorted() {
      for value in Self.values {
        let editor = try await Editor()
        try await editor.open("file:///w/a.kgraph", text)
        var parameters = base
        parameters[key] = value
        try await editor.tell(method, .record(parameters))
        if let document = editor.server.workspace.documents["file:///w/a.kgraph"] { #expect(document.text == text) }
      }
    }
  }

  @Test(arguments: [
    "{", "\u{0}", "nul", "[]", "{}", "1", "\"a\"", String(repeating: "[", count: 100_000), "{\"jsonrpc\":\"2.0\"",
    "{\"jsonrpc\":\"2.0\",\"method\":\"exit\",\"method\":7}", "{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"x\"}",
    "{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/didOpen\",\"params\":{\"textDocument\":{\"uri\":\"\\ud800\"}}}",
  ])
  func `What is no message is answered as an error, or passed over`(text: String) async throws {
    let editor = try await Editor()
    for message in await editor.server.answer(Array(text.utf8)) {
      let answer = try JSONDecoder().decode(Plain.self, from: Data(message))
      #expect(answer["error"]?["code"] != nil || answer["method"] == "window/logMessage")
    }
    #expect(editor.server.exitStatus == nil || text.contains("exit"))
  }
}

/// JSON that is written by hand.
@Suite struct PlainTests {
  @Test(
    arguments: [
      .null, .bool(true), .int(-7), .double(1.5), "", "a \"b\" \\ \n\r\t\u{1}\u{1F} 👩‍👩‍👧 é", [], [:],
      ["b": [1, 2, ["c": .null]], "a": "x", "\n": true],
    ] as [Plain])
  func `What is written reads as what it was`(value: Plain) throws {
    var bytes: [UInt8] = []
    value.write(to: &bytes)
    #expect(try JSONDecoder().decode(Plain.self, from: Data(bytes)) == value)
  }
}
