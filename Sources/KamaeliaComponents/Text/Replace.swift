import Kamaelia

/// Puts other words in place of what a pattern finds.
struct Replace: Component {
  static let summary = "Replaces what a regular expression finds in text."
  static let details = """
    In `with`, `{}` and `{0}` stand for what was found, `{1}`, `{2}`, … for its groups and `{name}` for a group with a \
    name; a group that took no part is empty. `{{` and `}}` are braces. Texts in which nothing is found pass unchanged. For the \
    syntax, and for what counts as a character, see Match.

    A text that takes longer than `limit` leaves through `errors`, as those of Match do.

        lines -> Replace(r"(?<user>\\w+)@\\S+", with: "{user}@…") -> ConsoleWriter()
    """
  static let endsWithReaders = true

  @Parameter("The regular expression to look for.", main: true) var pattern: Pattern
  @Parameter("What to put in its place, with places such as `{1}` for groups.") var with: Template
  @Parameter("How many to replace in a text, from its beginning; all if left out.", in: 1...) var count: Int? = nil
  @Parameter("Whether upper and lower case count as the same.") var ignoreCase = false
  @Parameter(
    "How long the pattern may take for one text, in time of a processor.", in: .milliseconds(1) ... .seconds(3600))
  var limit = PatternSearch.limit

  let inbox = Inbox<String>("Text to look at.")
  let outbox = Outbox<String>("The text with what was found replaced.")
  let errors = Outbox<BadInput>("A text that the pattern takes too long for, and why.", needsReader: true)

  func check() throws(ParameterError) {
    guard let count = pattern.groups?.count else { return }
    for path in with.paths where !path.isEmpty {
      if Int(path).map({ 0...count ~= $0 }) ?? pattern.regex.contains(captureNamed: path) { continue }
      throw ParameterError("parameter `with` names the group `\(path)`, which the pattern does not have")
    }
  }

  func main() async throws {
    let search = PatternSearch(pattern, ignoreCase: ignoreCase, limit: limit)
    for await text in inbox {
      guard search.mayMatch(text) else {
        try await outbox.send(text)
        continue
      }
      do {
        let replaced = try await search.run(in: text) { regex, text in
          try text.replacing(regex, maxReplacements: count ?? .max) { try fill($0) }
        }
        try await outbox.send(replaced)
      } catch let error as PatternGivenUp {
        try await errors.send(BadInput(error.reason, text))
      }
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
