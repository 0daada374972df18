import Kamaelia

/// Takes the words out of text.
struct Words: Component {
  static let summary = "Sends the words of each text one by one."
  static let details = """
    A word is a run of letters, digits and marks of any script, with single apostrophes and hyphens inside: `don't`, \
    `well-known`. All else stands between words. Upper and lower case stay as they are; see Lowercase.

        FileReader("book.txt") -> Lines() -> Lowercase() -> Words() -> TopK(10)
    """
  static let endsWithReaders = true

  @Parameter("Words with fewer characters are left out.", in: 1...1000) var shortest = 1

  let inbox = Inbox<String>("Text, a line for instance; a word does not go on in the next text.")
  let outbox = Outbox<String>("A word.")

  func main() async throws {
    for await text in inbox {
      for word in WordSequence(text) where shortest == 1 || word.count >= shortest {
        try await outbox.send(String(word))
      }
    }
  }
}

/// The words of a text, in order.
struct WordSequence: Sequence, IteratorProtocol {
  private let scalars: String.UnicodeScalarView
  private var position: String.Index

  init(_ text: String) {
    scalars = text.unicodeScalars
    position = scalars.startIndex
  }

  mutating func next() -> Substring? {
    while position < scalars.endIndex, !Self.isPart(scalars[position]) { scalars.formIndex(after: &position) }
    guard position < scalars.endIndex else { return nil }
    let start = position
    while position < scalars.endIndex {
      if Self.isPart(scalars[position]) {
        scalars.formIndex(after: &position)
        continue
      }
      let after = scalars.index(after: position)
      guard Self.isInside(scalars[position]), after < scalars.endIndex, Self.isPart(scalars[after]) else { break }
      position = after
    }
    return Substring(scalars[start..<position])
  }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return "a"..."z" ~= scalar || "A"..."Z" ~= scalar || "0"..."9" ~= scalar
    }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return true
    case .decimalNumber, .letterNumber, .otherNumber: return true
    case .nonspacingMark, .spacingMark, .enclosingMark: return true
    default: return false
    }
  }

  private static func isInside(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "'" || scalar == "\u{2019}" || scalar == "-" || scalar == "\u{2010}"
  }
}
