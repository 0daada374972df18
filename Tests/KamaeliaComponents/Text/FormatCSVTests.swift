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

  @Test func `what does not fit the columns goes elsewhere and is not lost`() async throws {
    let outcome = try await run([:], [ann, .object(["size": .int(1)]), .array([.int(1)]), .array([.int(1), .int(2)])])
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.text) == [
        #"`size` is no column: "{\"size\":1}""#, #"a list of 1, and the columns are 2: "[1]""#,
      ])
    #expect(outcome.messages("outbox", as: String.self).last == "1,2")
  }

  @Test func `a record of one empty field is no empty line`() async throws {
    let outcome = try await run(["header": false], [.array([.string("")])])
    #expect(outcome.messages("outbox", as: String.self) == ["\"\""])
  }
}
