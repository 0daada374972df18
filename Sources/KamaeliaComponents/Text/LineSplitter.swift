import Kamaelia

/// Cuts a stream of bytes into lines, however the stream comes in pieces.
///
/// A line ends with `\n`, and a `\r` right before it belongs to the end; where that is wanted, it also ends with a `\r` alone,
/// and is there as soon as that is. The last line may lack its end. A byte order mark at the beginning is no part of the
/// first line. What it gives depends on the bytes alone and not on how they were cut. It holds at most one line and the
/// piece that was added last.
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
  let ends: LineEnds
  /// How many lines have ended.
  private(set) var lines = 0
  /// The beginning of a line whose end is not there yet.
  private var partial: [UInt8] = []
  private var rest: ArraySlice<UInt8> = []
  private var isInsideLong = false
  /// Whether a `\r` has ended the line before, so that a `\n` that comes next belongs to the same end.
  private var isBehindReturn = false
  private var mark: ByteOrderMark

  /// - Parameters:
  ///   - longest: bytes of a line without its end, 1 or more.
  ///   - isAtBeginning: false for a stream that is taken up in its middle.
  init(longest: Int, ends: LineEnds = .lf, isAtBeginning: Bool = true) {
    precondition(longest > 0)
    self.longest = longest
    self.ends = ends
    mark = ByteOrderMark(isAtBeginning: isAtBeginning)
  }

  /// The encoding that the stream seems to have, where that is not UTF-8.
  var foreign: TextEncoding? { mark.foreign }

  /// Adds what comes next in the stream, once `next()` has given nil.
  mutating func add(_ bytes: Bytes) { rest = mark.remove(from: bytes.storage) }

  /// The next piece, or nil when more bytes are needed.
  mutating func next() -> Piece? {
    if isBehindReturn, let first = rest.first {
      isBehindReturn = false
      if first == Self.newline { rest.removeFirst() }
    }
    if isInsideLong { return nextOfLong() }
    // No line that fits ends behind this.
    let window = rest.prefix(longest + 2 - partial.count)
    guard let end = end(in: window) else {
      partial += window
      rest = rest[window.endIndex...]
      return isTooLong ? nextOfLong() : nil
    }
    let whole = partial.isEmpty ? rest[..<end] : (partial + rest[..<end])[...]
    let line = ends == .lf && whole.last == Self.carriageReturn ? whole.dropLast() : whole
    if line.count > longest { return nextOfLong() }
    isBehindReturn = rest[end] == Self.carriageReturn
    rest = rest[(end + 1)...]
    partial = []
    lines += 1
    return .line(Bytes(line))
  }

  /// What is left at the end of the stream, piece by piece, once `next()` has given nil; then nil.
  ///
  /// What is added after that is another stream.
  mutating func finish() -> Piece? {
    partial += mark.finish()
    isBehindReturn = false
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
    if ends == .any { return partial.count > longest }
    return partial.count > longest + 1 || (partial.count > longest && partial[longest] != Self.carriageReturn)
  }

  /// Gives the line in hand in pieces whose cuts count from its beginning.
  private mutating func nextOfLong() -> Piece? {
    isInsideLong = true
    // What was gathered holds no end; what comes may.
    if partial.count < longest {
      let room = rest.prefix(longest - partial.count)
      let taken = end(in: room).map { rest[...$0] } ?? room
      partial += taken
      rest = rest[taken.endIndex...]
    }
    if let last = partial.last, isEnd(last) {
      defer { partial = [] }
      isBehindReturn = last == Self.carriageReturn
      isInsideLong = false
      lines += 1
      return .tooLong(Bytes(partial), line: lines)
    }
    guard partial.count >= longest else { return nil }
    defer { partial.removeFirst(longest) }
    return .tooLong(Bytes(Array(partial[..<longest])), line: lines + 1)
  }

  private func isEnd(_ byte: UInt8) -> Bool {
    byte == Self.newline || (ends == .any && byte == Self.carriageReturn)
  }

  /// Where the first line's end is.
  private func end(in bytes: ArraySlice<UInt8>) -> Int? {
    // Through a buffer the search is a plain loop over memory; through the slice it is checked at every byte.
    bytes.withUnsafeBufferPointer { buffer in
      let place =
        ends == .lf
        ? buffer.firstIndex(of: Self.newline)
        : buffer.firstIndex { $0 == Self.newline || $0 == Self.carriageReturn }
      return place.map { bytes.startIndex + $0 }
    }
  }
}
