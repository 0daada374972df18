import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct BarsTests {
  private func run(_ arguments: [String: Value], _ messages: [JSON]) async throws -> Outcome {
    let harness = Harness(Bars.self, arguments)
    harness.feed("inbox", messages)
    return try await harness.run()
  }

  private func counted(_ key: String, _ count: JSON) -> JSON { .object(["key": .string(key), "count": count]) }

  private func chart(_ arguments: [String: Value], _ messages: JSON...) async throws -> [String] {
    try await run(arguments, messages).messages("outbox", as: String.self)
  }

  @Test func `Labels stand in a column, and the largest number has the longest bar`() async throws {
    let lines = try await chart(["width": 8], .array([counted("pear", .int(16)), counted("fig", .int(5))]))
    #expect(lines == ["pear ████████ 16", "fig  ██▌ 5"])
  }

  @Test(arguments: [
    (0.0, "0.0"), (0.001, "▏ 0.001"), (1, "▏ 1.0"), (2, "▎ 2.0"), (3, "▍ 3.0"), (4, "▌ 4.0"), (5, "▋ 5.0"),
    (6, "▊ 6.0"), (7, "▉ 7.0"), (8, "█ 8.0"), (9, "█▏ 9.0"), (16, "██ 16.0"), (17, "██ 17.0"), (-3, "-3.0"),
  ])
  func `With a full number, bars keep their scale to an eighth of a column`(number: Double, line: String) async throws {
    #expect(try await chart(["width": 2, "full": 16], .double(number)) == [line])
  }

  @Test func `Labels of wide and combined characters stand in one column`() async throws {
    let lines = try await chart(["width": 1], .array([counted("日本", .int(1)), counted("e\u{301}", .int(1))]))
    #expect(lines == ["日本 █ 1", "e\u{301}    █ 1"])
  }

  @Test func `What would move the cursor is shown as a sign`() async throws {
    #expect(try await chart(["width": 1], .array([counted("a\u{1B}[2J\n", .int(1))])) == ["a␛[2J␊ █ 1"])
  }

  @Test func `Labels are made by a template, and numbers taken from a field`() async throws {
    let bucket = JSON.object(["from": .double(0), "to": .double(0.5), "n": .int(2)])
    #expect(
      try await chart(["width": 1, "of": "n", "label": "{from} to {to}:"], .array([bucket])) == ["0.0 to 0.5: █ 2"])
  }

  @Test func `A chart of nothing has no lines, and one of zeros no bars`() async throws {
    #expect(try await chart([:], .array([]), .array([.int(0), .int(0)])) == ["0", "0"])
  }

  @Test(arguments: [
    ([String: Value](), JSON.array([.int(1), .string("x")]), "this is no number"),
    ([:], .array([.object(["key": .string("a")])]), "there is no number in the field `count`"),
    (["label": "{name}"], .array([.object(["count": .int(1)])]), "there is no field `name`"),
    (["full": 5.0], .null, "this is no number"),
  ])
  func `A message without a number goes elsewhere, whole`(
    arguments: [String: Value], message: JSON, reason: String
  ) async throws {
    let outcome = try await run(arguments, [message])
    let errors = outcome.messages("errors", as: BadInput.self)
    #expect(errors.map(\.error) == [reason])
    #expect(errors.map(\.input) == [message.text])
    #expect(outcome.messages("outbox", as: String.self).isEmpty)
  }
}
