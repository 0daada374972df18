import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct FormatCSVTests {
  private func run(_ arguments: [String: Value], _ values: [JSON]) async throws -> Outcome {
    let harness = Harness(FormatCSV.self, arguments)
    harness.feed("inbox", values)
    return try await harness.run()
  }

  private let ann = JSON.object(["name": .string("Ann, B."), "age": .int(3)])

  @Test func `the first record names the columns`() async throws {
    let outcome = try await run([:], [ann, .object(["age": .null]), .object(["name": .array([.int(1)])])])
    #expect(
      outcome.messages("outbox", as: String.self) == ["name,age", #""Ann, B.",3"#, ",", "[1],"])
  }

  @Test func `columns that are given decide the order`() async throws {
    let outcome = try await run(["columns": ["age", "name"], "header": false, "separator": ";"], [ann])
    #expect(outcome.messages("outbox", as: String.self) == ["3;Ann, B."])
  }

  @Test func `other fields than the columns that were chosen are left out`() async throws {
    let outcome = try await run(["columns": ["name"]], [ann, .object(["age": .int(3)])])
    #expect(outcome.failure == nil)
    #expect(outcome.messages("outbox", as: String.self) == ["name", #""Ann, B.""#, #""""#])
  }

  @Test func `columns that were chosen have a header also where no record comes`() async throws {
    #expect(try await run(["columns": ["a", "b"]], []).messages("outbox", as: String.self) == ["a,b"])
  }

  @Test func `lines without names have no header, and a record behind them is none of them`() async throws {
    let outcome = try await run([:], [.array([.int(1), .int(2)]), ann, .int(3)])
    #expect(outcome.messages("outbox", as: String.self) == ["1,2", "3"])
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.error)
        == ["a record behind lines without names; `columns` can name them"])
    let chosen = try await run(["columns": ["age", "name"]], [.array([.int(1), .int(2)]), ann])
    #expect(chosen.messages("outbox", as: String.self) == ["age,name", "1,2", #"3,"Ann, B.""#])
  }

  @Test func `a name that comes twice in a record is one column, with the last value`() async throws {
    let outcome = try await run([:], [.object(["a": .int(1), "a": .int(2)])])
    #expect(outcome.messages("outbox", as: String.self) == ["a", "2"])
  }

  @Test func `what does not fit the columns goes elsewhere and is not lost`() async throws {
    let outcome = try await run([:], [ann, .object(["size": .int(1)]), .array([.int(1)]), .array([.int(1), .int(2)])])
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.text) == [
        #"`size` is no column: "{\"size\":1}""#, #"a list of 1 element for 2 columns: "[1]""#,
      ])
    #expect(outcome.messages("outbox", as: String.self).last == "1,2")
  }

  @Test func `a record of one empty field is no empty line`() async throws {
    let outcome = try await run(["header": false], [.array([.string("")])])
    #expect(outcome.messages("outbox", as: String.self) == ["\"\""])
  }

  @Test func `what would be an empty line goes elsewhere, and names no columns`() async throws {
    let outcome = try await run([:], [.object([]), .array([]), ann])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.error) == ["a record without fields", "an empty list"])
    #expect(outcome.messages("outbox", as: String.self) == ["name,age", #""Ann, B.",3"#])
  }

  @Test func `names that only look the same are different columns`() async throws {
    let outcome = try await run([:], [.object(["é": .int(1), "e\u{301}": .int(2)]), .object(["e\u{301}": .int(3)])])
    let lines = outcome.messages("outbox", as: String.self).map { Array($0.utf8) }
    #expect(lines == ["é,e\u{301}", "1,2", ",3"].map { Array($0.utf8) })
  }

  @Test func `columns that are chosen lead into records`() async throws {
    let nested = JSON.object(["user": .object(["name": .string("Ann")]), "a.b": .int(1)])
    let outcome = try await run(["columns": ["user.name", "a.b"]], [nested])
    #expect(outcome.messages("outbox", as: String.self) == ["user.name,a.b", "Ann,1"])
  }

  @Test func `columns without names, and a name that comes twice, are refused`() throws {
    #expect(try problem(FormatCSV(), ["columns": .list([])]) == "parameter `columns` has no names")
    #expect(try problem(FormatCSV(), ["columns": ["a", "a"]]) == #"parameter `columns` has the name "a" twice"#)
  }
}
