/// Splits a command into words, and notices what only a shell would understand.
///
/// - Note: POSIX.1-2017, Shell Command Language, 2.2, without expansions.
struct CommandWords {
  private(set) var words: [[TextLiteral.Part]] = []
  private var word: Pieces?
  private(set) var openQuote: Character?
  /// The first sign outside of quotes that only a shell would understand, in bytes from the beginning of the source.
  private(set) var shellSign: Range<Int>?

  /// - Parameter offset: of the text, in the source.
  mutating func add(_ text: String, at offset: Int) {
    let characters = Array(text)
    var offset = offset
    for (index, character) in characters.enumerated() {
      if let quote = openQuote {
        if character == quote { openQuote = nil } else { append(String(character)) }
      } else if character == "'" || character == "\"" {
        openQuote = character
        append("")
      } else if character == " " || character == "\t" {
        endWord()
      } else {
        if shellSign == nil {
          let length = signLength(characters[index...])
          if length > 0 { shellSign = offset..<offset + length }
        }
        append(String(character))
      }
      offset += String(character).utf8.count
    }
  }

  /// How long the sign of a shell is that stands at the beginning of `rest`, outside of quotes; 0 if there is none.
  ///
  /// Signs that are common inside of one word, such as `&` in a URL, count only where a word begins or ends with them.
  private func signLength(_ rest: ArraySlice<Character>) -> Int {
    guard let first = rest.first else { return 0 }
    let next = rest.dropFirst().first
    let isAtEdge = word == nil || next == nil || next == " " || next == "\t"
    switch first {
    case "|", "&": return next == first ? 2 : first == "|" || isAtEdge ? 1 : 0
    case ">": return next == ">" ? 2 : 1
    case "<", "*": return 1
    case ";": return isAtEdge ? 1 : 0
    case "~": return word == nil && (next == nil || next == "/" || next == " ") ? 1 : 0
    case "$":
      if next == "(" { return 2 }
      let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
      return name.first.map { !$0.isNumber } == true && name.allSatisfy(\.isASCII) ? name.count + 1 : 0
    default: return 0
    }
  }

  /// A character after a backslash; in double quotes the backslash stays, except before `"`, `\`, `$` and a backtick.
  mutating func add(escaped character: String) {
    append(openQuote == "\"" && !["\"", "\\", "$", "`"].contains(character) ? "\\" + character : character)
  }

  mutating func add(_ name: Name) {
    var pieces = word ?? Pieces()
    pieces.add(name)
    word = pieces
  }

  mutating func endWord() {
    guard openQuote == nil, let word else { return }
    words.append(word.parts)
    self.word = nil
  }

  private mutating func append(_ text: String) {
    var pieces = word ?? Pieces()
    pieces.add(text)
    word = pieces
  }
}
