import Foundation
import Testing

@testable import KamaeliaLanguageServer

/// Real graphs, edited at random: nothing ends the server, and its texts stay those of the client.
@Suite struct EditFuzzTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "graphs")
  static let names: [String] = {
    let all = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    return (all ?? []).filter { $0.hasSuffix(".kgraph") }.sorted()
  }()

  /// Numbers that are the same each time.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  private static let pieces = [
    "", "", "", "\n", "\r\n", "\r", " ", "->", "-[", "]->", "{", "}", "(", ")", "[", "]", "\"", "${", "`", "#", "##",
    ".", ",",
    ":", "=", "$", "@", "self", "graph X {", "test \"", "import {", "5m", "🌍", "é", "👩‍👩‍👧", "\u{0}", "for i in [1, 2] {",
    "if $a {",
    "x -> y", "0x", "...", "as", "replicate 4", "e\u{301}", "param p: Int = 1\n",
  ]

  private static let methods = [
    "completion", "hover", "signatureHelp", "definition", "references", "documentHighlight", "prepareRename",
  ]
  private static let wholeMethods = [
    "documentSymbol", "foldingRange", "semanticTokens/full", "codeLens", "formatting",
  ]

  @Test(arguments: names)
  func `Whatever is typed, the server goes on and has the same text`(name: String) async throws {
    let text = String(decoding: try Data(contentsOf: Self.folder.appending(path: name)), as: UTF8.self)
    let uri = "file:///w/\(name)"
    let editor = try await Editor()
    try await editor.open(uri, text)
    var dice = Dice(state: name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    for round in 0..<60 {
      let units = Array((editor.texts[uri] ?? "").utf16)
      var start = Int.random(in: 0...units.count, using: &dice)
      var end = min(
        units.count,
        start + (round % 7 == 0 ? Int.random(in: 0...200, using: &dice) : Int.random(in: 0...4, using: &dice)))
      // Editors do not part the halves of a character.
      while start > 0, start < units.count, UTF16.isTrailSurrogate(units[start]) { start -= 1 }
      while end < units.count, UTF16.isTrailSurrogate(units[end]) { end += 1 }
      // Nor do they put something between CR and LF: to both sides that is one line end.
      func isInside(_ offset: Int) -> Bool {
        offset > 0 && offset < units.count && units[offset] == 0x0A && units[offset - 1] == 0x0D
      }
      if isInside(start) { start -= 1 }
      if isInside(end) { end += 1 }
      let piece = Self.pieces.randomElement(using: &dice) ?? ""
      try await editor.replace(uri, start..<max(start, end), piece)
      let document = try #require(editor.server.workspace.documents[uri])
      #expect(document.text == editor.texts[uri])
      let now = Array((editor.texts[uri] ?? "").utf16)
      let position = Editor.position(now, min(now.count, start + piece.utf16.count))
      let method = Self.methods[round % Self.methods.count]
      _ = try await Self.answered(
        editor, "textDocument/\(method)", ["textDocument": ["uri": .text(uri)], "position": position])
      let whole = Self.wholeMethods[round % Self.wholeMethods.count]
      _ = try await Self.answered(editor, "textDocument/\(whole)", ["textDocument": ["uri": .text(uri)]])
      let range: Plain = ["start": position, "end": position]
      for method in ["inlayHint", "codeAction", "rangeFormatting"] where round % 5 == 0 {
        _ = try await Self.answered(
          editor, "textDocument/\(method)", ["textDocument": ["uri": .text(uri)], "range": range])
      }
    }
  }

  /// A refusal is an answer like any other.
  private static func answered(_ editor: Editor, _ method: String, _ parameters: Plain) async throws -> Plain {
    do { return try await editor.ask(method, parameters) } catch let refusal as Editor.Refusal {
      #expect(refusal.answer != .null)
      return refusal.answer
    }
  }

  @Test func `There are graphs to edit`() { #expect(Self.names.count > 5) }
}
