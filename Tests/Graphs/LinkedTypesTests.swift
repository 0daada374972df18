import Testing

/// Graphs whose boxes are of types that differ and fit all the same, run.
@Suite(.timeLimit(.minutes(1))) struct LinkedTypesTests {
  private static let numbers = """
    graph Numbers {
        inbox i: TYPE
        self.i -> FormatJSON() -> ConsoleWriter()
    }

    """

  @Test(arguments: [
    ("[1, 2] -> Unbatch() -> Count(each: 1) -> Batch(2)", "[Double]", "[1.0,2.0]\n"),
    ("[1, 2] -> Unbatch() -> Count(each: 1) -> Batch(1) -> Batch(2)", "[[Double]]", "[[1.0],[2.0]]\n"),
    ("[1, 2] -> Unbatch() -> Count(each: 1)", "Double?", "1.0\n2.0\n"),
    ("[1, 2] -> Unbatch() -> Count(each: 1) -> Batch(2)", "[Double]?", "[1.0,2.0]\n"),
  ])
  func `Lists of whole numbers arrive as lists of numbers`(chain: String, type: String, output: String) async throws {
    let finished = try await kamaelia(
      "run", "-e", "\(chain) -> Numbers()\n" + Self.numbers.replacing("TYPE", with: type))
    #expect(finished.errors == "")
    #expect(finished.output.replacing(".0", with: "") == output.replacing(".0", with: ""))
    #expect(finished.status == .exited(0))
  }

  @Test func `Values go to the elements of an array`() async throws {
    let finished = try await kamaelia(
      "run", "-e", "m = Merge(inTurn)\n1 -> m.in[0]\n1.5 -> m.in[1]\nm -> FormatJSON() -> ConsoleWriter()")
    #expect(finished.errors == "")
    #expect(finished.output.replacing(".0", with: "") == "1\n1.5\n")
  }

  @Test func `A number and its text name one outbox of an array`() async throws {
    let finished = try await kamaelia(
      "run", "-e",
      """
      s = Switch()
      ["0", "1", "0"] -> Unbatch() -> s
      s.out[0] -> Format("number {}") -> ConsoleWriter()
      s.out["0"] -> Format("text {}") -> ConsoleWriter()
      s.unmatched -> Discard()
      """)
    #expect(finished.output.split(separator: "\n").sorted() == ["number 0", "number 0", "text 0", "text 0"])
  }
}
