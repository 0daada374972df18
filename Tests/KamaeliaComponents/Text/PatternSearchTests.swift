import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

/// Patterns that some texts keep busy for years.
@Suite(.timeLimit(.minutes(1))) struct PatternSearchTests {
  /// Long enough to keep a search busy for a tenth of a second, and not for much longer, since nothing ends it.
  private let bad = String(repeating: "a", count: 13) + "b"

  @Test(
    arguments: [
      (Match.self, ["pattern": "(a+)+$"], "outbox", ["aaa"]),
      (Replace.self, ["pattern": "(a+)+$", "with": "x"], "outbox", ["x"]),
      (Split.self, ["pattern": "(a+)+$", "keepEmpty": false], "outbox", []),
    ] as [(any Component.Type, [String: Value], String, [String])])
  func `a text that takes too long goes elsewhere, and the next is looked at`(
    _ type: any Component.Type, _ arguments: [String: Value], _ box: String, _ found: [String]
  ) async throws {
    let harness = Harness(type, arguments.merging(["limit": .duration(.milliseconds(1))]) { $1 })
    harness.feed("inbox", [bad, "aaa"])
    let outcome = try await harness.run()
    #expect(outcome.failure == nil)
    let error = "whether `(a+)+$` is found was not known after 1ms"
    #expect(outcome.messages("errors", as: BadInput.self).map(\.error) == [error])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.input) == [bad])
    #expect(outcome.messages(box, as: String.self) == found)
  }

  @Test func `where nobody takes it, it is a failure that names pattern and text`() async throws {
    let harness = Harness(Match.self, ["pattern": "(a+)+$", "limit": .duration(.milliseconds(1))])
    harness.leaveUnlinked("errors")
    harness.feed("inbox", ["a", bad])
    let outcome = try await harness.run()
    #expect(
      outcome.failure?.contains("whether `(a+)+$` is found was not known after 1ms: \"aaaaaaaaaaaaab\"")
        == true)
  }

  @Test func `texts that may take long and do not are looked at like others`() async throws {
    let harness = Harness(Match.self, ["pattern": "^(a|b)*$"])
    let texts = (0..<200).map { String(repeating: $0 % 3 == 0 ? "ab" : "abc", count: $0) }
    harness.feed("inbox", texts)
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == texts.filter { !$0.contains("c") })
  }

  @Test(arguments: [
    ("error", false), (#"\bERROR\b"#, false), (#"^(?<host>\S+) .* (?<status>\d{3})$"#, false), ("[a+]{3}", false),
    (#"(\d{4})-(\d\d)?"#, false), ("(a+)+$", true), ("(a|a)*$", true), (#"(\w+\s?)*"#, true), ("(?:(a)?){30}", true),
    ("((a+))+", true), (".*.*.*x", true), (#"\Q(\E"#, true), ("(?x) a", true), ("(a{2,})*", true), ("(a?b?)*", true),
    (String(repeating: "a?", count: 30), true),
  ])
  func `patterns whose work may grow steeply are known by their form`(_ pattern: String, _ isSteep: Bool) {
    #expect(PatternCost(of: pattern).mayTakeLong(200) == isSteep)
    #expect(PatternCost(of: pattern).mayTakeLong(3_000_000))
  }
}
