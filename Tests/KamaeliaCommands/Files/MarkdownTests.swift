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
      ("> ```kgraph\n> a -> b\n>\n>   c\n> ```\n", ["a -> b\n\n  c\n"]),
      ("> > ```kgraph\n> > a\n> b\n", ["a\n"]),
      (">```kgraph\n>a\n>```\nb\n", ["a\n"]),
      ("> - ```kgraph\n>   a\n>   ```\n", ["a\n"]),
      ("> ```kgraph\n> a\nno quote\n```kgraph\nb\n```\n", ["a\n", "b\n"]),
      ("<!--\n```kgraph\na\n```\n-->\n```kgraph\nb\n```\n", ["b\n"]),
      ("<!-- on one line -->\n```kgraph\nb\n```\n", ["b\n"]),
      ("<!-- a\n\n```kgraph\na\n```\nb --> c\n```kgraph\nb\n```\n", ["b\n"]),
      ("> <!--\n> ```kgraph\n> a\n> ```\n```kgraph\nb\n```\n", ["b\n"]),
      ("<pre>\n```kgraph\na\n```\n</pre>\n", []),
      ("<details>\n<summary>s</summary>\n\n```kgraph\na\n```\n</details>\n", ["a\n"]),
      ("<details>\n```kgraph\na\n```\n", []),
      ("text\n\n    ```kgraph\n    a\n    ```\n", []),
      ("\t```kgraph\n\ta\n\t```\n", []),
      ("   ```kgraph\n   a\n     b\n   ```\n", ["a\n  b\n"]),
      ("-     ```kgraph\n      a\n      ```\n", []),
      ("10. x\n\n    ```kgraph\n    a\n    ```\n", ["a\n"]),
      ("1. x\n\n    ```kgraph\n    a\n    ```\n", ["a\n"]),
      ("- x\n  - y\n\n    ```kgraph\n    a\n    ```\n", ["a\n"]),
      ("- x\n\n      ```kgraph\n      a\n      ```\n", []),
      ("- ```kgraph\n  a\n\n  b\n  ```\n- ```kgraph\n  c\n  ```\n", ["a\n\nb\n", "c\n"]),
      ("- ```kgraph\n  a\nb\n", ["a\n"]),
      ("***\n```kgraph\na\n```\n", ["a\n"]),
      ("```kgraph\r\na\r\n```\r\n", ["a\r\n"]),
      ("```kgraph\n    ```\na\n```\n", ["    ```\na\n"]),
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

  @Test func `Texts are put in place of blocks in quotes behind the same signs`() {
    let text = "> - ```kgraph\n>   x\n>   ```\n> \n> > ~~~kgraph\n> > y\n> > ~~~\n"
    let markdown = Markdown(Source(name: "a.md", text: text))
    #expect(
      markdown.replacing(["1\n\n2\n", "3\n"])
        == "> - ```kgraph\n>   1\n>\n>   2\n>   ```\n> \n> > ~~~kgraph\n> > 3\n> > ~~~\n")
    #expect(markdown.replacing(["x\n", "y\n"]) == text)
  }

  @Test func `A block in a quote has the places that it has in its file`() throws {
    let markdown = Markdown(Source(name: "a.md", text: "a\n\n> ```kgraph\n> b -> c -> \n> ```\n"))
    let graph = markdown.graph(of: try #require(markdown.blocks.first))
    let place = try #require(GraphFile.parse(graph).diagnostics.first?.place)
    #expect("\(place)" == "a.md:4:10")
    #expect(graph.bytesBefore + place.range.lowerBound == 24)
  }

  @Test func `A block is looked at without the file around it`() {
    let filler = String(repeating: "Words of no interest.\n", count: 20_000)
    let text = String(repeating: filler + "```kgraph\na -> b\n```\n", count: 10)
    let markdown = Markdown(Source(name: "a.md", text: text))
    let graphs = markdown.blocks.map { markdown.graph(of: $0) }
    #expect(graphs.map(\.bytes.count) == Array(repeating: 7, count: 10))
    #expect(graphs.map(\.linesBefore) == (1...10).map { $0 * 20_003 - 2 })
  }
}
