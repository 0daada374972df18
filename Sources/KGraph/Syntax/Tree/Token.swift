/// A stretch of a text that belongs together: a word, a sign, a piece of a string, a comment, blank space.
///
/// The tokens of a file tile it: the first begins at 0, each begins where the one before ends, the last ends at the
/// end of the file, and none is empty. So whatever the bytes are, the tokens in order give them back.
package struct Token: Sendable, Hashable {
  package enum Kind: UInt8, Sendable, Hashable, CaseIterable {
    // Blank space and comments: the parser steps over them.
    case byteOrderMark, shebang, blank, newline, comment, documentation
    // Words and numbers.
    case identifier, number
    // Strings and commands, in pieces: a quote or a backtick, then text, escapes, and names between `${` and `}`, then
    // a quote or a backtick.
    case quote, backtick, stringText, escape, interpolationOpen, interpolationClose
    // A text in one piece.
    case rawString
    // Signs.
    case arrow, arrowOptions, assign, colon, comma, dot, range, dollar, at, question, minus
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case openParenthesis, closeParenthesis, openBracket, closeBracket, openBrace, closeBrace
    // What is no part of the language; the lexer has said so.
    case unknown

    /// How it is written, for signs that are always written alike. A `minus` that belongs to no number and no arrow
    /// is no part of the language, so it has none.
    package var sign: String? {
      switch self {
      case .quote: "\""
      case .backtick: "`"
      case .interpolationOpen: "${"
      case .arrow: "->"
      case .arrowOptions: "-["
      case .assign: "="
      case .colon: ":"
      case .comma: ","
      case .dot: "."
      case .range: "..."
      case .dollar: "$"
      case .at: "@"
      case .question: "?"
      case .equal: "=="
      case .notEqual: "!="
      case .less: "<"
      case .lessOrEqual: "<="
      case .greater: ">"
      case .greaterOrEqual: ">="
      case .openParenthesis: "("
      case .closeParenthesis: ")"
      case .openBracket: "["
      case .closeBracket: "]"
      case .openBrace: "{"
      case .closeBrace, .interpolationClose: "}"
      default: nil
      }
    }
  }

  package let kind: Kind
  private let start: UInt32
  private let end: UInt32

  /// - Parameter range: byte offsets, below 2³².
  package init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.start = UInt32(truncatingIfNeeded: range.lowerBound)
    self.end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  /// Byte offsets in the source.
  package var range: Range<Int> { Int(start)..<Int(end) }

  /// True for what means nothing to the parser: blank space, line ends and comments of both kinds.
  package var isTrivia: Bool { kind.rawValue <= Kind.documentation.rawValue }
}
