import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

@Suite struct NeedsTests {
  private static func needs(_ text: String) -> [String] {
    let checked = Checker(library: .standard, loader: MemoryLoader()).check(Source(name: "x.kgraph", text: text))
    #expect(checked.diagnostics.filter { $0.severity == .error } == [])
    return checked.needs.map { "\($0.place) \($0.capability)" }
  }

  static let graphs: [(String, [String])] = [
    ("FileReader(\"a/b\") -> Discard()", ["read a/b"]),
    ("FileTail(\"a/b.log\") -> Discard()", ["read a/*"]),
    ("FileTail(\"b.log\") -> Discard()", ["read *"]),
    ("FileTail(\"/b.log\") -> Discard()", ["read /*"]),
    ("DirectoryWatch(\"a\") -> Discard()", ["read a"]),
    ("DirectoryWatch(\"a\", recursive: true) -> Discard()", ["read a/**"]),
    ("ConsoleReader() -> WholeFile() -> Discard()", ["read /**"]),
    ("ConsoleReader() -> WholeFile(root: \"a\") -> Discard()", ["read a/**"]),
    ("ConsoleReader() -> FileWriter(\"a/b\")", ["write a/b"]),
    ("ConsoleReader() -> FileWriter(\"a/b\", mode: append)", ["write a/b", "read a/b"]),
    (
      "ConsoleReader() -> FileWriter(\"a/b\", mode: append, rotateSize: 1MiB)", ["write a/b", "write a/*", "read a/b"]
    ),
    ("ConsoleReader() -> Encode() -> TCPClient(\"example.org:80\") -> Discard()", ["connect tcp example.org:80"]),
    ("ConsoleReader() -> Encode() -> UDPSender(\"[::2]:80\")", ["connect udp [::2]:80"]),
    ("UDPReceiver(5000) -> Discard()", ["listen udp 127.0.0.1:5000"]),
    ("MulticastReceiver(\"239.1.2.3:1600\") -> Discard()", ["listen udp 239.1.2.3:1600"]),
    ("ConsoleReader() -> Encode() -> MulticastSender(\"239.1.2.3:1600\")", ["connect udp 239.1.2.3:1600"]),
    ("ConsoleReader() -> Encode() -> UnixSocketClient(\"/run/a\") -> Discard()", ["connect unix /run/a"]),
    ("HTTPServer(port: 8080, folder: \"site\")", ["listen tcp 127.0.0.1:8080", "read site/**"]),
    ("ConsoleReader() -> WebSocketClient(\"ws://a.example/x\") -> Discard()", ["connect tcp a.example:80"]),
    ("HTTPClient(\"https://a.example/\") -> Discard()", ["connect tcp a.example:443"]),
    ("HTTPClient(\"http://[::1]:8080/x\") -> Discard()", ["connect tcp [::1]:8080"]),
    ("HTTPClient(\"http://a.example/\", redirects: anywhere) -> Discard()", ["connect tcp *:*"]),
    ("ConsoleReader() -> HTTPClient() -> Discard()", ["connect tcp *:*"]),
    ("ConsoleReader() -> `sort -u` -> ConsoleWriter()", ["exec sort"]),
    ("ConsoleReader() -> Lowercase() -> ConsoleWriter()", []),
    (
      "s = Carousel(Move, parameter: \"stem\")\nConsoleReader() -> s.next\ns -> Discard()\n"
        + "graph Move(stem: Text) {\n  outbox said: Text\n  `true -v inbox/${stem}.csv` -> self.said\n}", ["exec true"]
    ),
    (
      "s = Carousel(Run, parameter: \"word\")\nConsoleReader() -> s.next\ns -> Discard()\n"
        + "graph Run(word: Text) {\n  outbox said: Text\n  `${word} -v` -> self.said\n}", ["exec *"]
    ),
  ]

  @Test(arguments: graphs) func `A component needs what its parameters say`(text: String, expected: [String]) {
    #expect(
      Self.needs(text + "\n").compactMap { $0.split(separator: " ", maxSplits: 1).last.map(String.init) } == expected)
  }

  private static let server = """
    server = TCPServer(port: 1500, protocol: Keep)
    server.log -> ConsoleWriter()
    graph Keep(peer: Text, name: Text = "all") {
        inbox heard: Bytes
        self.heard -> Lines() -> FileWriter

    """

  @Test func `The graphs that a component makes are looked at as well`() {
    #expect(
      Self.needs(Self.server.replacing("FileWriter\n", with: "FileWriter(\"x.txt\")\n}\n"))
        == ["x.kgraph:1:1 listen tcp 127.0.0.1:1500", "x.kgraph:5:30 write x.txt"])
  }

  @Test func `What only the running graph will know counts as all that it may be`() {
    #expect(
      Self.needs(Self.server.replacing("FileWriter\n", with: "FileWriter(\"${peer}.txt\")\n}\n"))
        == ["x.kgraph:1:1 listen tcp 127.0.0.1:1500", "x.kgraph:5:30 write /**"])
    // The end of each message is not known either, and says nothing of the file.
    #expect(
      Self.needs(Self.server.replacing("FileWriter\n", with: "FileWriter(\"x.txt\", end: \"${peer}\")\n}\n"))
        == ["x.kgraph:1:1 listen tcp 127.0.0.1:1500", "x.kgraph:5:30 write x.txt"])
  }

  @Test func `A component that is used as a graph needs what it needs`() {
    #expect(
      Self.needs("server = TCPServer(port: 1500, protocol: ProcessBytes(`cat`))\nserver.log -> ConsoleWriter()\n")
        == ["x.kgraph:1:1 listen tcp 127.0.0.1:1500", "x.kgraph:1:42 exec cat"])
  }

  @Test func `Graphs that nothing uses, and tests, need nothing`() {
    #expect(Self.needs("Ticks(1s) -> Discard()\ngraph Unused() {\n  FileReader(\"x\") -> Discard()\n}\n") == [])
  }

  @Test(arguments: Library.standard.names) func `A component's needs can be worked out`(name: String) throws {
    let signature = try #require(Library.standard.signature(of: name))
    let unknown = Set(signature.parameters.filter { $0.defaultValue == nil }.map(\.name))
    let graph = Value.graph(GraphReference(name: "", template: PlanTemplate(name: "") { _ in (nil, []) }))
    let graphs = signature.parameters.filter { if case .graph = $0.type { true } else { false } }
    let found = Library.standard.capabilities(
      of: name, Dictionary(uniqueKeysWithValues: graphs.map { ($0.name, graph) }),
      unknown: unknown.subtracting(graphs.map(\.name)))
    #expect(found.isEmpty == signature.needs.isEmpty)
    #expect(found != Capability.all)
  }
}
