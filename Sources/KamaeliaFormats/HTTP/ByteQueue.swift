/// Bytes that have come and are not read yet, taken as lines or as runs.
///
/// It holds what was appended and not taken; the reader bounds that by appending no more before it has taken all it can.
struct ByteQueue: Sendable {
  /// What became of the wish for a line.
  enum Line {
    /// The line without its end.
    case line(ArraySlice<UInt8>)
    /// The end has not come yet.
    case incomplete
    /// It is longer than allowed.
    case tooLong
    /// It ends with a line feed that no carriage return is before.
    case bareLineFeed
  }

  private var bytes: [UInt8] = []
  private var start = 0
  /// No line feed is before it.
  private var searched = 0

  /// How many bytes are not taken yet.
  var count: Int { bytes.count - start }

  /// Adds bytes at the end.
  mutating func append(_ more: ArraySlice<UInt8>) {
    if start == bytes.count {
      bytes.removeAll(keepingCapacity: bytes.capacity <= 4096)
      (start, searched) = (0, 0)
    } else if start > 4096, start > bytes.count / 2 {
      bytes.removeFirst(start)
      searched = max(0, searched - start)
      start = 0
    }
    bytes.append(contentsOf: more)
  }

  /// Takes the next line, which ends with a carriage return and a line feed.
  ///
  /// Whether a line is too long depends on the bytes alone and not on how they came.
  mutating func takeLine(limit: Int) -> Line {
    let end = min(bytes.count, start + limit + 2)
    var index = max(start, searched)
    while index < end, bytes[index] != 0x0A { index += 1 }
    searched = index
    guard index < end else { return count >= limit + 2 ? .tooLong : .incomplete }
    guard index > start, bytes[index - 1] == 0x0D else { return .bareLineFeed }
    let line = bytes[start..<index - 1]
    start = index + 1
    searched = start
    return .line(line)
  }

  /// Takes the next bytes, as many as there are up to a limit.
  mutating func take(upTo limit: Int) -> ArraySlice<UInt8> {
    let slice = bytes[start..<start + min(count, limit)]
    start = slice.endIndex
    return slice
  }

  /// The next byte, which stays; `nil` if there is none.
  var first: UInt8? { start < bytes.count ? bytes[start] : nil }

  /// The byte after the next one, which stays; `nil` if there is none.
  var second: UInt8? { start + 1 < bytes.count ? bytes[start + 1] : nil }
}
