import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct FormatJSONTests {
  @Test func `messages of all kinds become JSON`() async throws {
    let harness = Harness(FormatJSON.self)
    harness.feed("inbox", [AnyMessage("a\"b"), AnyMessage(3), AnyMessage(1.5), AnyMessage(true), AnyMessage([1, 2])])
    let texts = try await harness.run().messages("outbox", as: String.self)
    #expect(texts == [#""a\"b""#, "3", "1.5", "true", "[1,2]"])
  }

  @Test func `a value on several lines`() async throws {
    let harness = Harness(FormatJSON.self, ["pretty": true])
    harness.feed("inbox", [JSON.object(["a": .array([.int(1), .array([])]), "b": .object([])])])
    let text = """
      {
        "a": [
          1,
          []
        ],
        "b": {}
      }
      """
    #expect(try await harness.run().messages("outbox", as: String.self) == [text])
  }
}
