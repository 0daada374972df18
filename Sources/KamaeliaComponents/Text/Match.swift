import Kamaelia

/// Lets texts pass that a pattern is found in.
struct Match: Component {
  static let summary = "Lets text pass that a regular expression is found in."
  static let details = """
    Each text leaves through `outbox` or through `rejected`, in order and unchanged. The syntax is that of Swift's \
    regular expressions, which is close to Perl's: `\\b`, `\\d`, `(?i)`, `(?<name>…)`. The pattern may be found anywhere in \
    the text unless `whole` says that it must be all of it.

    Text is seen by Unicode's scalars, as grep and Python see it: `\\r` is found in CR LF, `.` is one scalar, and `é` is another \
    text than `e` with a mark behind it. `\\X` stands for what a person takes for one character.

    `captures` gets a record for each place where the pattern is found: its groups by their names, those without a name \
    by their numbers from 1, and null for a group that took no part. A pattern without groups gives what it found as `0`. The check looks whether those who \
    read `captures` look for groups that there are.

    The time for one text can grow steeply where something is repeated that is repeated inside, such as in `(a+)+$`; write \
    patterns that have one way to match. A text that takes longer than `limit` leaves through `errors`; if nobody has linked \
    that, the component fails. Such a search goes on beside the graph, at the lowest priority; when there are 16 of \
    them, no more are begun, and the component fails.

        lines -> Match(r"\\bERROR\\b") -> ConsoleWriter()
        access = Match(r"^(?<host>\\S+) .* (?<status>\\d{3})$")
        access.captures -> Format("{status} {host}") -> ConsoleWriter()
    """
  static let sendsFewer = true
  static let endsWithReaders = true

  @Parameter("The regular expression to look for.", main: true) var pattern: Pattern
  @Parameter("Whether the pattern must be the whole text.") var whole = false
  @Parameter("Whether upper and lower case count as the same.") var ignoreCase = false
  @Parameter(
    "How long the pattern may take for one text, in time of a processor.", in: .milliseconds(1) ... .seconds(3600))
  var limit = PatternSearch.limit

  let inbox = Inbox<String>("Text to look at, a line for instance.")
  let outbox = Outbox<String>("A text that the pattern is found in, unchanged.")
  let rejected = Outbox<String>("A text that the pattern is not found in, unchanged.")
  let captures = Outbox<JSON>("The groups of one place where the pattern was found.")
  let errors = Outbox<BadInput>("A text that the pattern takes too long for, and why.", needsReader: true)

  /// A pattern without groups gives what it found as `0`.
  func fieldsSent(by outbox: String) -> [String]? {
    guard outbox == "captures", let groups = pattern.groups else { return nil }
    return groups.isEmpty ? ["0"] : groups
  }

  func main() async throws {
    let search = PatternSearch(pattern, ignoreCase: ignoreCase, limit: limit)
    let wantsGroups = captures.isLinked
    for await text in inbox {
      guard search.mayMatch(text) else {
        try await rejected.send(text)
        continue
      }
      do {
        guard let groups = try await search.run(in: text, { try find($0, in: $1, wantsGroups) }) else {
          try await rejected.send(text)
          continue
        }
        try await outbox.send(text)
        for group in groups { try await captures.send(group) }
      } catch let error as PatternGivenUp {
        try await errors.send(BadInput(error.reason, text))
      }
    }
  }

  /// The groups of all places where the pattern is found, where they are wanted; nil where it is found in none.
  private func find(_ regex: Regex<AnyRegexOutput>, in text: String, _ wantsGroups: Bool) throws -> [JSON]? {
    guard let found = whole ? try regex.wholeMatch(in: text) : try regex.firstMatch(in: text) else { return nil }
    guard wantsGroups else { return [] }
    return (whole ? [found] : text.matches(of: regex)).map(Self.groups)
  }

  /// The groups of a match as a record.
  static func groups(of match: Regex<AnyRegexOutput>.Match) -> JSON {
    let all = match.output
    let places = all.count > 1 ? 1..<all.count : 0..<1
    return .object(
      places.map { place in
        let group = all[place]
        return JSON.Member(group.name ?? "\(place)", group.substring.map { .string(String($0)) } ?? .null)
      })
  }
}
