import Kamaelia

/// Cuts a stream of bytes into lines, however the stream comes in pieces.
///
/// A line ends with `\n`, and a `\r` right before it belongs to the end; the last line may lack its end. What it gives
/// depends on the bytes alone and not on how they were cut. It holds at most one line and the piece that was added last.
struct LineSplitter {
  enum Piece: Hashable {
    /// The bytes of a line, without its end.
    case line(Bytes)
    /// Part of a line with more than `longest` bytes, its end included: `longest` bytes, fewer at the line's end.
    /// Lines count from 1.
    case tooLong(Bytes, line: Int)
  }

  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  let longest: Int
  /// How many lines have ended.
  private(set) var lines = 0
  /// The beginning of a line whose end is not there yet.
  private var partial: [UInt8] = []
  private var rest: ArraySlice<UInt8> = []
  private var isInsideLong = false

  /// - Parameter longest: bytes of a line without its end, 1 or more.
  init(longest: Int) {
    precondition(longest > 0)
    self.longest = longest
  }

  /// Adds what comes next in the stream, once `next()` has given nil.
  mutating func add(_ bytes: Bytes) { rest = bytes.storage }

  /// The next piece, or nil when more bytes are needed.
  mutating func next() -> Piece? {
    if isInsideLong { return nextOfLong() }
    // No line that fits ends behind this.
    let window = rest.prefix(longest + 2 - partial.count)
    guard let end = Self.newline(in: window) else {
      partial += window
      rest = rest[window.endIndex...]
      return isTooLong ? nextOfLong() : nil
    }
    let line = Self.withoutReturn(partial.isEmpty ? rest[..<end] : (partial + rest[..<end])[...])
    if line.count > longest { return nextOfLong() }
    rest = rest[(end + 1)...]
    partial = []
    lines += 1
    return .line(Bytes(line))
  }

  /// What is left at the end of the stream, piece by piece, once `next()` has given nil; then nil.
  mutating func finish() -> Piece? {
    guard !partial.isEmpty else {
      isInsideLong = false
      return nil
    }
    if isInsideLong || partial.count > longest {
      isInsideLong = true
      let part = partial.prefix(longest)
      partial.removeFirst(part.count)
      if partial.isEmpty { lines += 1 }
      return .tooLong(Bytes(Array(part)), line: partial.isEmpty ? lines : lines + 1)
    }
    defer { partial = [] }
    lines += 1
    return .line(Bytes(partial))
  }

  /// Whether the line that has begun cannot become one of `longest` bytes any more.
  private var isTooLong: Bool {
    partial.count > longest + 1 || (partial.count > longest && partial[longest] != Self.carriageReturn)
  }

  /// Gives the line in hand in pieces whose cuts count from its beginning.
  private mutating func nextOfLong() -> Piece? {
    isInsideLong = true
    // What was gathered holds no newline; what comes may.
    if partial.count < longest {
      let room = rest.prefix(longest - partial.count)
      let taken = Self.newline(in: room).map { rest[...$0] } ?? room
      partial += taken
      rest = rest[taken.endIndex...]
    }
    if partial.last == Self.newline {
      defer { partial = [] }
      isInsideLong = false
      lines += 1
      return .tooLong(Bytes(partial), line: lines)
    }
    guard partial.count >= longest else { return nil }
    defer { partial.removeFirst(longest) }
    return .tooLong(Bytes(Array(partial[..<longest])), line: lines + 1)
  }

  private static func withoutReturn(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    line.last == carriageReturn ? line.dropLast() : line
  }

  private static func newline(in bytes: ArraySlice<UInt8>) -> Int? {
    // Through a buffer the search is a plain loop over memory; through the slice it is checked at every byte.
    bytes.withUnsafeBufferPointer { buffer in buffer.firstIndex(of: newline).map { bytes.startIndex + $0 } }
  }
}
