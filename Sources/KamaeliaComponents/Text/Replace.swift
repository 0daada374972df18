import Kamaelia

/// Puts other words in place of what a pattern finds.
struct Replace: Component {
  static let summary = "Replaces what a regular expression finds in text."
  static let details = """
    In `with`, `{}` and `{0}` stand for what was found, `{1}`, `{2}`, … for its groups and `{name}` for a group with a \
    name; a group that took no part is empty. `{{` and `}}` are braces. Texts in which nothing is found pass unchanged. For the \
    syntax, and for what counts as a character, see Match.

        lines -> Replace(r"(?<user>\\w+)@\\S+", with: "{user}@…") -> ConsoleWriter()
    """
  static let endsWithReaders = true

  @Parameter("The regular expression to look for.", main: true) var pattern: Pattern
  @Parameter("What to put in its place, with places such as `{1}` for groups.") var with: Template
  @Parameter("How many to replace in a text, from its beginning; all if left out.", in: 1...) var count: Int? = nil
  @Parameter("Whether upper and lower case count as the same.") var ignoreCase = false

  let inbox = Inbox<String>("Text to look at.")
  let outbox = Outbox<String>("The text with what was found replaced.")

  func main() async throws {
    let regex = ignoreCase ? pattern.regex.ignoresCase() : pattern.regex
    let literal = ignoreCase ? nil : RequiredLiteral(of: pattern.source)
    for await text in inbox {
      if literal?.mayMatch(text) == false {
        try await outbox.send(text)
        continue
      }
      let replaced = try text.replacing(regex, maxReplacements: count ?? .max) { try fill($0) }
      try await outbox.send(replaced)
    }
  }

  private func fill(_ match: Regex<AnyRegexOutput>.Match) throws -> String {
    let groups = match.output
    return try with.fill { path in
      let group =
        path.isEmpty ? groups[0] : Int(path).map { groups.indices.contains($0) ? groups[$0] : nil } ?? groups[path]
      return group.map { String($0.substring ?? "") }
    }
  }
}
