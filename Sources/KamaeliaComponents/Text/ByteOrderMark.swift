/// Takes the byte order mark of UTF-8 off the beginning of a stream, however the stream comes in pieces.
///
/// Editors and spreadsheets write it at the beginning of a file, where it says nothing and is no part of the text. It holds at
/// most two bytes between pieces. It also sees where a stream begins as one in another encoding does.
struct ByteOrderMark {
  private static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
  /// Those of UTF-16, which are no UTF-8.
  private static let others: [[UInt8]] = [[0xFF, 0xFE], [0xFE, 0xFF]]

  /// What has come so far and may be the beginning of a mark; nil once that is decided.
  private var beginning: [UInt8]?

  /// - Parameter isAtBeginning: false for a stream that is taken up in its middle.
  init(isAtBeginning: Bool = true) { beginning = isAtBeginning ? [] : nil }

  /// The encoding that the stream seems to have, where that is not UTF-8; known once that is decided.
  private(set) var foreign: TextEncoding?

  /// Whether all that comes belongs to the text.
  var isDecided: Bool { beginning == nil }

  /// What of the next piece belongs to the text.
  mutating func remove(from piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let held = beginning, !piece.isEmpty else { return piece }
    let all = held.isEmpty ? piece : (held + piece)[...]
    if ([Self.bytes] + Self.others).contains(where: { all.count < $0.count && $0.starts(with: all) }) {
      beginning = Array(all)
      return []
    }
    beginning = nil
    foreign = Self.foreign(Array(all.prefix(4)))
    return all.starts(with: Self.bytes) ? all.dropFirst(Self.bytes.count) : all
  }

  /// - Parameter bytes: the first four, or fewer where there are no more yet.
  private static func foreign(_ bytes: [UInt8]) -> TextEncoding? {
    if others.contains(where: bytes.starts) { return .utf16 }
    // Two characters of ASCII: text of UTF-8 has no NUL.
    guard bytes.count == 4 else { return nil }
    switch bytes.map({ $0 == 0 }) {
    case [false, true, false, true]: return .utf16le
    case [true, false, true, false]: return .utf16be
    default: return nil
    }
  }

  /// What is left at the end: the bytes of a mark that never came whole. What comes next is another stream.
  mutating func finish() -> [UInt8] {
    defer { beginning = [] }
    return beginning ?? []
  }

  /// What to tell a user whose text is in another encoding.
  ///
  /// - Parameters:
  ///   - what: whose text it is.
  ///   - remedy: what makes text of the bytes, and where to put it.
  static func warning(_ encoding: TextEncoding, _ what: String, remedy: String) -> String {
    "\(what) begins as \(encoding.title) does, and is read as UTF-8; \(remedy)"
  }

  /// The text without its mark.
  static func removed(from text: String) -> String {
    text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }
}
