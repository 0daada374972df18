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
      ([:], [], []), ([:], ["\u{FEFF}name,age", "Ann,3"], [#"{"name":"Ann","age":"3"}"#]),
      (["columns": ["x"]], ["\u{FEFF}a", "\u{FEFF}b"], [#"{"x":"a"}"#, "{\"x\":\"\u{FEFF}b\"}"]),
      ([:], ["name,age\rAnn,3\rBob,4\r"], [#"{"name":"Ann","age":"3"}"#, #"{"name":"Bob","age":"4"}"#]),
      ([:], ["id,a,a,a_2,a", "1,2,3,4,5"], [#"{"id":"1","a":"2","a_3":"3","a_2":"4","a_4":"5"}"#]),
      ([:], ["é,e\u{301}", "1,2"], ["{\"é\":\"1\",\"e\u{301}\":\"2\"}"]),
    ] as [([String: Value], [String], [String])])
  func `lines become records`(_ arguments: [String: Value], _ lines: [String], _ records: [String]) async throws {
    let outcome = try await run(arguments, lines)
    #expect(outcome.messages("outbox", as: JSON.self).map(\.encoded) == records)
  }

  @Test func `columns of one name are told, and their fields stay as they are`() async throws {
    let outcome = try await run([:], ["id,size,size", "1,first,second"])
    #expect(outcome.said == [#"two columns are named "size": one of them is called "size_2""#])
    #expect(outcome.messages("rows", as: [String].self) == [["1", "first", "second"]])
    let twice: [String: Value] = ["columns": ["a", "b", "a"]]
    #expect(try problem(ParseCSV(), twice) == #"parameter `columns` has the name "a" twice"#)
  }

  @Test func `lines that are wrong go elsewhere with their number, and the rest is read`() async throws {
    let outcome = try await run([:], ["a,b", "1", "x\"y,2", "3,4", "\"open", "5,6"])
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.text) == [
        #"line 2: 1 field for 2 columns: "1""#,
        #"line 3: a quote inside a field that does not begin with one: "x\"y,2""#,
        #"line 5: a quote that nothing closes: "\"open""#,
      ])
    #expect(outcome.messages("rows", as: [String].self) == [["3", "4"], ["5", "6"]])
  }

  @Test(arguments: ["", "ab", "\"", "\n", "é"])
  func `a separator that cannot be one is refused`(_ separator: String) {
    #expect(throws: ParameterError.self) { try CSVSeparator.check(separator) }
  }

  @Test func `a wrong line of names is a failure, since the next line would be taken for them`() async throws {
    let outcome = try await run([:], ["na\"me,age", "Ann,3", "Bob,4"])
    #expect(
      outcome.failure
        == #"the columns have no names: line 1: a quote inside a field that does not begin with one: "na\"me,age""#)
    #expect(outcome.messages("outbox", as: JSON.self) == [])
  }

  @Test func `no names at all are refused`() throws {
    #expect(try problem(ParseCSV(), ["columns": .list([])]) == "parameter `columns` has no names")
  }

  @Test func `numbers that are too large for one stay texts`() async throws {
    let outcome = try await run(
      ["columns": ["n"], "numbers": true], ["9223372036854775807", "9223372036854775808", "1e400"])
    #expect(
      outcome.messages("outbox", as: JSON.self).map(\.encoded)
        == [#"{"n":9223372036854775807}"#, #"{"n":"9223372036854775808"}"#, #"{"n":"1e400"}"#])
  }
}
