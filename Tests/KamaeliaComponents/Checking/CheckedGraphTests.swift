import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

/// What `check` says of graphs of the standard library, line by line.
@Suite struct CheckedGraphTests {
  private func check(_ text: String) -> [String] {
    Checker(library: .standard, loader: MemoryLoader()).check(Source(name: "main.kgraph", text: text)).diagnostics
      .map { diagnostic in
        let (line, _) = diagnostic.place.source.position(of: diagnostic.place.range.lowerBound)
        return "\(line) \(diagnostic.code.name) \(diagnostic.message)"
      }
  }

  // MARK: Literals and types

  @Test(arguments: [
    ("1 -> Unbatch() -> Discard()", "1 K0307 1 is no [Any]"),
    ("\"abc\" -> PassThrough() -> Unbatch() -> Discard()", "1 K0307 \"abc\" is no [Any]"),
    ("true -> Take(1) -> Buffer(2) -> Unbatch() -> Discard()", "1 K0307 true is no [Any]"),
    ("[[1], 2] -> Unbatch() -> Unbatch() -> Discard()", "1 K0307 [[1], 2] is no [[Any]]"),
    ("Chooser([1, 2]) -> Uppercase() -> Discard()", "1 K0401 required inbox `inbox` of `Chooser` has no producer"),
  ])
  func `a literal that a generic inbox cannot take is refused`(_ text: String, _ said: String) {
    let words = check(text + "\n")
    #expect(words.contains { $0.prefix(7) == said.prefix(7) }, "\(words)")
  }

  @Test(arguments: [
    "[1, 2] -> Unbatch() -> Sum() -> Discard()", "[1, 2.5] -> Unbatch() -> Mean() -> Discard()",
    "[[\"a\"], [\"b\"]] -> Unbatch() -> Join() -> Discard()", "[{a: 1}] -> Unbatch() -> Format(\"{a}\") -> Discard()",
    "[] -> Unbatch() -> Discard()",
  ])
  func `a list is taken apart as what its elements are`(_ text: String) {
    #expect(check(text + "\n") == [])
  }

  @Test(arguments: [
    "[1] -> Unbatch() -> m.in[0]|[1.5] -> Unbatch() -> m.in[1]",
    "\"x\" -> Count() -> m.in[0]|[1.5] -> Unbatch() -> m.in[1]",
    "[1, 2.5] -> Unbatch() -> m.in[0]|Ticks(1s) -> m.in[1]", "1 -> m.in[0]|1.5 -> m.in[1]",
    "[1] -> Unbatch() -> Batch(1) -> Unbatch() -> m.in[0]|[1.5] -> Unbatch() -> Take(1) -> m.in[1]",
  ])
  func `whole numbers and others into one component are numbers, in any order`(_ lines: String) {
    for lines in [lines.split(separator: "|"), lines.split(separator: "|").reversed()] {
      #expect(check("m = Merge(inTurn)\n\(lines.joined(separator: "\n"))\nm -> Sum() -> Discard()\n") == [])
    }
  }

  @Test(arguments: [
    ("\"a\" -> Count() -> G()", "JSON", "Count() -> FormatJSON() -> ParseJSON() -> G()"),
    ("\"a\" -> Count() -> G()", "Bytes", "Count() -> Format(\"{}\") -> Encode() -> G()"),
    ("\"a\" -> Count() -> G()", "Text", "Count() -> Format(\"{}\") -> G()"),
    ("FileReader(\"a\") -> G()", "JSON", "FileReader(\"a\") -> Decode() -> ParseJSON() -> G()"),
  ])
  func `two converters are named where none does it in one step`(_ line: String, _ type: String, _ chain: String) {
    let text = "\(line)\ngraph G {\n  inbox inbox: \(type)\n  self -> Discard()\n}\n"
    let checked = Checker(library: .standard, loader: MemoryLoader()).check(Source(name: "main.kgraph", text: text))
    let helps = checked.diagnostics.flatMap(\.helps)
    #expect(helps.first == "put a converter between them: \(chain)", "\(helps)")
  }

  @Test(arguments: [
    ("[\"http://a/\", \"nope\"]", "[URL]", "\"nope\" is no URL"), ("[\"a b\"]", "Address", "\"a b\" is no Address"),
    ("[1s, 2]", "[Duration]", "2 is no Duration"), ("{p: 99999}", "{p: Port}", "`p`: 99999 is no Port"),
    ("{p: 1, q: 2}", "{p: Port}", "it has no field `q`"), ("{q: 1}", "{p: Port}", "field `p` is missing"),
    ("[[1], [1.5]]", "[[Int]]", "1.5 is no Int"), ("\"nope\"", "URL?", ""),
    ("[\"nope\"]", "[URL]?", "\"nope\" is no URL"),
    ("{a: [1, true]}", "{a: [Int]}", "true is no Int"),
  ])
  func `the part of a literal that does not fit is named`(_ literal: String, _ type: String, _ caption: String) throws {
    let text = "\(literal) -> G()\ngraph G {\n  inbox inbox: \(type)\n  self -> Discard()\n}\n"
    let checked = Checker(library: .standard, loader: MemoryLoader()).check(Source(name: "main.kgraph", text: text))
    let diagnostic = try #require(checked.diagnostics.first)
    #expect(diagnostic.code.name == "K0307")
    #expect(diagnostic.caption == caption)
  }

  private static let record = "graph P {\n  inbox x: {a: Int, b: Text}\n  self.x -> Discard()\n}\n"

  @Test(arguments: [
    "5", "\"text\"", "true", "1s", "[1, 2]", "{c: 1}", "{a: 1}", "{a: 1, b: 2}", "{a: \"1\", b: \"x\"}",
    "{a: 1, b: \"x\", c: 3}",
  ])
  func `a record that only the graph knows takes no other literal`(_ literal: String) {
    #expect(check(Self.record + "\(literal) -> P()\n").map { $0.prefix(7) } == ["5 K0307"])
  }

  @Test(arguments: ["{a: 1, b: \"x\"}", "[{a: 1, b: \"x\"}, {a: 2, b: \"\"}]"])
  func `a record that only the graph knows takes its own literals`(_ literal: String) {
    #expect(check(Self.record + "\(literal) -> P()\n") == [])
  }

  @Test func `types that grow from Zip to Zip are refused where they become too large`() {
    let lines = (1...40).map { "z\($0) = Zip()\nz\($0 - 1) -> [z\($0).left, z\($0).right]\n" }.joined()
    let words = check("z0 = Ticks(1s)\n" + lines + "z40 -> ConsoleWriter()\n")
    #expect(words == ["27 K0310 the type of these messages becomes too large"])
  }

  @Test func `types that grow in depth are refused, from front to back and from back to front`() {
    let stages = (1...2000).map { "b\($0 - 1) -> b\($0)\n" }
    let head = (1...2000).map { "b\($0) = Batch(1)\n" }.joined()
    for lines in [stages, stages.reversed()] {
      let words = check("b0 = Ticks(1s)\n" + head + lines.joined() + "b2000 -> Discard()\n")
      #expect(words.map { $0.contains("K0310") } == [true], "\(words)")
    }
  }

  @Test func `whole numbers and others meet as others, in either order`() {
    let doubles = "1.5 -> p\n"
    let integers = ["Ticks(1s) -> p\n", "1 -> p\n"]
    for integer in integers {
      for lines in [doubles + integer, integer + doubles] {
        #expect(check("p = PassThrough()\n\(lines)p -> Discard()\n") == [])
      }
    }
    let sources = "graph D {\n  outbox y: Double\n  1.5 -> PassThrough() -> self.y\n}\na = Ticks(1s)\nb = D()\n"
    for both in ["[a, b]", "[b, a]"] { #expect(check(sources + "\(both) -> Merge() -> Discard()\n") == []) }
  }

  @Test func `texts go where texts may be missing, and nothing too`() {
    let graph = "graph G {\n  inbox x: Text?\n  self.x -> Discard()\n}\n"
    #expect(check(graph + "Clock(1s) -> G()\n") == [])
    #expect(check(graph + "none -> G()\n") == [])
    #expect(check(graph + "Ticks(1s) -> G()\n").map { $0.prefix(7) } == ["5 K0301"])
    #expect(check(graph + "Clock(1s) -> PassThrough() -> G()\n") == [])
  }

  @Test(arguments: [
    "100 -> PassThrough() -> G()", "[1, 100] -> Take(1) -> Drop(1) -> G()", "[100] -> L()", "{a: 100} -> R()",
    "100 -> O()",
    "100 -> Batch(1) -> L()", "[[1], [100]] -> Unbatch() -> PassThrough() -> L()",
    "small -> Batch(2) -> Unbatch() -> T()",
    "small -> Batch(2) -> PassThrough() -> U()",
  ])
  func `refinements hold inside types and through generic components`(_ chain: String) {
    let graphs = [
      ("G", "Int(1...64)"), ("L", "[Int(1...64)]"), ("R", "{a: Int(1...64)}"), ("O", "Int(1...64)?"),
      ("T", "Int(1...32)"),
      ("U", "[Int(1...32)]"),
    ].map { "graph \($0) {\n  inbox x: \($1)\n  self.x -> Discard()\n}\n" }.joined()
    let small = "graph Small {\n  outbox y: Int(1...64)\n  1 -> PassThrough() -> self.y\n}\nsmall = Small()\n"
    let isUsed = chain.hasPrefix("small")
    let words = check(graphs + (isUsed ? small : "") + chain + "\n")
    #expect(words.filter { $0.contains("K0301") || $0.contains("K0307") }.count == 1, "\(words)")
    if !isUsed {
      let right = check(graphs + chain.replacing("100", with: "10") + "\n")
      #expect(right.filter { !$0.contains("K0402") } == [], "\(right)")
    }
  }

  @Test func `a backplane may carry URLs`() {
    #expect(check("backplane b: URL\n\"http://x/\" -> @b\n@b -> ConsoleWriter()\n") == [])
    #expect(check("backplane b: URL\n\"no url\" -> @b\n@b -> ConsoleWriter()\n").map { $0.prefix(7) } == ["2 K0307"])
  }

  @Test func `JSON is taken apart`() {
    #expect(check("\"[1]\" -> ParseJSON() -> Unbatch() -> Discard()\n") == [])
    #expect(check("\"[1]\" -> ParseJSON() -> Take(2) -> Unbatch() -> Format(\"{a}\") -> Discard()\n") == [])
    #expect(check("Ticks(1s) -> Unbatch() -> Discard()\n").map { $0.prefix(7) } == ["1 K0301"])
  }

  // MARK: Components asked

  @Test func `a component is asked with the types that it is made for`() {
    let start = "Ticks(1s) -> Format(\"next\") -> "
    #expect(
      check(start + "Chooser([\"a\", 2, \"c\"]) -> Uppercase() -> Discard()\n").map { $0.prefix(7) } == ["1 K0126"])
    #expect(check(start + "Chooser([1, 2]) -> Uppercase() -> Discard()\n").map { $0.prefix(7) } == ["1 K0126"])
    #expect(check(start + "Chooser([\"a\", 2]) -> Discard()\n") == [])
    #expect(check("Clock(1s) -> Encode() -> Sum() -> Discard()\n").map { $0.prefix(7) } == ["1 K0309"])
  }

  @Test(arguments: [
    "\"a\" -> Replace(\"a\", with: \"{1}\") -> Discard()", "\"a\" -> Replace(\"a\", with: \"{y}\") -> Discard()",
    "\"a\" -> Replace(\"(?<x>a)\", with: \"{y}{x}\") -> Discard()",
    "Clock(1s) -> TopK(3) -> Bars(of: \"cont\") -> Discard()",
    "Clock(1s) -> TopK(3) -> Bars(label: \"{kee}\") -> Discard()",
    "Ticks(1s) as t -> Zip().left as z -> Bars() -> Discard()\nt -> z.right",
    "Ticks(1s) as t -> Zip().left as z -> FormatCSV(columns: [\"lft\"]) -> Discard()\nt -> z.right",
    "Clock(1s) -> Encode() -> Mean() -> Discard()",
    "DirectoryWatch(\"d\") -> Mean(of: \"isFolder\") -> Discard()",
  ])
  func `what a component looks for in messages that cannot have it is said`(_ chain: String) {
    let words = check(chain + "\n")
    #expect(words.filter { $0.contains("K0309") || $0.contains("K0126") }.count == 1, "\(words)")
  }

  @Test(arguments: [
    "\"a\" -> Replace(\"(?<x>a)(b)?\", with: \"{x}{2}{}{0}\") -> Discard()",
    "Clock(1s) -> TopK(3) -> Bars(label: \"{key}\") -> Discard()", "Clock(1s) -> TopK(3) -> Bars() -> Discard()",
    "Ticks(1s) as t -> Zip().left as z -> FormatCSV(columns: [\"left\", \"right\"]) -> Discard()\nt -> z.right",
    "Ticks(1s) -> Bars() -> Discard()", "Clock(1s) -> TopK(3) -> Unbatch() -> Mean(of: \"count\") -> Discard()",
  ])
  func `what a component looks for in messages that have it is not missed`(_ chain: String) {
    let words = check(chain + "\n")
    #expect(words == [])
  }

  // MARK: Graphs handed on

  private static let graphs = """
    graph A(t: Text) {
      outbox y: Text
      "a" -> Prefix($t) -> self.y
    }
    graph B(peer: Int) {
      inbox x: Bytes
      self.x -> Take($peer) -> Discard()
    }
    graph C {
      inbox a: Int
      self.a -> Discard()
    }
    graph E(peer: Text, path: Text = "") {
      inbox x: Bytes
      self.x -> Decode() -> Prefix("${peer} ${path}") -> Discard()
    }

    """

  @Test(arguments: [
    ("Sequence([A]) -> Discard()", "K0111"), ("TCPServer(0, protocol: A)", "K0111"),
    ("TCPServer(0, protocol: B)", "K0113"),
    ("HTTPServer(0, routes: [B])", "K0113"), ("WebSocketServer(0, protocol: C)", "K0126"),
    ("s = Carousel(A, parameter: \"u\")\n\"x\" -> s.next\ns -> Discard()", "K0110"),
    ("s = Carousel(A, parameter: \"t\")\nTicks(1s) -> s.next\ns -> Discard()", "K0113"),
    ("s = Carousel(A, parameter: \"t\")\n1 -> s.next\ns -> Discard()", "K0113"),
    ("Sequence([Process(`no-such-program-here`)]) -> Discard()", "K0701"),
    ("Sequence([FileReader(\"a\")]) -> Discard()\nSequence([Ticks(1s, count: 2), FileReader]) -> Discard()", "K0111"),
    ("s = Carousel(Window)\nTicks(1s) -> [s, s.next]\ns -> Discard()", "K0126"),
    ("s = Carousel(Sample)\nTicks(1s) -> [s, s.next]\ns -> Discard()", "K0126"),
    (
      "graph H(g: Graph(inbox: Text, outbox: Text)) {\n  s = Carousel($g)\n  1 -> [s, s.next]\n  s -> Discard()\n}\nH(g: Count)",
      "K0306"
    ),
    ("graph H(g: Graph(outbox: Text)) {\n  Sequence([$g]) -> Discard()\n}\nH(g: C)", "K0306"),
  ])
  func `graphs are held to what is handed to them`(_ text: String, _ code: String) {
    let words = check(Self.graphs + text + "\n")
    #expect(words.contains { $0.contains(code) }, "\(words)")
  }

  @Test(arguments: [
    "Sequence([A(t: \"x\")]) -> Discard()", "TCPServer(0, protocol: E)", "HTTPServer(0, routes: [E])",
    "s = Carousel(A, parameter: \"t\")\n\"x\" -> s.next\ns -> Discard()",
    "s = Carousel(A)\n\"{}\" -> ParseJSON() -> s.next\ns -> Discard()",
    "s = Carousel(FileReader, parameter: \"path\")\n\"x\" -> s.next\ns -> Discard()",
    "graph H(g: Graph(inbox: Int, outbox: Int)) {\n  s = Carousel($g)\n  1 -> [s, s.next]\n  s -> Discard()\n}\nH(g: PassThrough)",
  ])
  func `graphs that get what they need are accepted`(_ text: String) {
    #expect(check(Self.graphs + text + "\n") == [])
  }

  // MARK: Shape

  @Test func `a server may have a name`() {
    #expect(check("server = TCPServer(0, protocol: G)\ngraph G {\n  inbox x: Bytes\n  self.x -> Discard()\n}\n") == [])
  }

  @Test func `a generic component that gets nothing has nothing to send`() {
    #expect(check("m = Merge(inTurn)\nm -> Discard()\n").map { $0.prefix(7) } == ["1 K0401"])
    #expect(check("m = Merge(inTurn)\nTicks(1s) -> m.in[0]\nm -> Discard()\n") == [])
  }

  @Test(arguments: ["Batch(7)", "Window(3)", "Sample(2)", "Count()", "Sum()"])
  func `answers that come late are in no order`(_ component: String) {
    #expect(check("Ticks(1s) -> \(component) replicate 3 ordered -> Discard()\n").map { $0.prefix(7) } == ["1 K0414"])
  }

  // MARK: Fields that parameters name

  @Test(arguments: [
    (#"Match("(?<user>a)(b)?").captures -> Format("{user} {2}") -> Discard()"#, []),
    (#"Match("a").captures -> Format("{0}") -> Discard()"#, []),
    (#"Match("(?<user>a)").captures -> Format("{usr}") -> Discard()"#, ["1 K0309 these messages have no field `usr`"]),
    (#"Match("(?<user>a)").captures -> CountBy("1") -> Discard()"#, ["1 K0309 these messages have no field `1`"]),
    (#"Match("a").captures -> Filter("x", by: "user") -> Discard()"#, ["1 K0309 these messages have no field `user`"]),
    (#"Match("(a)").captures -> Sum() -> Discard()"#, ["1 K0309 these messages are no single values"]),
    (#"ParseCSV(columns: ["a", "b.c"]) -> Format("{a} {b.c}") -> Discard()"#, []),
    (#"ParseCSV(columns: ["a"]) -> Format("{b}") -> Discard()"#, ["1 K0309 these messages have no field `b`"]),
    (#"ParseCSV() -> Format("{b}") -> Discard()"#, []),
  ])
  func `fields that no group and no column gives are missed`(_ text: String, _ said: [String]) {
    #expect(check("\"a\" -> \(text)\n").filter { $0.contains("K0309") || $0.contains("these messages") } == said)
  }
}
