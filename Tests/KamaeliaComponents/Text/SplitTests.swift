import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct SplitTests {
  @Test(
    arguments: [
      ([:], "a,,b", ["a", "", "b"]), (["keepEmpty": false], "a,,b,", ["a", "b"]),
      (["separator": "--"], "a--b-", ["a", "b-"]),
      (["most": 2], "a,b,c", ["a", "b,c"]), (["pattern": #"\s+"#], "a  b", ["a", "b"]), ([:], "", [""]),
      ([:], "a", ["a"]),
      (["separator": "\n"], "a\r\nb", ["a\r", "b"]), (["most": 2, "keepEmpty": false], ",a,,b,c", ["a", "b,c"]),
      (["separator": "é"], "aéé", ["a", "", ""]),
      (["keepEmpty": false], ",,", []), (["separator": "aa"], "aaa", ["", "a"]), (["most": 1], "a,b", ["a,b"]),
      (["pattern": #"\s"#, "most": 2, "keepEmpty": false], " a  b  c", ["a", "b  c"]),
      (["pattern": #"\s"#, "most": 2, "keepEmpty": false], "  ", []),
      (["pattern": #"\s"#, "most": 3, "keepEmpty": false], "a  b ", ["a", "b"]),
      (["pattern": "x*", "most": 2, "keepEmpty": false], "axxb", ["a", "b"]),
    ] as [([String: Value], String, [String])])
  func `a text is cut into these parts`(_ arguments: [String: Value], _ text: String, _ parts: [String]) async throws {
    let harness = Harness(Split.self, arguments)
    harness.feed("inbox", [text])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == parts)
    #expect(outcome.messages("list", as: [String].self) == [parts])
  }
}
