import Kamaelia
import KamaeliaIO

/// Looks for a pattern in texts, and gives up where that does not come to an end.
///
/// Nothing can interrupt Swift's regular expressions, and for some patterns there are texts of fifty characters that would take
/// them years. Texts that may take long are looked at on a thread that can be left to it; for all others that would cost
/// more than the search.
struct PatternSearch: Sendable {
  private let pattern: Pattern
  private let literal: RequiredLiteral?
  private let cost: PatternCost
  private let limit: Duration
  private let calls: LimitedCalls

  /// What the parameter for the limit is, everywhere.
  static let limit = Duration.seconds(2)

  /// - Parameter limit: time of a processor for one text.
  init(_ pattern: Pattern, ignoreCase: Bool = false, limit: Duration = Self.limit) {
    self.pattern = ignoreCase ? pattern.ignoringCase() : pattern
    literal = ignoreCase ? nil : RequiredLiteral(of: pattern.source)
    cost = PatternCost(of: pattern.source)
    self.limit = limit
    calls = LimitedCalls(name: "pattern", limit: limit)
  }

  /// Whether the pattern may be found in `text`; where it says no, it cannot.
  func mayMatch(_ text: String) -> Bool { literal?.mayMatch(text) ?? true }

  /// Whether looking for it in `text` may take so long that ``run(in:_:)`` is needed.
  func mayTakeLong(_ text: String) -> Bool { cost.mayTakeLong(text.utf8.count) }

  /// Does what `body` does with the regular expression and the text.
  ///
  /// - Throws: ``PatternGivenUp``; what `body` throws; `CancellationError`.
  func run<Found: Sendable>(
    in text: String, _ body: @escaping @Sendable (Regex<AnyRegexOutput>, String) throws -> Found
  ) async throws -> Found {
    guard mayTakeLong(text) else { return try body(pattern.regex, text) }
    do {
      return try await computing {
        try await calls.run { [pattern] in try body(pattern.regex, text) }
      }
    } catch is CallGivenUp {
      throw PatternGivenUp(pattern: pattern.source, limit: limit, text: text)
    }
  }
}

/// It was not found out whether a pattern is in a text.
struct PatternGivenUp: Error, Hashable, CustomStringConvertible {
  let pattern: String
  let limit: Duration
  let text: String

  /// What is wrong, without the text.
  var reason: String { "whether `\(pattern)` is found was not known after \(Value.duration(limit))" }
  var description: String { "\(reason): \(Excerpt.of(text))" }
}
