/// Takes the byte order mark of UTF-8 off the beginning of a stream, however the stream comes in pieces.
///
/// Editors and spreadsheets write it at the beginning of a file, where it says nothing and is no part of the text. It holds at
/// most two bytes between pieces.
struct ByteOrderMark {
  private static let bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// What has come so far and may be the beginning of a mark; nil once that is decided.
  private var beginning: [UInt8]?

  /// - Parameter isAtBeginning: false for a stream that is taken up in its middle.
  init(isAtBeginning: Bool = true) { beginning = isAtBeginning ? [] : nil }

  /// Whether all that comes belongs to the text.
  var isDecided: Bool { beginning == nil }

  /// What of the next piece belongs to the text.
  mutating func remove(from piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let held = beginning, !piece.isEmpty else { return piece }
    let all = held.isEmpty ? piece : (held + piece)[...]
    if all.count < Self.bytes.count, Self.bytes.starts(with: all) {
      beginning = Array(all)
      return []
    }
    beginning = nil
    return all.starts(with: Self.bytes) ? all.dropFirst(Self.bytes.count) : all
  }

  /// What is left at the end: the bytes of a mark that never came whole. What comes next is another stream.
  mutating func finish() -> [UInt8] {
    defer { beginning = [] }
    return beginning ?? []
  }

  /// The text without its mark.
  static func removed(from text: String) -> String {
    text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
  }
}
