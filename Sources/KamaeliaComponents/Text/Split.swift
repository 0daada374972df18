import Kamaelia

/// Cuts texts into parts.
struct Split: Component {
  static let summary = "Cuts each text into parts at a separator."
  static let details = """
    The parts of a text leave one by one through `outbox`, and all together through `list`. Neither holds the separator. A \
    text without it is its own only part.

        "a, b, c" -> Split(", ") -> ConsoleWriter()
        lines -> Split(pattern: r"\\s+", keepEmpty: false) -> fields
    """

  @Parameter("What stands between the parts.", main: true) var separator = ","
  @Parameter("A regular expression for what stands between the parts, in place of `separator`.")
  var pattern: Pattern? = nil
  @Parameter("How many parts there are at most; the last one then holds the rest. No limit if left out.", in: 1...)
  var most: Int? = nil
  @Parameter("Whether empty parts are sent as well.") var keepEmpty = true

  let inbox = Inbox<String>("Text to cut.")
  let outbox = Outbox<String>("A part.")
  let list = Outbox<[String]>("All parts of one text, in order.")

  func check() throws(ParameterError) {
    if separator.isEmpty {
      throw ParameterError("parameter `separator` is empty, and nothing stands between parts then")
    }
  }

  func main() async throws {
    for await text in inbox {
      let parts = parts(of: text)
      if list.isLinked { try await list.send(parts.map { String($0) }) }
      for part in parts { try await outbox.send(String(part)) }
    }
  }

  private func parts(of text: String) -> [Substring] {
    let cuts = most.map { $0 - 1 } ?? .max
    if let pattern {
      return text.split(separator: pattern.regex, maxSplits: cuts, omittingEmptySubsequences: !keepEmpty)
    }
    // By scalars: as characters, `\r\n` is one and holds no `\n`.
    return text.unicodeScalars
      .split(separator: separator.unicodeScalars, maxSplits: cuts, omittingEmptySubsequences: !keepEmpty)
      .map { Substring($0) }
  }
}
