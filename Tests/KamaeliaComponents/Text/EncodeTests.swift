import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct EncodeTests {
  @Test(arguments: [("none", "hi"), ("lf", "hi\n"), ("crlf", "hi\r\n")])
  func `text becomes bytes with this end`(_ end: String, _ bytes: String) async throws {
    let harness = Harness(Encode.self, ["lineEnding": .name(end)])
    harness.feed("inbox", ["hi"])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Bytes.self) == [Bytes(bytes)])
  }

  @Test func `a character that the encoding lacks is a failure`() async throws {
    let harness = Harness(Encode.self, ["encoding": .name("latin1")])
    harness.feed("inbox", ["ÿ", "水"])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Bytes.self) == [[0xFF]])
    #expect(outcome.failure == "\"水\" is not a character of ISO 8859-1")
  }
}
