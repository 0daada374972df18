import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ParseCSVTests {
  private func run(_ arguments: [String: Value], _ lines: [String]) async throws -> Outcome {
    let harness = Harness(ParseCSV.self, arguments)
    harness.feed("inbox", lines)
    return try await harness.run()
  }

  @Test(
    arguments: [
      ([:], ["name,age", "Ann,3"], [#"{"name":"Ann","age":"3"}"#]),
      (["numbers": true], ["a,b,c", "3,-1.5,007"], [#"{"a":3,"b":-1.5,"c":"007"}"#]),
      (["header": .name("none")], ["a,b"], [#"["a","b"]"#]),
      (["columns": ["x", "y"]], ["a,b"], [#"{"x":"a","y":"b"}"#]),
      (["separator": ";"], ["a;b", "1,0;2"], [#"{"a":"1,0","b":"2"}"#]),
      ([:], ["a", "\"one", "two\""], [#"{"a":"one\ntwo"}"#]), ([:], ["a\n1\n2"], [#"{"a":"1"}"#, #"{"a":"2"}"#]),
      ([:], [], []),
    ] as [([String: Value], [String], [String])])
  func `lines become records`(_ arguments: [String: Value], _ lines: [String], _ records: [String]) async throws {
    let outcome = try await run(arguments, lines)
    #expect(outcome.messages("outbox", as: JSON.self).map(\.encoded) == records)
  }

  @Test func `lines that are wrong go elsewhere with their number, and the rest is read`() async throws {
    let outcome = try await run([:], ["a,b", "1", "x\"y,2", "3,4", "\"open", "5,6"])
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.text) == [
        #"line 2: 1 fields, and the columns are 2: "1""#,
        #"line 3: a quote inside a field that does not begin with one: "x\"y,2""#,
        #"line 5: a quote that nothing closes: "\"open""#,
      ])
    #expect(outcome.messages("rows", as: [String].self) == [["3", "4"], ["5", "6"]])
  }

  @Test(arguments: ["", "ab", "\"", "\n", "é"])
  func `a separator that cannot be one is refused`(_ separator: String) {
    #expect(throws: ParameterError.self) { try CSVSeparator.check(separator) }
  }
}
