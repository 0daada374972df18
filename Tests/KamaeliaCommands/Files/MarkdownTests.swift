import KGraph
import Testing

@testable import KamaeliaCommands

@Suite struct MarkdownTests {
  private func blocks(_ text: String) -> [String] {
    let markdown = Markdown(Source(name: "a.md", text: text))
    return markdown.blocks.map { markdown.text(of: $0) }
  }

  @Test(
    arguments: [
      ("no graph here\n", []),
      ("```kgraph\na -> b\n```\n", ["a -> b\n"]),
      ("~~~ kgraph\na\n```\nb\n~~~~\nc\n", ["a\n```\nb\n"]),
      ("````md\n```kgraph\na\n```\n````\n", []),
      ("```kgraph ignore\na\n```\n```kgraph\nb\n```\n", ["b\n"]),
      ("```swift\na\n```\n", []),
      ("- in a list\n\n  ```kgraph\n  if a {\n      b\n  }\n\n  ```\n", ["if a {\n    b\n}\n\n"]),
      ("```kgraph", [""]),
      ("```kgraph\nnever closed\n", ["never closed\n"]),
      ("``kgraph``\n`` ```kgraph ``\n```kgraph` no\n", []),
      ("", []),
    ] as [(String, [String])])
  func `Blocks are those that are marked`(text: String, expected: [String]) {
    #expect(blocks(text) == expected)
  }

  @Test func `A block has the places that it has in its file`() throws {
    let text = "# Über\n\n  ```kgraph\n  wörd -> Count()\n  ```\n"
    let markdown = Markdown(Source(name: "a.md", text: text))
    let graph = markdown.graph(of: try #require(markdown.blocks.first))
    let tree = GraphFile.parse(graph)
    #expect(tree.diagnostics.isEmpty)
    let statement = try #require(tree.statements.first)
    #expect("\(statement.place)" == "a.md:4:3")
  }

  @Test func `Other texts are put in place of blocks, indented as they were`() {
    let text = "a\n- b\n\n  ```kgraph\n  x\n  ```\nc\n```kgraph\ny\n```\nd"
    let markdown = Markdown(Source(name: "a.md", text: text))
    #expect(
      markdown.replacing(["1\n\n2\n", "3\n"])
        == "a\n- b\n\n  ```kgraph\n  1\n\n  2\n  ```\nc\n```kgraph\n3\n```\nd")
    #expect(markdown.replacing(["x\n", "y\n"]) == text)
  }

  @Test func `No more blocks are read than a file may have`() {
    let text = String(repeating: "```kgraph\n```\n", count: Markdown.mostBlocks * 2)
    #expect(Markdown(Source(name: "a.md", text: text)).blocks.count == Markdown.mostBlocks + 1)
  }
}
