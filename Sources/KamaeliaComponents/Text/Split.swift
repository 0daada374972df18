import Kamaelia

/// Cuts texts into parts.
struct Split: Component {
  static let summary = "Cuts each text into parts at a separator."
  static let details = """
    The parts of a text leave one by one through `outbox`, and all together through `list`. Neither holds the separator. A \
    text without it is its own only part, and an empty text has one empty part. For the syntax of `pattern`, see Match; a text that takes longer than \
    `limit` leaves through `errors`, as those of Match do.

        "a, b, c" -> Split(", ") -> ConsoleWriter()
        lines -> Split(pattern: r"\\s+", keepEmpty: false) -> fields
    """
  static let endsWithReaders = true

  @Parameter("What stands between the parts.", main: true) var separator = ","
  @Parameter("A regular expression for what stands between the parts, in place of `separator`.")
  var pattern: Pattern? = nil
  @Parameter("How many parts there are at most; the last one then holds the rest. No limit if left out.", in: 1...)
  var most: Int? = nil
  @Parameter("Whether empty parts are sent as well.") var keepEmpty = true
  @Parameter(
    "How long the pattern may take for one text, in time of a processor.", in: .milliseconds(1) ... .seconds(3600))
  var limit = PatternSearch.limit

  let inbox = Inbox<String>("Text to cut.")
  let outbox = Outbox<String>("A part.")
  let list = Outbox<[String]>("All parts of one text, in order.")
  let errors = Outbox<BadInput>("A text that the pattern takes too long for, and why.", needsReader: true)

  func check() throws(ParameterError) {
    if separator.isEmpty {
      throw ParameterError("parameter `separator` is empty, and nothing stands between parts then")
    }
  }

  func main() async throws {
    let search = pattern.map { PatternSearch($0, limit: limit) }
    for await text in inbox {
      do {
        let parts = try await parts(of: text, search)
        if list.isLinked { try await list.send(parts) }
        for part in parts { try await outbox.send(part) }
      } catch let error as PatternGivenUp {
        try await errors.send(BadInput(error.reason, text))
      }
    }
  }

  private func parts(of text: String, _ search: PatternSearch?) async throws -> [String] {
    let cuts = most.map { $0 - 1 } ?? .max
    guard let search else { return Self.cut(text, at: Array(separator.utf8), cuts: cuts, keepEmpty: keepEmpty) }
    guard search.mayMatch(text) else { return keepEmpty || !text.isEmpty ? [text] : [] }
    return try await search.run(in: text) { [keepEmpty, most] regex, text in
      // Swift counts cuts that leave nothing, and would let the rest begin with what stands between parts.
      if most != nil, !keepEmpty { return Self.cut(text, at: text.matches(of: regex).map(\.range), cuts: cuts) }
      return text.split(separator: regex, maxSplits: cuts, omittingEmptySubsequences: !keepEmpty).map { String($0) }
    }
  }

  /// Cuts into parts that are not empty, at the first places; the last part holds the rest.
  private static func cut(_ text: String, at places: [Range<String.Index>], cuts: Int) -> [String] {
    var parts: [String] = []
    var start = text.startIndex
    for place in places {
      let isEmpty = place.lowerBound == start
      if parts.count == cuts, !isEmpty { break }
      if !isEmpty { parts.append(String(text[start..<place.lowerBound])) }
      start = place.upperBound
    }
    return start < text.endIndex ? parts + [String(text[start...])] : parts
  }

  /// Cuts by bytes, which finds whole characters only: no character of UTF-8 begins inside another one.
  static func cut(_ text: String, at separator: [UInt8], cuts: Int, keepEmpty: Bool) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      var parts: [String] = []
      var start = 0
      while parts.count < cuts, let end = ByteSearch.first(separator, in: bytes, from: start) {
        if keepEmpty || end > start { parts.append(String(decoding: bytes[start..<end], as: UTF8.self)) }
        start = end + separator.count
      }
      if !keepEmpty {
        // The rest of a text with a limit begins with a part, too, and not with what stands between parts.
        while bytes[start...].starts(with: separator) { start += separator.count }
      }
      if keepEmpty || start < bytes.count { parts.append(String(decoding: bytes[start...], as: UTF8.self)) }
      return parts
    }
  }
}
