/// Texts and commands: the pieces put together, and commands split into words.
extension Parser {
  /// The text that begins here.
  mutating func quotedText() -> TextLiteral {
    let start = position
    if kind() == .rawString {
      let written = source.text(token(position).range)
      noticeUnclosed(position)
      step()
      var content = written.utf8[...]
      if written.hasPrefix("r\"") {
        content = content.dropFirst(2)
        if content.last == UInt8(ascii: "\"") { content = content.dropLast() }
      }
      return TextLiteral(parts: [.text(String(content) ?? written)], isRaw: true, place: place(from: start))
    }
    var pieces = Pieces()
    takePieces(until: .quote) { piece in
      switch piece {
      case .text(let text): pieces.add(text)
      case .escape(let escape): pieces.add(Self.unescaped(escape))
      case .parameter(let name): pieces.add(name)
      }
    }
    return TextLiteral(parts: pieces.parts, isRaw: false, place: place(from: start))
  }

  /// A command in backticks.
  mutating func command() -> CommandLiteral {
    let start = position
    var words = Words()
    takePieces(until: .backtick) { piece in
      switch piece {
      case .text(let text): words.add(text)
      case .escape(let escape): words.add(escaped: String(escape.dropFirst()))
      case .parameter(let name): words.add(name)
      }
    }
    words.endWord()
    let place = place(from: start)
    if let quote = words.openQuote {
      report(.commandQuoteOpen(place, quote))
    } else if words.words.isEmpty {
      report(.commandEmpty(place))
    }
    return CommandLiteral(words: words.words, place: place)
  }

  private enum Piece {
    case text(String)
    case escape(String)
    case parameter(Name)
  }

  /// Takes the opening sign, the pieces and the closing sign. If the closing one is missing, the parser is abandoned:
  /// whatever should follow is inside the text.
  private mutating func takePieces(until end: Token.Kind, _ piece: (Piece) -> Void) {
    let opening = position
    step()
    loop: while position < significant.count {
      let token = token(position)
      switch token.kind {
      case .stringText: piece(.text(source.text(token.range)))
      case .escape: piece(.escape(source.text(token.range)))
      case .interpolationOpen, .interpolationClose: break
      case .identifier where self.token(position - 1).kind == .interpolationOpen:
        piece(.parameter(Name(source.text(token.range), place(at: position))))
      case end:
        if unclosedTexts.contains(Int(significant[opening])) { break loop }
        position += 1
        return
      default: break loop
      }
      position += 1
    }
    noticeUnclosed(opening)
  }

  private mutating func noticeUnclosed(_ opening: Int) {
    if unclosedTexts.contains(Int(significant[opening])) { course = .abandoned }
  }

  /// What an escape stands for; itself if it is none, which the lexer has reported.
  private static func unescaped(_ escape: String) -> String {
    switch escape.dropFirst() {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "0": return "\0"
    case "\\", "\"", "$": return String(escape.dropFirst())
    default:
      guard let value = UInt32(escape.dropFirst(3).dropLast(), radix: 16), let scalar = Unicode.Scalar(value) else {
        return escape
      }
      return String(scalar)
    }
  }
}

/// The parts of a text, neighbouring pieces of text made one.
private struct Pieces {
  private(set) var parts: [TextLiteral.Part] = []

  mutating func add(_ text: String) {
    if case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else {
      parts.append(.text(text))
    }
  }

  mutating func add(_ name: Name) { parts.append(.parameter(name)) }
}

/// Splits a command into words.
///
/// - Note: POSIX.1-2017, Shell Command Language, 2.2, without expansions.
private struct Words {
  private(set) var words: [[TextLiteral.Part]] = []
  private var word: Pieces?
  private(set) var openQuote: Character?

  mutating func add(_ text: String) {
    for character in text {
      if let quote = openQuote {
        if character == quote { openQuote = nil } else { append(String(character)) }
      } else if character == "'" || character == "\"" {
        openQuote = character
        append("")
      } else if character == " " || character == "\t" {
        endWord()
      } else {
        append(String(character))
      }
    }
  }

  /// A character after a backslash; in double quotes the backslash stays, except before `"`, `\`, `$` and a backtick.
  mutating func add(escaped character: String) {
    append(openQuote == "\"" && !["\"", "\\", "$", "`"].contains(character) ? "\\" + character : character)
  }

  mutating func add(_ name: Name) { word = word.map { $0.adding(name) } ?? Pieces().adding(name) }

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

extension Pieces {
  fileprivate func adding(_ name: Name) -> Pieces {
    var pieces = self
    pieces.add(name)
    return pieces
  }
}
