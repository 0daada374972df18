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
      } else if written.hasPrefix("r#\"") {
        content = content.dropFirst(3)
        if content.suffix(2).elementsEqual("\"#".utf8) { content = content.dropLast(2) }
      }
      return TextLiteral(parts: [.text(String(content) ?? written)], isRaw: true, place: place(from: start))
    }
    var pieces = Pieces()
    takePieces(until: .quote) { piece in
      switch piece {
      case .text(let text, _): pieces.add(text)
      case .escape(let escape): pieces.add(Self.unescaped(escape))
      case .parameter(let name): pieces.add(name)
      }
    }
    return TextLiteral(parts: pieces.parts, isRaw: false, place: place(from: start))
  }

  /// A command in backticks.
  mutating func command() -> CommandLiteral {
    let start = position
    var words = CommandWords()
    takePieces(until: .backtick) { piece in
      switch piece {
      case .text(let text, let offset): words.add(text, at: offset)
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
    let sign = words.shellSign.map { Place(source, $0) }
    return CommandLiteral(words: words.words, shellSign: sign, place: place)
  }

  private enum Piece {
    /// With the offset at which it begins.
    case text(String, Int)
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
      case .stringText: piece(.text(source.text(token.range), token.range.lowerBound))
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
struct Pieces {
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
