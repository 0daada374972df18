import Foundation
import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

/// Keys are the same where their UTF-8 is.
@Suite struct TextKeyTests {
  /// What Swift takes for the same: an accent as one scalar and as two, and the sign for Kelvin.
  private static let texts = ["\u{e9}", "e\u{301}", "K", "\u{212A}", "\u{e9}"]

  @Test func `Dedupe passes texts that only look the same`() async throws {
    let harness = Harness(Dedupe<String>.self)
    harness.feed("inbox", Self.texts)
    #expect(
      try await harness.run().messages("outbox", as: String.self).map { Array($0.utf8) }
        == Self.texts.prefix(4).map { Array($0.utf8) })
  }

  @Test func `Dedupe passes binary messages that are the same text`() async throws {
    let harness = Harness(Dedupe<Bytes>.self)
    harness.feed("inbox", [[0xFF], [0xFE], [0xFF]] as [Bytes])
    #expect(try await harness.run().messages("outbox", as: Bytes.self) == [[0xFF], [0xFE]])
  }

  @Test func `Filter takes them for different`() async throws {
    let harness = Harness(Filter<String>.self, ["equals": "\u{e9}"])
    harness.feed("inbox", Self.texts)
    #expect(try await harness.run().messages("rejected", as: String.self).count == 3)
  }

  @Test func `CountBy and TopK count them apart`() async throws {
    for type in [CountBy<String>.self, TopK<String>.self] as [any Component.Type] {
      let harness = Harness(type)
      harness.feed("inbox", Self.texts)
      let table = try #require(try await harness.run().messages("outbox", as: [Counted].self).last)
      #expect(table.map(\.count) == [2, 1, 1, 1])
      #expect(table.map { Array($0.key.utf8) } == [[0xC3, 0xA9], [0x4B], [0x65, 0xCC, 0x81], [0xE2, 0x84, 0xAA]])
    }
  }

  @Test func `Switch sends each to the outbox of its own`() async throws {
    let harness = Harness(Switch<String>.self)
    for index in ["\u{e9}", "7"] { harness.link("out[\(index)]") }
    harness.feed("inbox", ["\u{e9}", "e\u{301}", "\u{e9}", "7", "007", "+7", " 7"])
    let outcome = try await harness.run()
    #expect(outcome.messages("out[\u{e9}]", as: String.self).count == 2)
    #expect(outcome.messages("out[7]", as: String.self) == ["7"])
    #expect(outcome.messages("unmatched", as: String.self) == ["e\u{301}", "007", "+7", " 7"])
  }

  @Test func `indices of boxes are told apart`() {
    #expect(BoxIndex.text("\u{e9}") != .text("e\u{301}"))
    #expect(Set([BoxIndex.text("\u{e9}"), .text("e\u{301}"), .number(1), .text("01"), .text("+1")]).count == 5)
  }

  @Test func `a number and the text that it is written as are one index`() {
    #expect(BoxIndex.number(1) == .text("1"))
    #expect(Set([BoxIndex.number(0), .text("0"), .number(10), .text("10")]).count == 2)
  }

  /// Texts of messages are no keys by themselves: Swift's equality is not that of bytes.
  @Test func `no component keeps texts of messages as they are in a set or a dictionary`() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Sources/KamaeliaComponents")
    let files = try ["Flow", "Numbers", "Timing", "Rooms"].flatMap { field in
      try FileManager.default.contentsOfDirectory(
        at: sources.appending(path: field), includingPropertiesForKeys: nil)
    }
    #expect(files.count > 40)
    var found: [String] = []
    for file in files {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
      where line.contains("var ") && (line.contains("Set<String>") || line.contains("[String: "))
        && !line.contains("// Texts of")
      {
        found.append("\(file.lastPathComponent):\(line)")
      }
    }
    #expect(found == [])
  }
}
