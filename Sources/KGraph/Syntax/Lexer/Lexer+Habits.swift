/// What hands write that are used to another language, where more than one sign is wrong: prefixes of texts, texts of several
/// lines, patterns between slashes, fullwidth signs.
extension Lexer {
  // MARK: What stands around

  /// The last token of the line that is no trivia.
  private var lastOfLine: Token? { lineHasTokens ? lastToken.map { tokens[$0] } : nil }

  /// True where a `!` is a negation: on the line of an `if`, and where a condition goes on.
  var isInCondition: Bool {
    if lineHasCondition { return true }
    guard let last = lastToken.map({ tokens[$0] }) else { return false }
    return last.kind == .identifier && ["and", "or", "not", "&&", "||"].contains(source.text(last.range))
  }

  /// True after what could be calculated with.
  var followsValue: Bool {
    switch lastOfLine?.kind {
    case .number, .identifier, .closeParenthesis, .closeBracket, .quote, .rawString: true
    default: false
    }
  }

  /// True right after a component with its arguments.
  var followsComponent: Bool { lastOfLine?.kind == .closeParenthesis }

  /// True where something is named: at the beginning of a line, after an arrow or a word that declares, and within a name.
  var isPlaceOfName: Bool {
    guard let last = lastOfLine else { return true }
    if last.kind == .arrow { return true }
    guard last.kind == .identifier else { return false }
    return last.range.upperBound == offset || Self.declaring.contains(source.text(last.range))
  }

  private static let declaring: Set = ["as", "param", "inbox", "outbox", "graph", "backplane", "for"]

  // MARK: Texts

  /// Whether a word is written before the quotes of a text elsewhere, and a text follows at once.
  func isPrefix(_ word: String) -> Bool {
    guard byte() == UInt8(ascii: "\"") || byte() == UInt8(ascii: "'"), word.utf8.count <= 2 else { return false }
    if word == "r" { return byte() == UInt8(ascii: "'") }
    return ["f", "b", "u", "fr", "rf", "br", "rb", "s", "c", "l"].contains(word.lowercased()) || word == "R"
  }

  /// `f"…"`, `b'…'`: the word has been read.
  mutating func prefixedText(from start: Int) {
    let prefix = source.text(start..<offset).lowercased()
    let quote = bytes[offset]
    let content = offset + 1
    var end = content
    while end < bytes.count, bytes[end] != quote, bytes[end] != UInt8(ascii: "\n") {
      end += bytes[end] == UInt8(ascii: "\\") && !prefix.contains("r") ? 2 : 1
    }
    guard end < bytes.count, bytes[end] == quote else {
      add(.identifier, from: start)
      return
    }
    offset = end + 1
    report(
      .prefixedText(
        place(start..<offset), prefix: source.text(start..<content - 1), content: source.text(content..<end),
        isDeclared: isDeclared))
    add(.rawString, from: start)
  }

  /// Whether a parameter or a variable of that name is declared anywhere in the text.
  private func isDeclared(_ name: String) -> Bool {
    // A file with so many mistakes is not mended one by one.
    if diagnostics.count > 100 { return false }
    let (declared, variable) = (Array("\(name):".utf8), Array("for \(name) ".utf8))
    return bytes.indices.contains { index in
      if bytes[index...].starts(with: variable) { return true }
      guard bytes[index...].starts(with: declared) else { return false }
      return index == 0 || " (,\t".utf8.contains(bytes[index - 1])
    }
  }

  /// `"""…"""`, which may span lines: a description where it begins a line, else a text.
  mutating func threefoldQuotes() {
    let start = offset
    let content = offset + 3
    var end = content
    while end < bytes.count, !bytes[end...].starts(with: "\"\"\"".utf8) { end += 1 }
    offset = min(end + 3, bytes.count)
    let rest = bytes[offset...].first { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    let isDescription = !lineHasTokens && (rest == nil || rest == UInt8(ascii: "\n") || rest == UInt8(ascii: "\r"))
    report(
      .threefoldQuotes(
        place(start..<min(start + 3, offset)), whole: place(start..<offset), content: source.text(content..<end),
        isDescription: isDescription))
    add(isDescription ? .comment : .rawString, from: start)
  }

  /// Where the pattern between slashes ends that begins here, behind its flags; nil if it is none.
  var patternEnd: Int? {
    guard openBrackets > 0, let last = lastOfLine?.kind, [.openParenthesis, .comma, .colon].contains(last) else {
      return nil
    }
    var end = offset + 1
    var hasSign = false
    while end < bytes.count, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "\n") {
      if "+*?[](){}|^$\\".utf8.contains(bytes[end]) { hasSign = true }
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "/"), end > offset + 1 else { return nil }
    end += 1
    let flags = end
    while end < bytes.count, "gimsuxy".utf8.contains(bytes[end]) { end += 1 }
    guard end < bytes.count, ",) \n".utf8.contains(bytes[end]) else { return nil }
    // `/tmp/` is a folder rather than a pattern, and may be either.
    return hasSign || end > flags || !bytes[offset + 1..<flags - 1].contains(UInt8(ascii: "/")) ? end : nil
  }

  /// `/ab+/`
  mutating func pattern() {
    let start = offset
    offset = patternEnd ?? offset + 1
    var slash = offset - 1
    while bytes[slash] != UInt8(ascii: "/") { slash -= 1 }
    let content = source.text(start + 1..<slash)
    report(.patternInSlashes(place(start..<offset), content: content, flags: source.text(slash + 1..<offset)))
    add(.rawString, from: start)
  }

  // MARK: Signs

  /// `* 4` behind a component.
  mutating func copies() {
    report(.copies(place(offset..<offset + 1)))
    add(.unknown, length: 1)
  }

  /// A carriage return that ends a line without a line feed, as in files of old Macs.
  mutating func loneCarriageReturn() {
    if !hasReportedCarriageReturns {
      hasReportedCarriageReturns = true
      let lone = bytes.indices.filter { index in
        bytes[index] == UInt8(ascii: "\r") && (index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "\n"))
          && (index == 0 || bytes[index - 1] != UInt8(ascii: "\r"))
      }
      report(.carriageReturns(lone.map { place($0..<$0 + 1) }))
    }
    add(.newline, length: 1)
  }

  /// A sign as wide as a Chinese one, which is taken for the narrow one.
  mutating func fullwidth() {
    let start = offset
    var ascii = ""
    while let scalar = scalar(at: offset + (ascii.unicodeScalars.count * 3)), let narrow = scalar.value.narrow {
      ascii.unicodeScalars.append(narrow)
      // Signs stand alone, digits and letters together; `－＞` is an arrow.
      if !narrow.properties.isAlphabetic, !("0"..."9").contains(narrow), ascii != "-" { break }
    }
    let length = ascii.unicodeScalars.count * 3
    let line = source.line(of: start)
    if fullwidthLine == line {
      markNextFaulty()
    } else {
      fullwidthLine = line
      report(.fullwidthSigns(place(start..<start + length), write: ascii, more: moreFullwidth(from: start + length)))
    }
    switch ascii {
    case "(": open(.openParenthesis, length: length)
    case "[": open(.openBracket, length: length)
    case ")": close(.closeParenthesis, length: length)
    case "]": close(.closeBracket, length: length)
    case "#":
      scanToLineEnd()
      add(.comment, from: start)
    case "\"":
      offset = start + length
      while !isLineEnd, scalar(at: offset)?.value.narrow != "\"" { textCharacter() }
      if !isLineEnd { offset += length }
      add(.rawString, from: start)
    default: add(Self.narrowKinds[ascii] ?? (ascii.first?.isNumber == true ? .number : .unknown), length: length)
    }
  }

  /// The other fullwidth signs of the line, outside of texts and comments, each with the narrow one.
  private func moreFullwidth(from start: Int) -> [(place: Place, narrow: String)] {
    var found: [(Place, String)] = []
    var index = start
    var quote: UInt8?
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      let byte = bytes[index]
      if quote == nil, byte == UInt8(ascii: "#") { break }
      if byte == UInt8(ascii: "\\") { index += 1 }
      if byte == quote {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
        quote = byte
      }
      guard byte >= 0x80, let scalar = scalar(at: index) else {
        index += 1
        continue
      }
      if quote == nil, scalar.value.isFullwidth, let narrow = scalar.value.narrow {
        found.append((place(index..<index + scalar.length), String(narrow)))
      }
      index += scalar.length
    }
    return found
  }

  private static let narrowKinds: [String: Token.Kind] = [
    "{": .openBrace, "}": .closeBrace, ",": .comma, ":": .colon, "=": .assign, "$": .dollar, "@": .at, "?": .question,
    "->": .arrow, ">": .greater, "<": .less, ".": .dot, "-": .minus, ";": .comma, "|": .arrow, "!": .arrow,
  ]
}

extension Unicode.Scalar {
  /// Whether it is a sign of ASCII as wide as a Chinese one, or a comma or full stop of Chinese texts. Letters are names.
  var isFullwidth: Bool { narrow.map { !$0.properties.isAlphabetic } ?? false }

  /// The sign of ASCII that it is meant for.
  var narrow: Unicode.Scalar? {
    switch value {
    case 0x3001: ","
    case 0x3002: "."
    case 0xFF01...0xFF5E: Unicode.Scalar(value - 0xFEE0)
    default: nil
    }
  }
}
