import Kamaelia

/// Reads a stream of bytes as text, however the stream comes in pieces.
///
/// It holds at most three bytes between pieces. The texts that it gives, put together, depend on the bytes alone.
struct TextDecoder {
  /// What becomes of bytes that are none of the encoding.
  enum Policy: String, ChoiceParameter {
    /// U+FFFD stands in their place, one for each part that could not have gone on to be a character.
    case replace
    /// They are an error.
    case fail
  }

  let encoding: TextEncoding
  let policy: Policy
  /// Bytes of the stream before `carried`.
  private var offset = 0
  /// The beginning of a character whose rest is not there yet.
  private var carried: [UInt8] = []
  private var isAtBeginning = true
  private var isLittleEndian: Bool

  init(_ encoding: TextEncoding, _ policy: Policy) {
    self.encoding = encoding
    self.policy = policy
    isLittleEndian = encoding == .utf16le
  }

  /// Reads what comes next.
  ///
  /// - Returns: all characters that are complete by now; may be empty.
  /// - Throws: ``TextError/notDecodable(_:offset:)`` under `fail`.
  mutating func decode(_ bytes: Bytes) throws(TextError) -> String {
    let all = carried.isEmpty ? bytes.storage : (carried + bytes.storage)[...]
    let complete = all.dropLast(countOfIncomplete(all))
    carried = Array(all[complete.endIndex...])
    return try read(complete)
  }

  /// Reads what is left at the end: nothing, or one character that was cut off.
  mutating func finish() throws(TextError) -> String {
    defer { self = TextDecoder(encoding, policy) }
    let last = carried[...]
    carried = []
    return try read(last)
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>) throws(TextError) -> String {
    guard !bytes.isEmpty else { return "" }
    defer {
      offset += bytes.count
      isAtBeginning = false
    }
    switch encoding {
    case .latin1: return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    case .utf8: return try readUTF8(bytes)
    case .utf16, .utf16le, .utf16be: return try readUTF16(bytes)
    }
  }

  private func readUTF8(_ bytes: ArraySlice<UInt8>) throws(TextError) -> String {
    // A byte order mark says nothing in UTF-8 and is no part of the text.
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = isAtBeginning && bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes
    if policy == .replace { return String(decoding: content, as: UTF8.self) }
    if let text = String(validating: content, as: UTF8.self) { return text }
    throw .notDecodable(.utf8, offset: offset + Self.firstInvalid(of: content) - bytes.startIndex)
  }

  private static func firstInvalid(of bytes: ArraySlice<UInt8>) -> Int {
    var position = bytes.startIndex
    while position < bytes.endIndex {
      let count = Self.lengthInUTF8(bytes[position])
      guard position + count <= bytes.endIndex,
        String(validating: bytes[position..<position + count], as: UTF8.self) != nil
      else { return position }
      position += count
    }
    return position
  }

  private mutating func readUTF16(_ bytes: ArraySlice<UInt8>) throws(TextError) -> String {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2 + 1)
    var position = bytes.startIndex
    if isAtBeginning, encoding == .utf16, bytes.count >= 2 {
      let mark = [bytes[position], bytes[position + 1]]
      isLittleEndian = mark == [0xFF, 0xFE]
      if isLittleEndian || mark == [0xFE, 0xFF] { position += 2 }
    }
    while position + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[position]), UInt16(bytes[position + 1]))
      units.append(isLittleEndian ? second << 8 | first : first << 8 | second)
      position += 2
    }
    let hasHalf = position < bytes.endIndex
    if policy == .replace { return String(decoding: units, as: UTF16.self) + (hasHalf ? "\u{FFFD}" : "") }
    if !hasHalf, let text = String(validating: units, as: UTF16.self) { return text }
    let valid = Self.countOfValid(units)
    throw .notDecodable(encoding, offset: offset + bytes.count - (hasHalf ? 1 : 0) - 2 * (units.count - valid))
  }

  /// How many units there are before the first surrogate without its other half.
  private static func countOfValid(_ units: [UInt16]) -> Int {
    var position = 0
    while position < units.count {
      if UTF16.isTrailSurrogate(units[position]) { return position }
      let isPair = UTF16.isLeadSurrogate(units[position])
      if isPair, position + 1 == units.count || !UTF16.isTrailSurrogate(units[position + 1]) { return position }
      position += isPair ? 2 : 1
    }
    return position
  }

  /// How many bytes at the end begin a character that more bytes could complete.
  private func countOfIncomplete(_ bytes: ArraySlice<UInt8>) -> Int {
    switch encoding {
    case .latin1: return 0
    case .utf8: return Self.countOfIncompleteUTF8(bytes)
    case .utf16, .utf16le, .utf16be:
      // The order is not known before the first two bytes.
      if bytes.count < 2 { return bytes.count }
      var isLittle = isLittleEndian
      if isAtBeginning, encoding == .utf16 { isLittle = bytes.starts(with: [0xFF, 0xFE]) }
      let half = bytes.count % 2
      let high = bytes[bytes.endIndex - half - (isLittle ? 1 : 2)]
      return half + (0xD8...0xDB ~= high ? 2 : 0)
    }
  }

  /// - Note: Unicode 16, table 3-7, which narrows the second byte after E0, ED, F0 and F4.
  private static func countOfIncompleteUTF8(_ bytes: ArraySlice<UInt8>) -> Int {
    for count in 1...3 where count <= bytes.count {
      let lead = bytes[bytes.endIndex - count]
      if lead & 0xC0 == 0x80 { continue }
      guard lead >= 0xC2, lead <= 0xF4, count < lengthInUTF8(lead) else { return 0 }
      if count == 1 { return 1 }
      let seconds: ClosedRange<UInt8> =
        switch lead {
        case 0xE0: 0xA0...0xBF
        case 0xED: 0x80...0x9F
        case 0xF0: 0x90...0xBF
        case 0xF4: 0x80...0x8F
        default: 0x80...0xBF
        }
      return seconds ~= bytes[bytes.endIndex - count + 1] ? count : 0
    }
    return 0
  }

  private static func lengthInUTF8(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2...0xDF: 2
    case 0xE0...0xEF: 3
    case 0xF0...0xF4: 4
    default: 1
    }
  }
}
