import Foundation
import KGraph
import Testing

@testable import KamaeliaLanguageServer

@Suite struct DiagnosingTests {
  static let uri = "file:///w/main.kgraph"

  @Test(arguments: ["a = Lines()\n", "\"a\" -> ConsoleWriter()\n"])
  func `What is known is sent with each new version, though nothing else is new`(text: String) async throws {
    let editor = try await Editor()
    try await editor.open(Self.uri, text)
    #expect(editor.diagnosedVersions[Self.uri] == 1)
    for version in 2...4 {
      try await editor.replace(Self.uri, 0..<0, "\n")
      #expect(editor.diagnosedVersions[Self.uri] == .int(version))
    }
  }

  private func bytes(_ message: Plain) throws -> [UInt8] { Array(try JSONEncoder().encode(message)) }

  private func change(_ version: Int, _ text: String) throws -> [UInt8] {
    try bytes([
      "jsonrpc": "2.0", "method": "textDocument/didChange",
      "params": [
        "textDocument": ["uri": .text(Self.uri), "version": .int(version)], "contentChanges": [["text": .text(text)]],
      ],
    ])
  }

  @Test func `What a request has had checked is told all the same, with the last version`() async throws {
    let editor = try await Editor()
    try await editor.open(Self.uri, "a = Lines()\n")
    for version in 2...30 { editor.server.take(try change(version, "a = Lines(\(version))\n")) }
    let action = try bytes([
      "jsonrpc": "2.0", "id": 100, "method": "textDocument/codeAction",
      "params": [
        "textDocument": ["uri": .text(Self.uri)],
        "range": ["start": ["line": 0, "character": 0], "end": ["line": 0, "character": 1]],
        "context": ["diagnostics": []],
      ],
    ])
    let sent = try await editor.server.answer(action).map { try JSONDecoder().decode(Plain.self, from: Data($0)) }
    let published = sent.filter { $0["method"] == "textDocument/publishDiagnostics" }
    #expect(published.last?["params"]?["version"] == 30)
    #expect(published.last?["params"]?["diagnostics"]?.values.isEmpty == false)
  }

  @Test func `A file that is not checked yet is not told of with its new version`() async throws {
    let editor = try await Editor()
    let parts = "file:///w/parts.kgraph"
    try await editor.open(parts, "graph Part {\n}\n")
    try await editor.open(Self.uri, "import {Part} from \"parts.kgraph\"\nPart()\n")
    try await editor.replace(parts, 6..<10, "Piece")
    #expect(editor.diagnosedVersions[parts] == 2)
    #expect(editor.diagnosedVersions[Self.uri] == 1)
    #expect(editor.diagnostics[Self.uri]?.isEmpty == false)
  }

  @Test(arguments: [true, false])
  func `A code leads to its page in clients that show that`(isShown: Bool) async throws {
    let editor = try await Editor(
      capabilities: ["textDocument": ["publishDiagnostics": ["codeDescriptionSupport": .bool(isShown)]]],
      machine: Machine(page: { "file:///pages/\($0.name).md" }))
    try await editor.open(Self.uri, "Tick() -> ConsoleWriter()\n")
    let diagnostic = editor.diagnostics[Self.uri]?.first
    #expect(diagnostic?["code"] == "K0201")
    #expect(diagnostic?["codeDescription"]?["href"] == (isShown ? "file:///pages/K0201.md" : nil))
  }

  @Test func `A file with errors of syntax is formatted into itself, without an error`() async throws {
    let editor = try await Editor()
    try await editor.open(Self.uri, "a  = Lines(\n")
    let answer = try await editor.ask(
      "textDocument/formatting", ["textDocument": ["uri": .text(Self.uri)], "options": [:]])
    #expect(answer == [])
    #expect(editor.said.last?["method"] == "window/logMessage")
  }

  private func fixAll(_ text: String, only: Plain = ["source.fixAll"]) async throws -> String? {
    let editor = try await Editor()
    try await editor.open(Self.uri, text)
    let actions = try await editor.ask(
      "textDocument/codeAction",
      [
        "textDocument": ["uri": .text(Self.uri)],
        "range": ["start": ["line": 0, "character": 0], "end": ["line": 0, "character": 0]],
        "context": ["diagnostics": [], "only": only],
      ])
    guard let action = actions.values.first(where: { $0["kind"] == "source.fixAll" }) else { return nil }
    return try editor.applying(action["edit"]) { _ in "" }[Self.uri]
  }

  @Test(arguments: [
    (
      "\"a\" -> lines\nlines = Word()\nlinse -> ConsoleWritr()\n",
      "\"a\" -> lines\nlines = Words()\nlines -> ConsoleWriter()\n"
    ),
    ("\"a\" -> Nonsense() -> ConsoleWritr()\n", "\"a\" -> Nonsense() -> ConsoleWriter()\n"),
    ("a = Lines()\n", nil), ("\"a\" -> ConsoleWriter()\n", nil),
  ])
  func `All that can be mended in one way is mended at once, and warnings are left`(
    text: String, mended: String?
  ) async throws {
    #expect(try await fixAll(text) == mended)
    #expect(try await fixAll(text, only: ["source"]) == mended)
    #expect(try await fixAll(text, only: []) == nil)
    #expect(try await fixAll(text, only: ["quickfix"]) == nil)
  }

  @Test(.timeLimit(.minutes(1)))
  func `The server ends with its editor, though its input stays open`() async throws {
    let server = LanguageServer(
      library: .standard, machine: Machine(hasEnded: { $0 == 4711 }), version: "1")
    let (input, client) = AsyncStream.makeStream(of: [UInt8].self)
    let hello = try bytes([
      "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": ["processId": 4711, "capabilities": [:]],
    ])
    client.yield(Framing.framed(hello))
    let status = await server.serve(
      read: {
        for await bytes in input { return bytes }
        return []
      }, write: { _ in })
    #expect(status == 1)
    client.finish()
  }
}
