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
      (["pattern": "^$"], ["", "x"], [""]), (["pattern": #"a\n"#], ["a\r\n", "a\n"], ["a\n"]),
      (["pattern": #"\r?\n"#], ["a\r\nb", "ab"], ["a\r\nb"]),
      (["pattern": #"^[^\r]*\r"#], ["a\r\nb", "a\nb"], ["a\r\nb"]),
      (["pattern": "ह"], ["हिन्दी", "नि"], ["हिन्दी"]), (["pattern": "e"], ["e\u{301}", "é"], ["e\u{301}"]),
      (["pattern": "K"], ["\u{212A}", "K"], ["K"]), (["pattern": "^.{2}$"], ["e\u{301}", "é"], ["e\u{301}"]),
      (["pattern": #"\bERROR\b"#], ["java.lang.ERROR.Mine", "ERROR_1"], ["java.lang.ERROR.Mine"]),
    ] as [([String: Value], [String], [String])])
  func `texts are sorted by whether the pattern is found`(
    _ arguments: [String: Value], _ texts: [String], _ found: [String]
  ) async throws {
    let outcome = try await run(arguments, texts)
    // By scalars, since texts that are written in two ways are equal in Swift.
    func scalars(_ texts: [String]) -> [[Unicode.Scalar]] { texts.map { Array($0.unicodeScalars) } }
    #expect(scalars(outcome.messages("outbox", as: String.self)) == scalars(found))
    let rest = scalars(texts).filter { !scalars(found).contains($0) }
    #expect(scalars(outcome.messages("rejected", as: String.self)) == rest)
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
