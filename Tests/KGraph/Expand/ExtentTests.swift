import Kamaelia
import Testing

@testable import KGraph

/// How large graphs may become, and what it costs to find out.
@Suite struct ExtentTests {
  /// Ten levels of graphs, each ten times in the next.
  static let laughs =
    "graph A0 {\n  ConsoleReader() -> ConsoleWriter()\n}\n"
    + (1...10).map { "graph A\($0) {\n  A\($0 - 1)() replicate 10\n}\n" }.joined() + "A10()\n"

  static let wires =
    "graph W0 {\n  inbox i: Text\n  outbox o: Text\n  self -> self\n}\n"
    + (1...30).map { level in
      "graph W\(level) {\n  inbox i: Text\n  outbox o: Text\n  a = W\(level - 1)()\n  b = W\(level - 1)()\n"
        + "  self -> [a, b] -> self\n}\n"
    }.joined() + "ConsoleReader() -> W30() -> ConsoleWriter()\n"

  /// Doubles the ways through a graph at each level, with few instances: only the count of linkages can tell.
  static let fans =
    "graph F0 {\n  inbox i: Text\n  outbox o: Text\n  self -> self\n}\n"
    + (0..<25).map { "a\($0) = F0()\nb\($0) = F0()\n" }.joined() + "ConsoleReader() -> [a0, b0]\n"
    + (1..<25).map { "[a\($0 - 1), b\($0 - 1)] -> [a\($0), b\($0)]\n" }.joined() + "[a24, b24] -> ConsoleWriter()\n"

  static let texts =
    "graph T0(t: Text) {\n  ConsoleReader() -> Prefix(text: $t) -> ConsoleWriter()\n}\n"
    + (1...40).map { "graph T\($0)(t: Text) {\n  T\($0 - 1)(t: \"${t}${t}\")\n}\n" }.joined() + "T40(t: \"ab\")\n"

  static let lists =
    "graph L0(t: [Any]) {\n  for x in $t {\n    ConsoleReader() -> ConsoleWriter()\n  }\n}\n"
    + (1...40).map { "graph L\($0)(t: [Any]) {\n  L\($0 - 1)(t: [$t, $t])\n}\n" }.joined() + "L40(t: [1])\n"

  static let deep =
    "graph D0 {\n  ConsoleReader() -> ConsoleWriter()\n}\n"
    + (1...80).map { "graph D\($0) {\n  D\($0 - 1)()\n}\n" }.joined() + "D80()\n"

  @Test(arguments: [
    (laughs, "K0220"), (wires, "K0220"), (fans, "K0220"), (texts, "K0122"), (lists, "K0122"), (deep, "K0221"),
    ("ConsoleReader() -> Uppercase() replicate 9_000_000_000_000_000_000 -> ConsoleWriter()", "K0220"),
    ("for i in 1...9_000_000_000_000_000_000 {\n}", "K0220"),
    ("for i in 1...100_000 {\n  for k in 1...100_000 {\n  }\n}", "K0220"),
    ("for i in 1...2000 {\n  for k in 1...2000 {\n    Ticks() -> ConsoleWriter()\n  }\n}", "K0220"),
    ("a = PassThrough() replicate 2000\nConsoleReader() -> a.control\na.signal -> a.control", "K0220"),
  ]) func `a graph that grows without bounds is refused`(_ text: String, _ code: String) {
    let checked = check(text)
    #expect(checked.plan == nil)
    #expect(checked.codes.contains(code), "\(checked.words.prefix(5))")
  }

  @Test func `a million mistakes are not all said`() {
    let checked = check(String(repeating: "a -> b\n", count: 3000))
    #expect(checked.codes.count == 1001)
    #expect(checked.codes.filter { $0 == "K0223" }.count == 1)
    #expect(checked.plan == nil)
  }

  @Test func `limits can be set`() {
    var limits = Limits.standard
    limits.instances = 3
    #expect(check("for i in 1...2 {\n  Ticks() -> ConsoleWriter()\n}", limits: limits).codes == ["K0220"])
    limits.instances = 4
    #expect(check("for i in 1...2 {\n  Ticks() -> ConsoleWriter()\n}", limits: limits).codes == [])
    limits.files = 1
    let files = ["a.kgraph": "Ticks() -> ConsoleWriter()"]
    #expect(check("import \"a.kgraph\" as A\nA()", files: files, limits: limits).codes == ["K0222"])
    limits.files = 2
    limits.fileSize = 10
    #expect(check("import \"a.kgraph\" as A\nA()", files: files, limits: limits).codes == ["K0208"])
  }

  @Test func `imports are nested as deep as allowed`() {
    var files: [String: String] = [:]
    for level in 1...70 { files["a\(level).kgraph"] = "import \"a\(level + 1).kgraph\" as Next\nNext()" }
    let checked = check("import \"a1.kgraph\" as Next\nNext()", files: files)
    #expect(checked.codes == ["K0221"])
  }
}
