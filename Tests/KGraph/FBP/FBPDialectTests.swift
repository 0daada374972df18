import Testing

@testable import KGraph

/// What NoFlo's files may say besides named nodes, their ports and texts.
@Suite struct FBPDialectTests {
  private func read(_ text: String) throws -> FBPGraph { try FBPGraph(Source(name: "a.fbp", text: text)) }

  private func errors(_ text: String) throws -> [String] {
    let source = Source(name: "a.kgraph", text: try read(text).graphText(besides: []))
    let checker = Checker(library: CheckingLibrary.standard, loader: MemoryLoader())
    return checker.flowGraph(source, settings: [:]).diagnostics.filter { $0.severity == .error }
      .map { "\($0.code.name) \($0.message)" }
  }

  @Test func `A byte order mark is passed over`() throws {
    #expect(try read("\u{FEFF}A(B) OUT -> IN C(D)\n") == read("A(B) OUT -> IN C(D)\n"))
    #expect(throws: FBPFailure.self) { try read("A(B) OUT -> IN C(D)\n\u{FEFF}") }
  }

  @Test func `Nodes without a name are others each time`() throws {
    let graph = try read("(core/Split) OUT -> IN (core/Split) OUT -> IN _core_Split_2(X), (core/Split) -> (Y)")
    let facts = FBPFacts(graph)
    #expect(
      facts.nodes == [
        "_core_Split_1": "core/Split", "_core_Split_3": "core/Split", "_core_Split_2": "X",
        "_core_Split_4": "core/Split", "_Y_1": "Y",
      ])
    #expect(
      facts.links == [
        "_core_Split_1.OUT -> _core_Split_3.IN", "_core_Split_3.OUT -> _core_Split_2.IN",
        "_core_Split_4.OUT -> _Y_1.IN",
      ])
    #expect(try read(graph.text) == graph)
  }

  @Test(arguments: [
    #"{"a": 1}"#, #"{"a": "}\"]", "b": [1, {"c": "\\"}]}"#, "[1, 2]", "[]", "{\n  \"a\": 1\n}",
  ]) func `Packets are written in JSON as well`(_ packet: String) throws {
    let graph = try read("\(packet) -> IN X(Y)")
    #expect(graph.items == [.chain([.packet(packet), .node("X", into: .init("IN"), out: nil)])])
    #expect(graph.notes.count == 1)
  }

  @Test func `Ports without a name have the one that the file gives them`() throws {
    let text = "A(B) -> C(D)\nDEFAULT_INPORT=DATA\nDEFAULT_OUTPORT=RESULT # words\nA -> C -> IN E(F), A OUT -> E"
    #expect(
      try FBPFacts(read(text)).links == ["A.OUT -> C.IN", "A.OUT -> E.DATA", "A.RESULT -> C.DATA", "C.RESULT -> E.IN"])
  }

  @Test(arguments: [
    ("{\"a\" -> IN X(Y)", "this packet is never closed"), ("[1} -> IN X(Y)", "this is no JSON"),
    ("A(B) -> {}", "a packet stands at the beginning"), ("() -> A(B)", "a node without a name"),
    ("DEFAULT_INPORT=", "is followed by the name of a port"), ("DEFAULT_OUTPORT=A B", "is followed by the name"),
    ("_(boolean/not) OUT -> IN _(console)", "file for Soletta"), ("DECLARE=A:fbp:a.fbp", "file for Soletta"),
  ]) func `What cannot be read is named`(_ text: String, _ message: String) {
    let failure = #expect(throws: FBPFailure.self) { try read(text) }
    #expect(failure?.message.contains(message) == true, "\(failure?.message ?? "")")
  }

  @Test(arguments: [
    "'a' -> IN A(B) OUT -> IN C(B) OUT -> IN A",
    "'a' -> IN A(B), 'b' -> OPTIONS A, 'c' -> IN C(B)",
    "'a' -> IN A(B) OUT -> IN D(E), 'b' -> OPTIONS A, C(B) OUT -> IN D",
    "'a' -> WORK A(B) WORK -> IN D(E), 'b' -> OPTIONS A",
    "'a' -> IN A(Discard) OUT -> IN D(PassThrough), C(PassThrough) OUT -> IN A",
    "INPORT=A.IN:A\nOUTPORT=A.OUT:B\nA(X) OUT -> IN B(X)",
    "INPORT=A.IN:A\nINPORT=B.IN:A\nOUTPORT=A.OUT:C\nOUTPORT=B.OUT:C\nA(X), B(X)",
  ]) func `What is made of a file checks`(_ text: String) throws { #expect(try errors(text) == []) }

  @Test func `What is left out is said once`() throws {
    #expect(try read("A(B:x=1,y=2) -> C(D:main)").notes.count == 1)
    #expect(try read("A(B:) -> C(D)").notes == [])
    let checker = Checker(library: CheckingLibrary.standard, loader: MemoryLoader())
    let source = Source(name: "a", text: "ConsoleReader() -> Uppercase() as loud replicate 3 -> ConsoleWriter()\n")
    let graph = try #require(checker.flowGraph(source, settings: [:]).graph)
    #expect(graph.notes == ["`replicate 3` of `loud` is left out"])
  }
}
