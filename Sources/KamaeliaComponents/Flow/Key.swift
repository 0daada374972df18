import Kamaelia

/// What a component goes by when it tells messages apart: the whole message, a field of it, or what a pattern captures.
struct Key: Sendable {
  /// A path of names joined by dots, such as `user.name`; empty for the whole message.
  let field: String
  /// What to take of the text found so far: its first capture, or the whole match where it captures nothing.
  let pattern: Pattern?
  private let search: PatternSearch?

  init(field: String = "", pattern: Pattern? = nil) {
    self.field = field
    self.pattern = pattern
    search = pattern.map { PatternSearch($0) }
  }

  /// What the key is, for the page of a component that has the parameters `by` and `capture`.
  static let details = """
    The key is the text of the whole message, or of the field `by`; with `capture` it is what the pattern's first group \
    captures of that, or the whole match where the pattern has no group. Keys are the same when they have the same \
    Unicode scalars: an accent written in another way makes another key. A pattern that takes more than two seconds of a \
    processor for one text fails the component.
    """

  /// The key of `message` as text; nil where it has no such field or the pattern does not match.
  ///
  /// - Throws: ``PatternGivenUp``; what the regular expression's engine throws; `CancellationError`.
  func text(of message: some Message) async throws -> String? {
    guard let text = field.isEmpty ? message.text : message.json.value(at: field)?.text else { return nil }
    guard let search else { return text }
    guard search.mayMatch(text) else { return nil }
    return try await search.run(in: text) { regex, text in
      guard let match = try regex.firstMatch(in: text) else { return nil }
      let found = match.output.count > 1 ? match.output[1].substring : match.output[0].substring
      return found.map(String.init)
    }
  }

  /// What is wrong with a message that has no key.
  var absence: String {
    let place = field.isEmpty ? "the message" : "the field `\(field)`"
    return pattern.map { "`\($0.source)` is not found in \(place)" } ?? "there is no field `\(field)`"
  }

  /// Whether the pattern is found in the message; never where the field is missing.
  func isFound(in message: some Message) async throws -> Bool { try await text(of: message) != nil }
}
