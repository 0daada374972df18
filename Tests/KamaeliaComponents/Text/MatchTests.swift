import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct MatchTests {
  private func run(_ arguments: [String: Value], _ texts: [String]) async throws -> Outcome {
    let harness = Harness(Match.self, arguments)
    harness.feed("inbox", texts)
    return try await harness.run()
  }

  @Test(
    arguments: [
      (["pattern": #"\bERROR\b"#], ["an ERROR", "ERRORS", "error"], ["an ERROR"]),
      (["pattern": "error", "ignoreCase": true], ["ERROR", "warn"], ["ERROR"]),
      (["pattern": "a+", "whole": true], ["aa", "aab", ""], ["aa"]),
      (["pattern": "^$"], ["", "x"], [""]),
    ] as [([String: Value], [String], [String])])
  func `texts are sorted by whether the pattern is found`(
    _ arguments: [String: Value], _ texts: [String], _ found: [String]
  ) async throws {
    let outcome = try await run(arguments, texts)
    #expect(outcome.messages("outbox", as: String.self) == found)
    #expect(outcome.messages("rejected", as: String.self) == texts.filter { !found.contains($0) })
  }

  @Test func `groups leave by name or number, for each place`() async throws {
    let outcome = try await run(["pattern": #"(?<key>\w+)=(\d)?"#], ["a=1 b=", "none"])
    #expect(
      outcome.messages("captures", as: JSON.self) == [
        .object(["key": .string("a"), "2": .string("1")]), .object(["key": .string("b"), "2": .null]),
      ])
  }

  @Test func `a pattern without groups gives what it found`() async throws {
    let outcome = try await run(["pattern": #"\d+"#], ["a1b22"])
    #expect(outcome.messages("captures", as: JSON.self).map(\.text) == [#"{"0":"1"}"#, #"{"0":"22"}"#])
  }

  @Test func `a pattern that is none is refused with the reason`() {
    #expect(throws: ParameterError.self) { try Pattern("a(") }
  }
}
