import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct LinesTests {
  @Test func `bytes become lines, also where a character is cut in two`() async throws {
    let harness = Harness(Lines.self)
    harness.feed("inbox", [Bytes([0x61, 0xC3]), Bytes([0xA9, 0x0A, 0x62])])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == ["aé", "b"])
    #expect(outcome.hasEnded)
  }

  @Test func `a line that is too long goes elsewhere, and the others go on`() async throws {
    let harness = Harness(Lines.self, ["longest": .size(4)])
    harness.feed("inbox", [Bytes("abcdef\nok\n")])
    let outcome = try await harness.run()
    #expect(outcome.messages("tooLong", as: Bytes.self) == ["abcd", "ef\n"])
    #expect(outcome.messages("outbox", as: String.self) == ["ok"])
  }

  @Test func `a byte order mark is no part of the first line, however it is cut`() async throws {
    let harness = Harness(Lines.self)
    harness.feed("inbox", [Bytes([0xEF]), Bytes([0xBB]), Bytes([0xBF, 0x61, 0x0A])])
    #expect(try await harness.run().messages("outbox", as: String.self) == ["a"])
  }

  @Test func `carriage returns end lines when told so`() async throws {
    let harness = Harness(Lines.self, ["ends": .name("any")])
    harness.feed("inbox", [Bytes("a\rb\r\nc")])
    #expect(try await harness.run().messages("outbox", as: String.self) == ["a", "b", "c"])
  }

  @Test func `a line that is too long is a failure where nobody takes it`() async throws {
    let harness = Harness(Lines.self, ["longest": .size(4)])
    harness.leaveUnlinked("tooLong")
    harness.feed("inbox", [Bytes("ok\nabcdef\n")])
    let outcome = try await harness.run()
    #expect(outcome.failure == "line 2 is longer than the 4 bytes that `longest` allows")
  }

  private func said(_ bytes: [[UInt8]]) async throws -> [String] {
    let harness = Harness(Lines.self)
    harness.feed("inbox", bytes.map { Bytes($0) })
    return try await harness.run().said
  }

  @Test func `a stream in UTF-16 is told of once, however it is cut`() async throws {
    func words(_ title: String, _ name: String) -> String {
      "the text begins as \(title) does, and is read as UTF-8; put `Decode(encoding: \(name)) -> Encode()` before it"
    }
    #expect(try await said([[0xFF], [0xFE, 0x61], [0x00, 0x0A, 0x00]]) == [words("UTF-16", "utf16")])
    #expect(try await said([[0xFE, 0xFF, 0x00, 0x61]]) == [words("UTF-16", "utf16")])
    #expect(try await said([[0x61, 0x00, 0x0A, 0x00], [0x61, 0x00]]) == [words("UTF-16LE", "utf16le")])
    #expect(try await said([[0x00, 0x61, 0x00, 0x0A]]) == [words("UTF-16BE", "utf16be")])
    #expect(try await said([[0x61, 0x62, 0x00, 0x0A]]) == [])
  }

  @Test func `a byte that only might have been a mark is kept`() async throws {
    let harness = Harness(Lines.self)
    harness.feed("inbox", [Bytes([0xFF]), Bytes([0x61, 0x0A])])
    #expect(try await harness.run().messages("outbox", as: String.self) == ["\u{FFFD}a"])
    let alone = Harness(Lines.self)
    alone.feed("inbox", [Bytes([0xFF])])
    #expect(try await alone.run().messages("outbox", as: String.self) == ["\u{FFFD}"])
  }
}
