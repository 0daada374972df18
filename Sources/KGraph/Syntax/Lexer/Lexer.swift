/// Cuts a text into tokens that tile it. Takes any bytes; what is no part of the language is reported, and becomes the
/// token that was probably meant, so that the parser has nothing to say about it again.
struct Lexer {
  let source: Source
  let bytes: [UInt8]
  var offset = 0
  private(set) var tokens: [Token] = []
  var diagnostics: [Diagnostic] = []
  /// Tokens that something has been said about.
  private(set) var faultyTokens: Set<Int> = []
  /// Quotes and backticks, by index, that nothing closes.
  var unclosedTexts: Set<Int> = []
  /// False as long as only blank space stands on the line.
  private(set) var lineHasTokens = false
  /// Whether there is an arrow or a `=` on the line.
  private(set) var lineHasLinkage = false
  /// Whether there is an `if` on the line.
  private(set) var lineHasCondition = false
  /// The index of the last token that is no trivia.
  private(set) var lastToken: Int?
  /// How many parentheses and brackets have been opened on the line.
  private(set) var openBrackets = 0
  var hasReportedEncoding = false
  var hasReportedCarriageReturns = false
  /// The last line in which signs as wide as Chinese ones were reported.
  var fullwidthLine: Int?
  /// The last line in which `!` was reported in the place of arrows.
  var exclamationLine: Int?
  /// What stood in the place of a name and was reported as no part of the language.
  var strangeNames: Set<String> = []

  init(_ source: Source) {
    self.source = source
    self.bytes = source.bytes
  }

  mutating func run() {
    tokens.reserveCapacity(bytes.count / 3 + 8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { add(.byteOrderMark, length: 3) }
    if at("#!") {
      let start = offset
      scanToLineEnd()
      add(.shebang, from: start)
    }
    while offset < bytes.count { token() }
  }

  /// Makes a single token of a text that is too large, and says so.
  mutating func refuse() {
    report(.tooLarge(source))
    add(.unknown, length: bytes.count)
  }

  private mutating func token() {
    let start = offset
    switch bytes[offset] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      while let byte = byte(), byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") { offset += 1 }
      add(.blank, from: start)
    case UInt8(ascii: "\n"): add(.newline, length: 1)
    case UInt8(ascii: "\r") where byte(1) == UInt8(ascii: "\n"): add(.newline, length: 2)
    case UInt8(ascii: "\r") where byte(1) != UInt8(ascii: "\r"): loneCarriageReturn()
    case UInt8(ascii: "#"): comment()
    case UInt8(ascii: "0")...UInt8(ascii: "9"): number()
    case UInt8(ascii: "\""): text()
    case UInt8(ascii: "`"): command()
    case UInt8(ascii: "r") where at("r\"") || at("r#\""): rawText()
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): word()
    case let byte where byte < 0x80: sign(byte)
    default:
      if let scalar = scalar(at: offset), scalar.value.properties.isXIDStart { word() } else { strange() }
    }
  }

  /// Signs, the longest that fits.
  private mutating func sign(_ first: UInt8) {
    switch first {
    case UInt8(ascii: "("): open(.openParenthesis)
    case UInt8(ascii: "["): open(.openBracket)
    case UInt8(ascii: ")"): close(.closeParenthesis)
    case UInt8(ascii: "]"): close(.closeBracket)
    case UInt8(ascii: "{"): add(.openBrace, length: 1)
    case UInt8(ascii: "}"): add(.closeBrace, length: 1)
    case UInt8(ascii: ","): add(.comma, length: 1)
    case UInt8(ascii: ":") where !at(":="): add(.colon, length: 1)
    case UInt8(ascii: "$"): add(.dollar, length: 1)
    case UInt8(ascii: "@"): add(.at, length: 1)
    case UInt8(ascii: "?"): add(.question, length: 1)
    case UInt8(ascii: "-"): minus()
    case UInt8(ascii: "."): dot()
    case UInt8(ascii: "=") where at("==>"): replace("==>", by: "->", as: .arrow)
    case UInt8(ascii: "=") where at("=="): add(.equal, length: 2)
    case UInt8(ascii: "=") where !at("=>"): add(.assign, length: 1)
    case UInt8(ascii: "!") where at("!="): add(.notEqual, length: 2)
    case UInt8(ascii: "<") where at("<="): add(.lessOrEqual, length: 2)
    case UInt8(ascii: "<") where !at("<-") || isDigit(byte(2)): add(.less, length: 1)
    case UInt8(ascii: ">") where at(">="): add(.greaterOrEqual, length: 2)
    case UInt8(ascii: ">") where !at(">>"): add(.greater, length: 1)
    default: foreign(inBrackets: openBrackets > 0)
    }
  }

  private mutating func minus() {
    if at("->") {
      add(.arrow, length: 2)
    } else if at("-[") {
      openBrackets += 1
      add(.arrowOptions, length: 2)
    } else if isDigit(byte(1)) {
      number()
    } else if at("--") {
      foreign(inBrackets: openBrackets > 0)
    } else {
      add(.minus, length: 1)
    }
  }

  private mutating func dot() {
    if at("...") {
      add(.range, length: 3)
    } else if at("..") {
      foreign(inBrackets: openBrackets > 0)
    } else if isDigit(byte(1)), !followsName {
      foreign(inBrackets: openBrackets > 0)
    } else if at("./") {
      unquoted(from: offset)
    } else {
      add(.dot, length: 1)
    }
  }

  mutating func open(_ kind: Token.Kind, length: Int = 1) {
    openBrackets += 1
    add(kind, length: length)
  }

  mutating func close(_ kind: Token.Kind, length: Int = 1) {
    openBrackets = max(0, openBrackets - 1)
    add(kind, length: length)
  }

  private mutating func word() {
    let start = offset
    scanWord()
    if isPrefix(source.text(start..<offset)) {
      prefixedText(from: start)
    } else if let end = formatEnd(from: start) {
      format(from: start, to: end)
    } else if at("://") || (at("/") && isPathByte(byte(1)) && !at("//") && !at("/*")) {
      unquoted(from: start)
    } else {
      add(.identifier, from: start)
    }
  }

  /// A comment, or a doc comment when `##` and not `###` is the first thing on its line.
  private mutating func comment() {
    let start = offset
    let isDocumentation = !lineHasTokens && at("##") && byte(2) != UInt8(ascii: "#")
    scanToLineEnd()
    add(isDocumentation ? .documentation : .comment, from: start)
  }

  // MARK: What the other parts use

  mutating func add(_ kind: Token.Kind, length: Int) {
    let start = offset
    offset = min(offset + length, bytes.count)
    add(kind, from: start)
  }

  /// Adds the token from `start` to the present offset, unless it would be empty.
  mutating func add(_ kind: Token.Kind, from start: Int) {
    guard start < offset else { return }
    tokens.append(Token(kind, start..<offset))
    if kind == .newline {
      lineHasTokens = false
      lineHasLinkage = false
      lineHasCondition = false
      openBrackets = 0
    } else if !tokens[tokens.count - 1].isTrivia {
      lineHasTokens = true
      lastToken = tokens.count - 1
      switch kind {
      case .arrow, .arrowOptions, .assign: lineHasLinkage = true
      case .identifier where bytes[start..<offset].elementsEqual("if".utf8): lineHasCondition = true
      case .identifier where bytes[start..<offset].elementsEqual("elif".utf8): lineHasCondition = true
      default: break
      }
    }
  }

  /// Reports, and remembers that the token that is added next has been spoken of.
  mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
    faultyTokens.insert(tokens.count)
  }

  mutating func markNextFaulty() { faultyTokens.insert(tokens.count) }

  /// True right after a name or a closing bracket, where a dot picks a box.
  private var followsName: Bool {
    guard let last = tokens.last else { return false }
    return last.kind == .identifier || last.kind == .closeParenthesis || last.kind == .closeBracket
  }

  func place(_ range: Range<Int>) -> Place { Place(source, range) }

  func byte(_ ahead: Int = 0) -> UInt8? { offset + ahead < bytes.count ? bytes[offset + ahead] : nil }

  func at(_ sign: StaticString) -> Bool {
    let count = sign.utf8CodeUnitCount
    guard offset + count <= bytes.count else { return false }
    return sign.withUTF8Buffer { buffer in
      for index in 0..<count where bytes[offset + index] != buffer[index] { return false }
      return true
    }
  }

  func isDigit(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  func isLetter(_ byte: UInt8?) -> Bool {
    guard let byte else { return false }
    return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
