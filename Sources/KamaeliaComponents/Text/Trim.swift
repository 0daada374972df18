import Kamaelia

/// Takes blanks off the ends of text.
struct Trim: Component {
  static let summary = "Takes blanks off the beginning and the end of each text."
  static let details = """
    Blanks are what Unicode calls white space, line ends and no-break spaces among them. A text of nothing else becomes \
    empty, and is left out under `keepEmpty: false`.
    """
  static let endsWithReaders = true

  /// Which ends lose their blanks.
  enum Side: String, ChoiceParameter { case both, start, end }

  @Parameter("Which ends lose their blanks.", main: true) var side = Side.both
  @Parameter("Whether texts that are empty afterwards are sent as well.") var keepEmpty = true

  let inbox = Inbox<String>("Text with or without blanks around it.")
  let outbox = Outbox<String>("The same text without them.")

  func main() async throws {
    for await text in inbox {
      let trimmed = trim(text)
      if keepEmpty || !trimmed.isEmpty { try await outbox.send(trimmed) }
    }
  }

  private func trim(_ text: String) -> String {
    let scalars = text.unicodeScalars
    var rest = scalars[...]
    if side != .end { rest = rest.drop { $0.properties.isWhitespace } }
    if side != .start {
      while let last = rest.last, last.properties.isWhitespace { rest.removeLast() }
    }
    return String(rest)
  }
}
