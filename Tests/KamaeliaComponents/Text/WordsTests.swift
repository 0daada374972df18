import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct WordsTests {
  @Test(arguments: [
    ("Hello, world!", ["Hello", "world"]), ("don't well-known -- 'quoted'", ["don't", "well-known", "quoted"]),
    ("naïve café 日本 x2", ["naïve", "café", "日本", "x2"]), ("e\u{301}a", ["e\u{301}a"]), ("", []), ("…", []),
    ("a-", ["a"]), ("rock’n’roll", ["rock’n’roll"]),
  ])
  func `a text has these words`(_ text: String, _ words: [String]) async throws {
    let harness = Harness(Words.self)
    harness.feed("inbox", [text])
    #expect(try await harness.run().messages("outbox", as: String.self) == words)
  }

  @Test func `short words are left out when told to`() async throws {
    let harness = Harness(Words.self, ["shortest": 3])
    harness.feed("inbox", ["a to the moon"])
    #expect(try await harness.run().messages("outbox", as: String.self) == ["the", "moon"])
  }
}
