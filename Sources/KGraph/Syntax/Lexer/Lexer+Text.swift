/// Words, numbers, comments, strings and commands: what holds text.
extension Lexer {
  /// Steps over a name: a letter or `_`, then letters, digits and `_`, by Unicode's rules for identifiers.
  mutating func scanWord() {
    while let byte = byte() {
      if isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") {
        offset += 1
      } else if byte >= 0x80, let scalar = scalar(at: offset), scalar.value.properties.isXIDContinue {
        offset += scalar.length
      } else {
        return
      }
    }
  }

  /// A number with its unit: `-2.5`, `0x1F`, `1_000`, `16MiB`, `30/s`, `50%`. What the unit means is seen later.
  mutating func number() {
    let start = offset
    if byte() == UInt8(ascii: "-") { offset += 1 }
    scanWordStart()
    if byte() == UInt8(ascii: "."), isDigit(byte(1)) {
      offset += 1
      scanWordStart()
    }
    if byte() == UInt8(ascii: "."), isDigit(byte(1)) {
      unquoted(from: start)
      return
    }
    scanWord()
    if byte() == UInt8(ascii: "%") { offset += 1 }
    if byte() == UInt8(ascii: "/"), isLetter(byte(1)) {
      offset += 1
      scanWord()
    }
    add(.number, from: start)
  }

  /// The digits at the front, and `_` between them.
  private mutating func scanWordStart() {
    while isDigit(byte()) || byte() == UInt8(ascii: "_") { offset += 1 }
  }

  /// Up to the end of the line, or of the file. A carriage return alone ends a line too, which is reported as its own.
  mutating func scanToLineEnd() {
    while offset < bytes.count, !isLineEnd, byte() != UInt8(ascii: "\r") || byte(1) == UInt8(ascii: "\r") {
      textCharacter()
    }
  }

  var isLineEnd: Bool {
    guard let byte = byte() else { return true }
    return byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && self.byte(1) == UInt8(ascii: "\n"))
  }

  /// Steps over one character of a text or a comment, and reports those that nobody can see.
  mutating func textCharacter() {
    let byte = bytes[offset]
    if byte >= 0x20, byte < 0x7F {
      offset += 1
      return
    }
    if byte < 0x80 {
      if byte != UInt8(ascii: "\t") { report(.controlCharacter(byte, place(offset..<offset + 1))) }
      offset += 1
      return
    }
    guard let scalar = scalar(at: offset) else {
      reportEncoding()
      offset += 1
      return
    }
    if scalar.value.turnsDirection {
      report(.invisibleCharacter(scalar.value, place(offset..<offset + scalar.length), fix: nil))
    }
    offset += scalar.length
  }

  /// Says once a file that it is not UTF-8.
  mutating func reportEncoding() {
    markNextFaulty()
    guard !hasReportedEncoding else { return }
    hasReportedEncoding = true
    report(.notUTF8(bytes[offset], place(offset..<offset + 1)))
  }

  /// `"text with ${name} and \n escapes"`
  mutating func text() {
    let start = offset
    if at("\"\"\"") { return threefoldQuotes() }
    let opening = tokens.count
    add(.quote, length: 1)
    if pieces(until: UInt8(ascii: "\""), escapes: .text) {
      add(.quote, length: 1)
    } else {
      unclosed(.text, from: start, opening: opening)
    }
  }

  /// `r"raw text"`, or `r#"raw text with "quotes""#`
  mutating func rawText() {
    let start = offset
    let isFenced = at("r#")
    offset += isFenced ? 3 : 2
    while !isLineEnd, !(isFenced ? at("\"#") : at("\"")) { textCharacter() }
    if isLineEnd {
      unclosed(isFenced ? .fencedText : .rawText, from: start, opening: tokens.count)
    } else {
      offset += isFenced ? 2 : 1
    }
    add(.rawString, from: start)
  }

  /// `` `sort -u` ``
  mutating func command() {
    let start = offset
    let opening = tokens.count
    add(.backtick, length: 1)
    if pieces(until: UInt8(ascii: "`"), escapes: .command) {
      add(.backtick, length: 1)
    } else {
      unclosed(.command, from: start, opening: opening)
    }
  }

  private mutating func unclosed(_ kind: Diagnostic.UnclosedText, from start: Int, opening: Int) {
    let width =
      switch kind {
      case .text, .command: 1
      case .rawText: 2
      case .fencedText: 3
      }
    diagnostics.append(.unclosedText(kind, place(start..<start + width), end: place(offset..<offset)))
    unclosedTexts.insert(opening)
  }

  enum Escapes { case text, command }

  /// The pieces of a string or a command up to `end`, which is left to take.
  ///
  /// - Returns: false if the line ends first.
  private mutating func pieces(until end: UInt8, escapes: Escapes) -> Bool {
    var start = offset
    var quote: UInt8?
    while !isLineEnd {
      let byte = bytes[offset]
      if byte == end {
        add(.stringText, from: start)
        return true
      }
      if escapes == .command, byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
        if quote == nil { quote = byte } else if quote == byte { quote = nil }
      }
      if quote == UInt8(ascii: "'") {
        textCharacter()
      } else if byte == UInt8(ascii: "\\") {
        add(.stringText, from: start)
        escape(escapes)
        start = offset
      } else if at("${") {
        add(.stringText, from: start)
        interpolation(until: end)
        start = offset
      } else {
        textCharacter()
      }
    }
    add(.stringText, from: start)
    return false
  }

  /// A backslash and what it protects.
  private mutating func escape(_ escapes: Escapes) {
    let start = offset
    offset += 1
    guard !isLineEnd else {
      add(.stringText, from: start)
      return
    }
    if at("u{"), escapes == .text {
      offset += 2
      let digits = offset
      while let byte = byte(), isLetter(byte) || isDigit(byte) { offset += 1 }
      let value = UInt32(source.text(digits..<offset), radix: 16)
      let isClosed = byte() == UInt8(ascii: "}")
      if isClosed { offset += 1 }
      if !isClosed || offset - digits > 9 || value.flatMap(Unicode.Scalar.init) == nil {
        report(.badUnicodeEscape(place(start..<offset)))
      }
    } else {
      textCharacter()
      let isKnown = "ntr0\\\"$".utf8.contains(bytes[start + 1])
      if escapes == .text, !isKnown { report(.badEscape(place(start..<offset))) }
    }
    add(.escape, from: start)
  }

  /// `${name}`; anything else in the braces is reported and taken for text.
  private mutating func interpolation(until end: UInt8) {
    let start = offset
    offset += 2
    let name = offset
    if !isDigit(byte()) { scanWord() }
    if offset > name, byte() == UInt8(ascii: "}") {
      let nameEnd = offset
      offset = start
      add(.interpolationOpen, length: 2)
      add(.identifier, length: nameEnd - name)
      add(.interpolationClose, length: 1)
      return
    }
    while !isLineEnd, byte() != end, byte() != UInt8(ascii: "}") { textCharacter() }
    let isClosed = byte() == UInt8(ascii: "}")
    if isClosed { offset += 1 }
    report(.badInterpolation(place(start..<offset), isClosed: isClosed))
    add(.stringText, from: start)
  }

  /// The character that begins at `offset`, or `nil` if these bytes are not UTF-8.
  func scalar(at offset: Int) -> (value: Unicode.Scalar, length: Int)? {
    var decoder = UTF8()
    var iterator = bytes[offset..<min(offset + 4, bytes.count)].makeIterator()
    guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
    return (scalar, UTF8.width(scalar))
  }
}

extension Unicode.Scalar {
  /// True for the signs that change the direction of the text after them, so that it reads otherwise than it runs.
  ///
  /// - Note: N. Boucher, R. Anderson, "Trojan Source: Invisible Vulnerabilities", 2021.
  var turnsDirection: Bool { (0x202A...0x202E).contains(value) || (0x2066...0x2069).contains(value) }
}
