import Testing

@testable import KGraph

/// What is drawn of a checked graph.
struct PlanDrawingTests {
  private func diagram(_ text: String) throws -> Diagram {
    let checked = check(text)
    return try Diagram(#require(checked.plan, "\(checked.words)"), library: CheckingLibrary.standard, showsTypes: false)
  }

  @Test(arguments: [
    (
      "read = PassThrough() replicate 4 ordered\nConsoleReader() -> read -> ConsoleWriter()",
      "read × 4 -> ConsoleWriter\nConsoleReader -> read × 4\n"
    ),
    (
      "ConsoleReader() -> Match(\"x\") replicate 3 -> ConsoleWriter()",
      "ConsoleReader -> Match × 3\nMatch × 3 -> ConsoleWriter\n"
    ),
    ("Ticks() replicate 2 -> Discard()", "Ticks × 2 -> Discard\n"),
    (
      "ConsoleReader() -> Match(\"x\") replicate 3 ordered -> PassThrough() replicate 2 ordered -> ConsoleWriter()",
      "ConsoleReader -> Match × 3\nMatch × 3 -> PassThrough × 2\nPassThrough × 2 -> ConsoleWriter\n"
    ),
    (
      "ConsoleReader() -> `cat` replicate 2 -> ConsoleWriter()",
      "ConsoleReader -> cat × 2\ncat × 2 -> ConsoleWriter\n"
    ),
    (
      "\"a\" -> Match(\"x\") replicate 3 ordered -> ConsoleWriter()", "Match × 3 -> ConsoleWriter\n\"a\" -> Match × 3\n"
    ),
    (
      "ConsoleReader() -> Match(\"x\") replicate 1 ordered -> ConsoleWriter()",
      "ConsoleReader -> Match\nMatch -> ConsoleWriter\n"
    ),
    (
      "for n in [\"a\", \"b\"] {\n  Ticks() -> Discard()\n}", "Ticks#1 -> Discard#1\nTicks#2 -> Discard#2\n"
    ),
  ])
  func `What is replicated is one box`(_ text: String, _ expected: String) throws {
    let diagram = try diagram(text)
    #expect(Set(diagram.list().split(separator: "\n")) == Set(expected.split(separator: "\n")))
    #expect(!diagram.dot().contains("distribute") && !diagram.mermaid().contains("collect"))
  }

  @Test func `A replicated graph is one frame, and what is replicated in it one box`() throws {
    let diagram = try diagram(
      """
      graph Work {
          inbox  text: Text
          outbox found: Text

          backplane seen: Text

          find = Match("x") replicate 2 ordered

          self.text -> find -> self.found
          self.text -> @seen
          @seen -> Discard()
          "begin" -> @seen
      }

      work = Work() replicate 3

      ConsoleReader() -> work -> ConsoleWriter()
      """)
    #expect(diagram.groups == [.init("work", "work × 3")])
    #expect(
      diagram.nodes.map { "\($0.group ?? "-") \($0.title[0])" }.sorted() == [
        "- \"begin\"", "- @work/seen", "- ConsoleReader", "- ConsoleWriter", "work Discard", "work find × 2",
      ])
    #expect(
      Set(diagram.list().split(separator: "\n")) == [
        "ConsoleReader -> find × 2", "ConsoleReader -> @work/seen", "@work/seen -> Discard",
        "find × 2 -> ConsoleWriter", "\"begin\" -> @work/seen",
      ])
  }

  @Test func `Graphs stand before other arguments`() throws {
    let diagram = try diagram(
      """
      graph Answer {
          inbox  heard: Bytes
          outbox said: Bytes

          self.heard -> self.said
      }

      server = TCPServer(port: 1500, protocol: Answer)

      server.log -> ConsoleWriter()
      """)
    #expect(diagram.nodes[0].title == ["server", "TCPServer", "protocol: Answer", "port: 1500"])
  }

  @Test func `Long names and arguments differ at their ends`() throws {
    let paths = (1...8).map { "/var/log/machines/of/the/second/floor/\($0).log" }
    let diagram = try diagram(paths.map { "FileTail(\"\($0)\") -> Discard()" }.joined(separator: "\n"))
    let titles = diagram.nodes.filter { $0.title[0] == "FileTail" }.map { $0.title[1] }
    #expect(Set(titles).count == 8, "\(titles)")
    #expect(titles[0] == "path: \"/var/log/m…oor/1.log\"")
  }

  @Test(arguments: [
    ("abcdefghij", 10, "abcdefghij"), ("abcdefghijk", 10, "abcde…hijk"), ("abcdefghijk", 5, "ab…jk"),
    ("漢字漢字漢字", 8, "漢字…字"), ("abc", 1, "…"),
  ])
  func `The middle gives way`(_ text: String, _ columns: Int, _ expected: String) {
    #expect(NodeShape.cut(text, to: columns) == expected)
  }

  @Test func `Why there is a list is said`() {
    let (text, obstacle) = Diagrams.errors.drawing(width: 40)
    #expect(text == Diagrams.errors.list())
    guard case .tooWide(let columns) = obstacle else { return #expect(Bool(false), "\(obstacle as Any)") }
    #expect(Diagrams.errors.drawing(width: columns).obstacle == nil)
    #expect(Diagrams.errors.drawing(width: columns - 1).obstacle == obstacle)
    let many = Diagrams.random(1, nodes: 61, edges: 30)
    #expect(many.drawing(width: 80).obstacle == .tooMany)
  }
}
