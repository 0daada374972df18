import Kamaelia
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

  private static let room = """
    backplane talk: Text

    server = TCPServer(port: 1500, protocol: Visit)

    server.log -> ConsoleWriter()
    @talk -> ConsoleWriter()

    graph Visit {
        inbox  heard: Bytes
        outbox said: Bytes

        backplane own: Bytes

        again = Carousel(Show)

        self.heard -> Lines() -> @talk
        @talk -> again.next
        again -> @own
        @own -> PassThrough() -> self.said
    }

    graph Show(path: Path) {
        outbox lines: Bytes

        FileReader($path) -> self.lines
    }
    """

  @Test func `A graph that a component makes is drawn with it, and so are those that this makes`() throws {
    let diagram = try diagram(Self.room)
    #expect(
      diagram.groups == [
        .init("server", "server", kind: .host),
        .init("server/Visit", "Visit, one for each connection", parent: "server", kind: .made),
        .init("server/Visit/again", "again", parent: "server/Visit", kind: .host),
        .init("server/Visit/again/Show", "Show, one for each request", parent: "server/Visit/again", kind: .made),
      ])
    #expect(
      Set(diagram.nodes.map { "\($0.group ?? "-") \($0.title[0])" }) == [
        "- ConsoleWriter", "- @talk", "server server", "server/Visit Lines", "server/Visit PassThrough",
        "server/Visit self.heard", "server/Visit self.said", "server/Visit @own", "server/Visit/again again",
        "server/Visit/again/Show FileReader", "server/Visit/again/Show self.lines",
      ])
    // The backplane around it is the same for all connections; its own is another one for each.
    #expect(diagram.edges.count { $0.to.node == "@talk" || $0.from.node == "@talk" } == 3)
    #expect(diagram.dot().contains("label=\"Visit, one for each connection\"; style=\"rounded,dashed\";"))
    #expect(diagram.mermaid().contains("[\"Show, one for each request\"]"))
    #expect(diagram.svg().contains(">Show, one for each request</text>"))
    #expect(diagram.list().contains("\n# again: Show, one for each request\nFileReader -> self.lines\n"))
  }

  @Test(arguments: [40, 60, 80, 200]) func `In characters it stands in its host's frame, or below`(width: Int) throws {
    let (text, obstacle) = try diagram(Self.room).drawing(width: width)
    #expect(obstacle == nil)
    #expect(text.split(separator: "\n").allSatisfy { DisplayWidth.of(String($0)) <= width }, "\(text)")
    for words in ["Visit, one for each connection", "Show, one for each request", "FileReader", "PassThrough"] {
      #expect(text.contains(words), "\(text)")
    }
  }

  @Test func `Below, each graph is in a frame that says whose it is, with the backplanes around it`() throws {
    let sections = try diagram(Self.room).sections()
    #expect(
      sections.map { $0.groups.first?.title } == [
        nil, "server: Visit, one for each connection", "again: Show, one for each request",
      ])
    #expect(sections[0].list() == "server -> ConsoleWriter#1\n@talk -> ConsoleWriter#2\n")
    #expect(sections[1].nodes.first { $0.id == "@talk" }?.group == "server/Visit")
    #expect(sections[2].nodes.map { $0.title[0] } == ["FileReader", "self.lines"])
  }

  @Test func `A graph that makes itself is drawn once`() throws {
    let diagram = try diagram(
      """
      server = TCPServer(port: 1500, protocol: Visit)

      server.log -> ConsoleWriter()

      graph Visit {
          inbox  heard: Bytes
          outbox said: Bytes

          next = TCPServer(port: 1501, protocol: Visit)

          next.log -> ConsoleWriter()
          self.heard -> self.said
      }
      """)
    #expect(diagram.groups.count { $0.kind == .made } == 1)
    #expect(diagram.nodes.filter { $0.kind == .graph }.map(\.title[1]) == ["drawn around this"])
  }

  @Test func `Graphs within graphs are drawn up to a depth that is said`() throws {
    let inner = (1...9).map { number in
      """
      graph Visit\(number) {
          inbox  heard: Bytes
          outbox said: Bytes

          next = TCPServer(port: 150\(number), protocol: Visit\(number + 1))

          next.log -> ConsoleWriter()
          self.heard -> self.said
      }
      """
    }
    let diagram = try diagram(
      """
      server = TCPServer(port: 1500, protocol: Visit1)

      server.log -> ConsoleWriter()

      \(inner.joined(separator: "\n\n"))

      graph Visit10 {
          inbox  heard: Bytes
          outbox said: Bytes

          self.heard -> self.said
      }
      """)
    #expect(diagram.groups.count { $0.kind == .made } == PlanDrawing.deepest)
    let ends = diagram.nodes.filter { $0.kind == .graph }.map { $0.title.joined(separator: "; ") }
    #expect(ends == ["Visit5, one for each connection; not drawn: 4 graphs around it are"])
  }

  @Test func `A component in a graph's place is drawn, whatever only its maker gives`() throws {
    let diagram = try diagram(
      """
      files = Carousel(FileReader)

      "a" -> files.next
      files -> ConsoleWriter()
      """)
    #expect(diagram.groups.map(\.title) == ["files", "FileReader, one for each request"])
    #expect(diagram.nodes.filter { $0.title == ["FileReader"] }.map(\.group) == ["files/FileReader"])
  }

  @Test func `A list of many graphs ends`() throws {
    let names = (1...50).map { "Piece\($0)" }
    let diagram = try diagram(
      """
      Sequence([\(names.joined(separator: ", "))]) -> ConsoleWriter()

      \(names.map { "graph \($0) {\n    outbox lines: Text\n\n    ConsoleReader() -> self.lines\n}" }.joined(separator: "\n\n"))
      """)
    #expect(diagram.groups.count { $0.kind == .made } == PlanDrawing.most)
    #expect(diagram.nodes.count { $0.kind == .graph } == 10)
    #expect(diagram.drawing(width: 80).obstacle == nil)
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
