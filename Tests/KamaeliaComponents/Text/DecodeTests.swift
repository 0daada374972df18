import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct DecodeTests {
  @Test func `a character cut in two comes whole, and one cut off at the end as a replacement`() async throws {
    let harness = Harness(Decode.self)
    harness.feed("inbox", [Bytes([0x61, 0xC3]), Bytes([0xA9]), Bytes([0xE6, 0xB0])])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == ["a", "é", "\u{FFFD}"])
  }

  @Test func `bytes that are no text fail it where they must not`() async throws {
    let harness = Harness(Decode.self, ["invalid": .name("fail"), "encoding": .name("utf16le")])
    harness.feed("inbox", [Bytes([0x61, 0x00, 0x62])])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == ["a"])
    #expect(outcome.failure == "the byte at offset 2 is no UTF-16LE")
  }

  @Test func `a stream in UTF-16 that is read as UTF-8 is told of`() async throws {
    let harness = Harness(Decode.self)
    harness.feed("inbox", [Bytes([0xFF]), Bytes([0xFE, 0x61, 0x00])])
    #expect(
      try await harness.run().said
        == ["the text begins as UTF-16 does, and is read as UTF-8; `encoding: utf16` is for that"])
    let right = Harness(Decode.self, ["encoding": .name("utf16")])
    right.feed("inbox", [Bytes([0xFF]), Bytes([0xFE, 0x61, 0x00])])
    let outcome = try await right.run()
    #expect(outcome.said == [])
    #expect(outcome.messages("outbox", as: String.self) == ["a"])
  }
}
