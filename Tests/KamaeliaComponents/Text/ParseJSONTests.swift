import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ParseJSONTests {
  @Test func `texts become values, blanks are passed over, the rest goes elsewhere`() async throws {
    let harness = Harness(ParseJSON.self)
    harness.feed("inbox", [#"{"a": 1}"#, " \r\n", "{a}", "[2]"])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: JSON.self).map(\.encoded) == [#"{"a":1}"#, "[2]"])
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.text)
        == [#"no JSON: expected a name in quotes at column 2: "{a}""#])
  }
}
