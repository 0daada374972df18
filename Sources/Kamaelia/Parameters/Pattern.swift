/// A regular expression, in the syntax of Swift's `Regex`.
///
/// It sees text as grep, Perl and Python do: by Unicode's scalars and not by what a person takes for one character, so that
/// `\r` is found in CR LF and a letter is found that carries a mark; and a word ends where `\w` does.
public struct Pattern: ParameterValue, @unchecked Sendable {
  // `Regex` is immutable; that it is not marked Sendable is for the closures that RegexBuilder can put into one,
  // and none can come from text.
  public let regex: Regex<AnyRegexOutput>
  public let source: String

  public init(_ source: String) throws(ParameterError) {
    do {
      regex = try Regex(source).matchingSemantics(.unicodeScalar).wordBoundaryKind(.simple)
      self.source = source
    } catch {
      throw ParameterError("is no regular expression: \(error)")
    }
  }

  private init(_ regex: Regex<AnyRegexOutput>, source: String) {
    self.regex = regex
    self.source = source
  }

  /// The same pattern, to which upper and lower case are the same.
  public func ignoringCase() -> Pattern { Pattern(regex.ignoresCase(), source: source) }

  public static let parameterType = ParameterType.pattern
  public var value: Value { .text(source) }

  public init(_ value: Value) throws(ParameterError) {
    guard case .text(let source) = value else { throw .mismatch(value, Self.parameterType) }
    try self.init(source)
  }
}
