/// A regular expression, in the syntax of Swift's `Regex`.
public struct Pattern: ParameterValue, @unchecked Sendable {
  // `Regex` is immutable; that it is not marked Sendable is for the closures that RegexBuilder can put into one,
  // and none can come from text.
  public let regex: Regex<AnyRegexOutput>
  public let source: String

  public init(_ source: String) throws(ParameterError) {
    do {
      regex = try Regex(source)
      self.source = source
    } catch {
      throw ParameterError("is no regular expression: \(error)")
    }
  }

  public static let parameterType = ParameterType.pattern
  public var value: Value { .text(source) }

  public init(_ value: Value) throws(ParameterError) {
    guard case .text(let source) = value else { throw .mismatch(value, Self.parameterType) }
    try self.init(source)
  }
}
