import Testing

@testable import KGraph

/// NoFlo's graphs, read and written.
@Suite struct FBPTests {
  static let sample = """
    # Counts the lines of a file
    # and shows how many there are.

    INPORT=Read.IN:FILE
    OUTPORT=Count.ERR:PROBLEMS

    'READ\\'ME.md' -> IN Read(filesystem/ReadFile:main) OUT -> IN Split(strings/SplitStr) OUT[1] -> IN Count(Counter)  # the long way
    Read ERROR -> IN Display(core/Output), Count COUNT -> IN Display
    Alone(core/Kick)
    """

  private func read(_ text: String) throws -> FBPGraph { try FBPGraph(Source(name: "a.fbp", text: text)) }

  @Test func `Nodes, links, packets, exported ports and comments are read`() throws {
    let graph = try read(Self.sample)
    let facts = FBPFacts(graph)
    #expect(
      facts.nodes == [
        "Read": "filesystem/ReadFile", "Split": "strings/SplitStr", "Count": "Counter", "Display": "core/Output",
        "Alone": "core/Kick",
      ])
    #expect(
      facts.links == [
        "Count.COUNT -> Display.IN", "Read.ERROR -> Display.IN", "Read.OUT -> Split.IN", "Split.OUT[1] -> Count.IN",
      ])
    #expect(facts.packets == ["'READ'ME.md' -> Read.IN"])
    #expect(facts.inports == ["Read.IN:FILE"])
    #expect(facts.outports == ["Count.ERR:PROBLEMS"])
    #expect(
      graph.items.prefix(2) == [
        .comment(" Counts the lines of a file", isTrailing: false),
        .comment(" and shows how many there are.", isTrailing: false),
      ])
    #expect(try read(graph.text) == graph)
  }

  @Test func `A graph of ours is made of it`() throws {
    let text = try read(Self.sample).graphText(besides: ["Counter"])
    #expect(
      text == """
        # Counts the lines of a file
        # and shows how many there are.

        read    = FilesystemReadFile()  # fbp Read
        count   = NoFloCounter()        # fbp Count
        split   = StringsSplitStr()     # fbp Split
        display = CoreOutput()          # fbp Display
        alone   = CoreKick()            # fbp Alone

        inbox file: Any
        self.file -> read.in
        outbox problems: Any
        count.err -> self.problems

        "READ'ME.md" -> read.(in, out) -> split.(in, out1) -> count.in  # the long way
        read.error -> display.in
        count.count -> display.in

        ## To be filled in: `filesystem/ReadFile`.
        graph FilesystemReadFile {  # fbp filesystem/ReadFile
            inbox  in: Any
            outbox out: Any
            outbox error: Any

            self.in -> PassThrough() -> [self.out, self.error]
        }

        ## To be filled in: `Counter`.
        graph NoFloCounter {  # fbp Counter
            inbox  in: Any
            outbox err: Any
            outbox count: Any

            self.in -> PassThrough() -> [self.err, self.count]
        }

        ## To be filled in: `strings/SplitStr`.
        graph StringsSplitStr {  # fbp strings/SplitStr
            inbox  in: Any
            outbox out1: Any  # fbp OUT[1]

            self.in -> PassThrough() -> self.out1
        }

        ## To be filled in: `core/Output`.
        graph CoreOutput {  # fbp core/Output
            inbox in: Any

            self.in -> Discard()
        }

        ## To be filled in: `core/Kick`.
        graph CoreKick {}  # fbp core/Kick

        """)
    #expect(check(text).words.filter { !$0.contains("K04") } == [])
  }

  @Test(arguments: [
    ("A(B) OUT ->", "a node is missing"), ("'a'", "the packet goes nowhere"),
    ("'a", "this packet is never closed"), ("A(B", "`)` is missing"),
    ("A(B) OUT -> 'x'", "a packet stands at the beginning"),
    ("A(B) OUT -> IN A(C)", "`A` is a `B` already"), ("INPORT=A:B", "is followed by `Node.PORT:NAME`"),
    ("A(B) OUT[x] -> IN C(D)", "`x` is no number of a port"), ("A(B) C(D)", "which of these is the node"),
    ("A(B) OUT IN C", "which of these is the node"), ("A(B) = C", "`->`, a comma or the end of the line is missing"),
    ("é", "a node is missing"),
  ]) func `What cannot be read is named`(_ text: String, _ message: String) {
    let failure = #expect(throws: FBPFailure.self) { try read(text) }
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }

  @Test(arguments: 0..<60) func `Any bytes are read or refused`(seed: Int) {
    var random = SeededGenerator(seed)
    let pieces = [
      "A", "(B)", " -> ", "IN ", "OUT", "'x", "'", "\n", "#", ",", "[1]", "INPORT=", ".", ":", "\\", "\u{FF}", "->",
    ]
    let text = (0..<40).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }.joined()
    if let graph = try? read(text) {
      #expect((try? read(graph.text)).map { FBPFacts($0) } == FBPFacts(graph), "\(text)")
    }
  }

  private func exported(_ text: String) -> (graph: FBPGraph?, diagnostics: [Diagnostic]) {
    Checker(library: CheckingLibrary.standard, loader: MemoryLoader())
      .flowGraph(Source(name: "a.kgraph", text: text), settings: [:])
  }

  /// A graph made by chance.
  private func graph(_ seed: Int) -> FBPGraph {
    var random = SeededGenerator(seed)
    func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
    let count = Int.random(in: 1...8, using: &random)
    let nodes = (0..<count).map { ["Node_\($0)", "node\($0 - 1)", "READER-\($0)", "self\($0)"][$0 % 4] }
    var graph = FBPGraph()
    graph.components = nodes.map { ($0, pick(["core/Split", "strings/Join", "Read-File", "ui/List_2", "core/split"])) }
    func port(_ names: [String]) -> FBPGraph.Port { FBPGraph.Port(pick(names), pick([nil, nil, 0, 3])) }
    // Each node once, so that they come in this order.
    graph.items = nodes.map { .chain([.node($0, into: nil, out: nil)]) }
    var seen: Set<[String]> = []
    for _ in 0..<12 {
      let (from, to) = (pick(nodes), pick(nodes))
      let (out, into) = (port(["OUT", "ERROR", "fooBar", "out", "OUT3"]), port(["IN", "START", "DATA_2"]))
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        graph.items.append(
          .comment(pick([" words", "# more", "", " $x \"${y}\" `z`"]), isTrailing: pick([true, false])))
      case 1: graph.items.append(.blank)
      case 2:
        let text = pick(["a'b", "${x} $y \"z\"", "two\nlines\t", "\\ back", "漢字 # no comment", ""])
        if seen.insert([text, to, "\(into)"]).inserted {
          graph.items.append(.chain([.packet(text), .node(to, into: into, out: nil)]))
        }
      case 3 where seen.insert(["in"]).inserted: graph.items.append(.inport(node: to, port: into, name: "PUBLIC"))
      case 4 where seen.insert(["out"]).inserted: graph.items.append(.outport(node: from, port: out, name: "RESULT_1"))
      default:
        if seen.insert([from, "\(out)", to, "\(into)"]).inserted {
          graph.items.append(.chain([.node(from, into: nil, out: out), .node(to, into: into, out: nil)]))
        }
      }
    }
    return graph
  }

  @Test(arguments: 0..<80) func `There and back nothing is lost`(seed: Int) throws {
    let graph = graph(seed)
    #expect(try FBPFacts(read(graph.text)) == FBPFacts(graph), "\(graph.text)")
    let text = graph.graphText(besides: [])
    for case .comment(let words, _) in graph.items where !words.isEmpty { #expect(text.contains(words)) }
    let (back, diagnostics) = exported(text)
    // Nodes that nothing is linked to and circles are for whoever fills the components in.
    let errors = diagnostics.filter { $0.severity == .error && !$0.code.name.hasPrefix("K04") }
    #expect(errors.map(\.message) == [], "\(text)")
    let written = try read(try #require(back).text)
    #expect(FBPFacts(written) == FBPFacts(graph), "\(text)")
  }

  /// As people write them.
  static let noflo = [
    """
    # Serve files, and say what was asked for.
    INPORT=WebServer.LISTEN:LISTEN
    OUTPORT=LogRequest.out:requests

    # The server itself
    '8080' -> LISTEN WebServer(webserver/Server) REQUEST -> IN Profiler(webserver/BasicProfiler)
    Profiler() OUT -> IN AuthRouter(router/PrefixRouter) # by path
    AuthRouter() MISSED -> IN Answer404(http/WriteResponse) OUT -> IN Send404(http/SendResponse)
    AuthRouter() OUT[0] -> IN ServeStatic(webserver/Static), AuthRouter() OUT[1] -> IN Auth_Api(http/Auth)

    # What is left
    '/static,/api' -> ROUTES AuthRouter()
    ServeStatic() OUT -> IN LogRequest(core/Output)
    Auth_Api() user_Name -> IN[2] Merge(flow/Merge)
    """,
    """
    'package.json' -> SOURCE ReadFile(filesystem/ReadFile)
    ReadFile() OUT -> IN SplitByNewline(strings/SplitStr) OUT -> IN CountLines(packets/Counter) # counting
    CountLines() COUNT -> IN Display(core/Output)
    ReadFile() ERROR -> IN Display()
    """,
  ]

  @Test(arguments: noflo) func `A graph of NoFlo's comes back with its names, elements of ports and comments`(
    _ text: String
  ) throws {
    let graph = try read(text)
    let ours = graph.graphText(besides: ["Counter"])
    let back = try #require(exported(ours).graph)
    let written = try read(back.text)
    #expect(FBPFacts(written) == FBPFacts(graph), "\(ours)\n\(back.text)")
    func comments(_ graph: FBPGraph) -> [String] {
      graph.items.compactMap { if case .comment(let words, _) = $0 { words } else { nil } }
    }
    #expect(comments(written) == comments(graph), "\(ours)\n\(back.text)")
    // And once more: nothing is added on the way.
    #expect(try read(try #require(exported(written.graphText(besides: ["Counter"])).graph).text) == written)
  }

  @Test func `What is written here is written there, in the order of the text`() throws {
    let text = """
      # Says what is there.
      loud = Prefix("a")

      # From here
      "x" -> loud  # one
      loud -> Uppercase() as longOnes -> ConsoleWriter()

      ## Not this.
      graph Unused {
          # Nor this.
      }
      # allow(K0410)
      """
    let graph = try #require(exported(text).graph)
    #expect(
      graph.text == """
        # Says what is there.
        'a' -> TEXT loud(Prefix)
        # From here
        'x' -> INBOX loud # one
        loud OUTBOX -> INBOX longOnes(Uppercase)
        longOnes OUTBOX -> INBOX ConsoleWriter_1(ConsoleWriter)

        """)
  }
}
