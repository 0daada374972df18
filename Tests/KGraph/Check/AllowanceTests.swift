import Testing

@testable import KGraph

/// What `# allow(…)` reaches.
@Suite struct AllowanceTests {
  private static let long = """
    a = Tee()
    ConsoleReader() -> Prefix(text: "a long text that makes the statement too long for a single line of it") -> a
    a -> Prefix(text: "another long text that makes the statement too long for one line") -> Prefix(text: "b") -> a

    """

  @Test func `what is allowed for a statement stays so when it is broken over lines`() throws {
    #expect(check(Self.long).codes == ["K0410"])
    let lines = Self.long.lines
    let allowed = lines[0...1].joined(separator: "\n") + "\n# allow(K0410)\n" + lines[2] + "\n"
    #expect(check(allowed).words == [])
    let formatted = try #require(Formatter.format(GraphFile.parse(Source(name: "a", text: allowed))))
    #expect(formatted.lines.count > allowed.lines.count)
    #expect(check(formatted).words == [])
  }

  @Test(arguments: [
    "a = Tee()\nConsoleReader()\n    -> a\na\n    -> Prefix(text: \"b\") # allow(K0410)\n    -> a\n",
    "a = Tee()\nConsoleReader() -> a\n# allow(K0410)\na\n    -> Prefix(\n        text: \"b\",\n    )\n    -> a\n",
    "a = Tee()\nConsoleReader() -> a\na\n    # allow(K0410)\n    -> Prefix(text: \"b\")\n    -> a\n",
  ])
  func `it may stand before, in or behind the statement`(text: String) {
    #expect(check(text).words == [])
  }

  @Test func `the statement before, the one after and what is in a block get nothing of it`() {
    let loop = "a -> Prefix(text: \"b\") -> a\n"
    #expect(
      check("# allow(K0410)\na = Tee()\nConsoleReader() -> a\n\(loop)").codes == ["K0906", "K0410"])
    let graph = "a = Tee()\n    ConsoleReader() -> a\n    a -> Prefix(text: \"b\") -> a\n"
    #expect(check("# allow(K0410)\ngraph G {\n    \(graph)}\nG()\n").codes == ["K0906", "K0410"])
  }

  @Test func `what allows nothing is told, but not where a condition may hide it`() {
    #expect(
      check("Ticks() -> ConsoleWriter() # allow(K0410)\n").words == ["1:36 K0906 nothing here gets `K0410`"])
    #expect(check("if false {\n    Ticks() -> ConsoleWriter() # allow(K0410)\n}\n").codes.contains("K0906") == false)
    #expect(check("Ticks() -> Nothing() # allow(K0410)\n").codes == ["K0201"])
  }

  @Test func `names of wide letters are aligned by what they take`() {
    let text = "日本語 = Tee()\na = Tee()\n"
    #expect(
      Formatter.format(GraphFile.parse(Source(name: "a", text: text))) == "日本語 = Tee()\na      = Tee()\n")
  }
}
