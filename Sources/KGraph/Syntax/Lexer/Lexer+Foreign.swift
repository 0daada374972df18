/// What other languages write, and what is no part of this one: reported with what to write here, and taken as that.
extension Lexer {
  /// A sign that does not exist here, at the present offset.
  mutating func foreign(inBrackets: Bool) {
    let start = offset
    switch bytes[offset] {
    case UInt8(ascii: ";") where !lineHasTokens: foreignComment()
    case UInt8(ascii: "%") where !lineHasTokens: foreignComment()
    case UInt8(ascii: ";"): semicolon(inBrackets: inBrackets)
    case UInt8(ascii: ":"): replace(":=", by: "=", as: .assign)
    case UInt8(ascii: "=") where at("=>"): replace("=>", by: "->", as: .arrow)
    case UInt8(ascii: ">"): replace(">>", by: "->", as: .arrow)
    case UInt8(ascii: "~") where at("~>"): replace("~>", by: "->", as: .arrow)
    case UInt8(ascii: "|") where at("|>"): replace("|>", by: "->", as: .arrow)
    case UInt8(ascii: "|") where at("||"): replace("||", by: "or", as: .identifier)
    case UInt8(ascii: "|"): replace("|", by: "->", as: .arrow)
    case UInt8(ascii: "&") where at("&&"): replace("&&", by: "and", as: .identifier)
    case UInt8(ascii: "!") where isInCondition: replace("!", by: "not ", as: .identifier)
    case UInt8(ascii: "!"): exclamation()
    case UInt8(ascii: "<") where at("<!--"): foreignComment()
    case UInt8(ascii: "<") where at("<-"):
      report(.arrowToTheLeft(place(start..<start + 2)))
      add(.unknown, length: 2)
    case UInt8(ascii: "-"):
      while byte() == UInt8(ascii: "-") { offset += 1 }
      guard byte() == UInt8(ascii: ">") else {
        if !lineHasTokens || lineHasLinkage {
          offset = start
          return foreignComment()
        }
        report(.strangeCharacter(place(start..<offset), isAfterValue: false, inBrackets: false))
        add(.unknown, from: start)
        return
      }
      offset += 1
      report(.foreignSign(place(start..<offset), write: "->"))
      add(.arrow, from: start)
    case UInt8(ascii: ".") where at("..<"): replace("..<", by: "...", as: .range)
    case UInt8(ascii: ".") where at(".."): replace("..", by: "...", as: .range)
    case UInt8(ascii: "."):
      offset += 1
      while isDigit(byte()) { offset += 1 }
      scanWord()
      report(.numberWithoutZero(place(start..<offset)))
      add(.number, from: start)
    case UInt8(ascii: "'"): quoted(start, closing: [UInt8(ascii: "'")])
    case UInt8(ascii: "/") where at("//"), UInt8(ascii: "/") where at("/*"): foreignComment()
    case UInt8(ascii: "/") where patternEnd != nil: pattern()
    case UInt8(ascii: "/") where isPathByte(byte(1)), UInt8(ascii: "~") where byte(1) == UInt8(ascii: "/"):
      unquoted(from: start)
    case UInt8(ascii: "*") where !inBrackets && followsComponent: copies()
    case UInt8(ascii: "\\") where byte(1) == UInt8(ascii: "\n") || at("\\\r\n"):
      report(.continuedLine(place(start..<start + 1)))
      add(.blank, length: 1)
    default: strange()
    }
  }

  mutating func replace(_ written: StaticString, by right: String, as kind: Token.Kind) {
    let length = written.utf8CodeUnitCount
    report(.foreignSign(place(offset..<offset + length), write: right))
    add(kind, length: length)
  }

  private mutating func semicolon(inBrackets: Bool) {
    var end = offset + 1
    while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") { end += 1 }
    if inBrackets, let lastToken, tokens[lastToken].kind == .identifier, end < bytes.count,
      "\"$0123456789[".utf8.contains(bytes[end])
    {
      report(.foreignSign(place(offset..<offset + 1), write: ":"))
      return add(.colon, length: 1)
    }
    let isLast = end == bytes.count || [UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "#")].contains(bytes[end])
    report(.semicolon(place(offset..<offset + 1), inBrackets: inBrackets, isLast: isLast))
    add(inBrackets ? .comma : .newline, length: 1)
  }

  /// `// …`, `-- …`, `; …`, `% …`, or `/* … */` and `<!-- … -->`; the latter two may span lines.
  private mutating func foreignComment() {
    let start = offset
    let isBlock = at("/*") || at("<!--")
    if isBlock {
      let isHTML = at("<!--")
      offset += 2
      while offset < bytes.count, !(isHTML ? at("-->") : at("*/")) { offset += 1 }
      offset = min(offset + (isHTML ? 3 : 2), bytes.count)
      report(.foreignComment(place(start..<start + (isHTML ? 4 : 2)), isBlock: true))
    } else {
      let sign = bytes[start]
      scanToLineEnd()
      var end = start
      while end < offset, bytes[end] == sign { end += 1 }
      report(.foreignComment(place(start..<end), isBlock: false))
    }
    add(.comment, from: start)
  }

  /// A text in quotes that are none here; the quote alone when nothing closes it soon on the line.
  private mutating func quoted(_ start: Int, closing: [UInt8]) {
    let width = scalar(at: start)?.length ?? 1
    var end = start + width
    let limit = min(bytes.count, start + 500)
    while end < limit, bytes[end] != UInt8(ascii: "\n") {
      if bytes[end] == closing[0], bytes[end...].starts(with: closing) { break }
      end += 1
    }
    guard end < limit, bytes[end] != UInt8(ascii: "\n") else {
      report(.strangeCharacter(place(start..<start + width), isAfterValue: false, inBrackets: true))
      add(.unknown, length: width)
      return
    }
    offset = end + closing.count
    let content = source.text(start + width..<end)
    report(.foreignQuotes(place(start..<offset), content: content))
    add(.rawString, from: start)
  }

  /// A path, an address or a number with too many dots, written without quotes, up to where it probably ends.
  mutating func unquoted(from start: Int) {
    while let byte = byte(), isPathByte(byte) || byte == UInt8(ascii: ":") {
      guard byte >= 0x80 else {
        offset += 1
        continue
      }
      guard let scalar = scalar(at: offset), !scalar.value.properties.isWhitespace else { break }
      offset += scalar.length
    }
    while offset > start + 1, ":.,".utf8.contains(bytes[offset - 1]) { offset -= 1 }
    report(.textWithoutQuotes(place(start..<offset), text: source.text(start..<offset)))
    add(.rawString, from: start)
  }

  func isPathByte(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return isLetter(byte) || isDigit(byte) || "/._-~%+?&=@".utf8.contains(byte) || byte >= 0x80
  }

  /// Characters that mean nothing here; those that stand together are one mistake.
  mutating func strange() {
    let start = offset
    guard let first = scalar(at: offset) else {
      while let byte = byte(), byte >= 0x80, scalar(at: offset) == nil {
        reportEncoding()
        offset += 1
      }
      add(.unknown, from: start)
      return
    }
    let end = offset + first.length
    if first.value.isFullwidth {
      fullwidth()
    } else if let quotes = Self.closingQuotes[first.value] {
      quoted(start, closing: Array(String(quotes).utf8))
    } else if ["→", "⟶", "⇒", "➔"].contains(first.value) {
      report(.foreignSign(place(start..<end), write: "->"))
      add(.arrow, length: first.length)
    } else if ["–", "—", "−"].contains(first.value), byte(first.length) == UInt8(ascii: ">") {
      report(.foreignSign(place(start..<end + 1), write: "->"))
      add(.arrow, length: first.length + 1)
    } else if first.value == "…" {
      report(.foreignSign(place(start..<end), write: "..."))
      add(.range, length: first.length)
    } else if first.value.properties.isWhitespace || first.value.properties.isDefaultIgnorableCodePoint
      || first.value.turnsDirection || first.value.value < 0x20 || first.value.value == 0x7F
    {
      let isSpace = first.value.properties.isWhitespace && first.value.value >= 0x80
      report(.invisibleCharacter(first.value, place(start..<end), fix: isSpace ? " " : ""))
      add(.blank, length: first.length)
    } else {
      let isName = first.value.value >= 0x80 && isPlaceOfName
      offset += first.length
      while let byte = byte(), isStrange(byte) { offset += scalar(at: offset)?.length ?? 1 }
      if isName, openBrackets == 0, !strangeNames.insert(source.text(start..<offset)).inserted {
        // It has been said where the name stood first.
        markNextFaulty()
      } else {
        report(
          .strangeCharacter(
            place(start..<offset), isAfterValue: followsValue, inBrackets: openBrackets > 0, isName: isName))
      }
      add(.unknown, from: start)
    }
  }

  private static let closingQuotes: [Unicode.Scalar: Unicode.Scalar] = [
    "“": "”", "„": "“", "‘": "’", "«": "»", "”": "”", "’": "’", "「": "」", "『": "』",
  ]

  private func isStrange(_ byte: UInt8) -> Bool {
    if byte < 0x80 { return "%^&*+\\~'".utf8.contains(byte) }
    guard let scalar = scalar(at: offset) else { return false }
    return !scalar.value.properties.isXIDStart && !scalar.value.properties.isWhitespace && !scalar.value.isFullwidth
      && Self.closingQuotes[scalar.value] == nil && !["→", "⟶", "⇒", "➔"].contains(scalar.value)
  }
}
