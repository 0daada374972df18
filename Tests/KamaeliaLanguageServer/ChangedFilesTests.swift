import Foundation
import Testing

@testable import KamaeliaLanguageServer

/// Files that change on the disk while others that import them are open.
@Suite struct ChangedFilesTests {
  static let words = """
    graph Words(width: Int, other: Int = 1) {
        outbox out: Text

        Ticks(1s, count: $width) -> self.out
    }

    """
  static let main = """
    import {Words} from "lib/words.kgraph"

    Words(wi|dth: 3) -> ConsoleWriter()

    """

  private func withProject(
    _ body: (_ root: String, _ editor: Editor) async throws -> Void
  ) async throws {
    let root = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appending(path: "kamaelia-\(UUID())").path
    try FileManager.default.createDirectory(atPath: "\(root)/lib", withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: root) }
    try Data(Self.words.utf8).write(to: URL(filePath: "\(root)/lib/words.kgraph"))
    try await body(root, try await Editor(disk: DiskFiles(), root: root))
  }

  private func touch(_ path: String) throws {
    let facts = try FileManager.default.attributesOfItem(atPath: path)
    let before = try #require(facts[.modificationDate] as? Date)
    try FileManager.default.setAttributes([.modificationDate: before.addingTimeInterval(5)], ofItemAtPath: path)
  }

  private func rename(_ editor: Editor, _ uri: String, at position: Plain) async throws -> [String: String] {
    let answer = try await editor.ask(
      "textDocument/rename", ["textDocument": ["uri": .text(uri)], "position": position, "newName": "breadth"])
    let texts = try editor.applying(answer) { try String(contentsOfFile: $0, encoding: .utf8) }
    return Dictionary(uniqueKeysWithValues: texts.map { (URL(string: $0)?.lastPathComponent ?? $0, $1) })
  }

  @Test func `After a file was touched, names are found and written once`() async throws {
    try await withProject { root, editor in
      let uri = FileURI.uri("\(root)/main.kgraph")
      let (text, position) = Editor.marked(Self.main)
      try Data(text.utf8).write(to: URL(filePath: "\(root)/main.kgraph"))
      try Data(text.utf8).write(to: URL(filePath: "\(root)/other.kgraph"))
      try await editor.open(uri, text)
      try await editor.open(FileURI.uri("\(root)/other.kgraph"), text)
      for path in ["lib/words.kgraph", "main.kgraph", "other.kgraph"] { try touch("\(root)/\(path)") }
      let found = try await editor.ask(
        "textDocument/references",
        ["textDocument": ["uri": .text(uri)], "position": position, "context": ["includeDeclaration": true]])
      #expect(found.values.count == 4)
      #expect(Set(found.values.map { "\($0)" }).count == 4)
      let renamed = text.replacing("width", with: "breadth")
      #expect(
        try await rename(editor, uri, at: position) == [
          "main.kgraph": renamed, "other.kgraph": renamed,
          "words.kgraph": Self.words.replacing("width", with: "breadth"),
        ])
    }
  }

  @Test func `After a file was written, its new text is what is renamed`() async throws {
    try await withProject { root, editor in
      let uri = FileURI.uri("\(root)/main.kgraph")
      let (text, position) = Editor.marked(Self.main)
      try await editor.open(uri, text)
      let longer = "# What it does.\n\n" + Self.words.replacing("other: Int = 1", with: "more: Int = 1")
      try Data(longer.utf8).write(to: URL(filePath: "\(root)/lib/words.kgraph"))
      #expect(
        try await rename(editor, uri, at: position) == [
          "main.kgraph": text.replacing("width", with: "breadth"),
          "words.kgraph": longer.replacing("width", with: "breadth"),
        ])
      // Without a word from the editor what is shown of it is new, too.
      let broken = Self.words.replacing("width: Int", with: "height: Int")
      try Data(broken.utf8).write(to: URL(filePath: "\(root)/lib/words.kgraph"))
      _ = try await editor.ask("textDocument/hover", ["textDocument": ["uri": .text(uri)], "position": position])
      #expect(editor.diagnostics[uri]?.isEmpty == false)
    }
  }

  @Test func `A file that is reached by two paths is written once`() async throws {
    try await withProject { root, editor in
      try FileManager.default.createSymbolicLink(atPath: "\(root)/link", withDestinationPath: "lib")
      let (text, position) = Editor.marked(Self.main)
      let other = text.replacing("lib/words", with: "link/words")
      let uri = FileURI.uri("\(root)/main.kgraph")
      try await editor.open(uri, text)
      try await editor.open(FileURI.uri("\(root)/other.kgraph"), other)
      #expect(
        try await rename(editor, uri, at: position) == [
          "main.kgraph": text.replacing("width", with: "breadth"),
          "other.kgraph": other.replacing("width", with: "breadth"),
          "words.kgraph": Self.words.replacing("width", with: "breadth"),
        ])
    }
  }
}
