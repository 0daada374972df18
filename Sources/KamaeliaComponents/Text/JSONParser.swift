import Kamaelia

/// Reads a text as one JSON value.
///
/// - Note: RFC 8259, without leniency. Members keep their order, and names that come twice stay twice.
struct JSONParser {
  /// What becomes of a whole number that no `Int` holds.
  enum LargeNumbers: String, ChoiceParameter {
    /// The nearest `Double`.
    case round
    /// Its digits as text.
    case text
    /// It is an error.
    case fail
  }

  /// What is wrong and where.
  struct Failure: Error, Hashable, CustomStringConvertible {
    /// Such as "expected a value".
    let reason: String
    /// From 1, in bytes of UTF-8.
    let line: Int
    let column: Int

    var description: String { "no JSON: \(reason) at \(line > 1 ? "line \(line), " : "")column \(column)" }
  }

  private let bytes: [UInt8]
  private let depth: Int
  private let largeNumbers: LargeNumbers
  private var position = 0

  /// Reads `text`.
  ///
  /// - Parameter depth: how many arrays and objects may be inside each other, 512 at most since each takes some stack.
  static func parse(_ text: String, depth: Int = 64, largeNumbers: LargeNumbers = .text) throws(Failure) -> JSON {
    precondition(depth <= 512)
    var parser = JSONParser(bytes: Array(text.utf8), depth: depth, largeNumbers: largeNumbers)
    parser.skipBlanks()
    let value = try parser.value(depth)
    parser.skipBlanks()
    if parser.position < parser.bytes.count { throw parser.failure("expected nothing more") }
    return value
  }

  private init(bytes: [UInt8], depth: Int, largeNumbers: LargeNumbers) {
    self.bytes = bytes
    self.depth = depth
    self.largeNumbers = largeNumbers
  }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func failure(_ reason: String, at place: Int? = nil) -> Failure {
    let before = bytes[..<(place ?? position)]
    let newline = UInt8(ascii: "\n")
    let lineStart = before.lastIndex(of: newline).map { $0 + 1 } ?? 0
    return Failure(
      reason: reason, line: 1 + before.count { $0 == newline }, column: 1 + before.count - lineStart)
  }

  private mutating func skipBlanks() {
    while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  /// Steps over `character` if it comes next.
  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func value(_ levels: Int) throws(Failure) -> JSON {
    switch current {
    case UInt8(ascii: "{"): return try object(levels)
    case UInt8(ascii: "["): return try array(levels)
    case UInt8(ascii: "\""): return .string(try string())
    case .some(UInt8(ascii: "-")), .some(UInt8(ascii: "0")...UInt8(ascii: "9")): return try number()
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: throw failure(current == nil ? "expected a value before the end" : "expected a value")
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(Failure) -> JSON {
    let letters = Array("\(word)".utf8)
    guard bytes[position...].starts(with: letters) else { throw failure("expected a value") }
    position += letters.count
    return value
  }

  private mutating func array(_ levels: Int) throws(Failure) -> JSON {
    guard levels > 0 else { throw failure("more than \(depth) levels") }
    position += 1
    var elements: [JSON] = []
    skipBlanks()
    if take("]") { return .array([]) }
    repeat {
      skipBlanks()
      elements.append(try value(levels - 1))
      skipBlanks()
    } while take(",")
    guard take("]") else { throw failure("expected `,` or `]`") }
    return .array(elements)
  }

  private mutating func object(_ levels: Int) throws(Failure) -> JSON {
    guard levels > 0 else { throw failure("more than \(depth) levels") }
    position += 1
    var members: [JSON.Member] = []
    skipBlanks()
    if take("}") { return .object(members) }
    repeat {
      skipBlanks()
      guard current == UInt8(ascii: "\"") else { throw failure("expected a name in quotes") }
      let name = try string()
      skipBlanks()
      guard take(":") else { throw failure("expected `:`") }
      skipBlanks()
      members.append(JSON.Member(name, try value(levels - 1)))
      skipBlanks()
    } while take(",")
    guard take("}") else { throw failure("expected `,` or `}`") }
    return .object(members)
  }

  private mutating func string() throws(Failure) -> String {
    let start = position
    position += 1
    let plain = position
    while let byte = current, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 { position += 1 }
    // Most strings have no escapes and are read at once.
    if current == UInt8(ascii: "\"") {
      defer { position += 1 }
      return String(decoding: bytes[plain..<position], as: UTF8.self)
    }
    var result = Array(bytes[plain..<position])
    while let byte = current {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: result, as: UTF8.self)
      case UInt8(ascii: "\\"): result.append(contentsOf: String(try escape()).utf8)
      case 0..<0x20: throw failure("expected an escape for a control character", at: position - 1)
      default: result.append(byte)
      }
    }
    throw failure("expected the `\"` that ends this text", at: start)
  }

  /// What stands behind a backslash.
  private mutating func escape() throws(Failure) -> Unicode.Scalar {
    let start = position - 1
    guard let byte = current else { throw failure("expected an escape", at: start) }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): break
    default: throw failure("expected an escape that JSON has", at: start)
    }
    let first = try unit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    if UTF16.isLeadSurrogate(first), take("\\"), take("u") {
      let second = try unit()
      if UTF16.isTrailSurrogate(second) {
        return UTF16.decode(UTF16.EncodedScalar([first, second]))
      }
    }
    throw failure("expected both halves of a surrogate pair", at: start)
  }

  private mutating func unit() throws(Failure) -> UInt16 {
    let digits = bytes[position...].prefix(4)
    // The initialiser would take a sign as well.
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("expected four hexadecimal digits") }
    position += 4
    return unit
  }

  private mutating func number() throws(Failure) -> JSON {
    let start = position
    let isNegative = take("-")
    let first = position
    try digits()
    if bytes[first] == UInt8(ascii: "0"), position > first + 1 {
      throw failure("expected a number without leading zeros", at: start)
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      _ = take("+") || take("-")
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole {
      // There is no whole number -0.
      if let whole = Int(text), whole != 0 || !isNegative { return .int(whole) }
      if bytes[first] != UInt8(ascii: "0") {
        switch largeNumbers {
        case .round: break
        case .text: return .string(text)
        case .fail: throw failure("expected a number of at most 64 bits", at: start)
        }
      }
    }
    guard let number = Double(text), number.isFinite else {
      throw failure("expected a number below 1.8e308", at: start)
    }
    return .double(number)
  }

  private mutating func digits() throws(Failure) {
    let start = position
    while let byte = current, UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte { position += 1 }
    if position == start { throw failure("expected a digit") }
  }
}
