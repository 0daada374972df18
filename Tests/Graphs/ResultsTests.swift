import KamaeliaIO
import Testing

/// Half of the input gives no result.
@Suite struct ResultsTests {
  @Test(arguments: [
    "FileReader(\"no-such-file\").lines -> Count() -> ConsoleWriter()",
    "FileReader(\"no-such-file\").lines -> Words() -> TopK(3) -> Bars() -> ConsoleWriter()",
    "[1, 2, 3] -> Unbatch() -> Fail(matches: \"3\") -> Sum() -> ConsoleWriter()",
    "[1, 2, 3] -> Unbatch() -> Fail(matches: \"3\") -> PassThrough() -> Mean() -> ConsoleWriter()",
    "`sh -c 'echo 1; exit 9'` -> Count() -> Format(\"({} lines)\") -> ConsoleWriter()",
    "[1, 2, 3] -> Unbatch() -> Fail(matches: \"3\") -> @room\nbackplane room: Int\n@room -> Count() -> ConsoleWriter()",
  ])
  func `A graph that fails prints nothing that looks like a result`(text: String) async throws {
    let run = try await kamaelia("run", "-e", text)
    #expect(run.output == "", "\(run.errors)")
    #expect(run.status == .exited(3), "\(run.errors)")
  }

  @Test func `What has been counted before the failure elsewhere is told`() async throws {
    let run = try await kamaelia(
      "run", "-e",
      """
      [1, 2] -> Unbatch() -> Count() -> ConsoleWriter()
      Ticks(100ms, count: 3) -> Drop(2) -> Fail(matches: "2") -> ConsoleWriter()
      """)
    #expect(run.output == "2\n", "\(run.errors)")
  }
}
