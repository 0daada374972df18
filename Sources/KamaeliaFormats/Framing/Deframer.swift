/// Finds the messages in a stream of frames, however the stream comes in pieces.
///
/// What it gives depends on the bytes alone and not on how they were cut. It holds at most one message and the piece
/// that was added last, and takes memory for bytes that have come, not for those that a length announces.
package struct Deframer: Sendable {
  private let framing: Framing
  private let longest: Int
  /// The beginning of a frame whose end is not there yet.
  private var partial: [UInt8] = []
  private var rest: ArraySlice<UInt8> = []
  /// The length of the message that is being read; nil while the length itself is.
  private var length: Int?

  /// - Parameter longest: bytes of a message, 0 or more.
  package init(_ framing: Framing, longest: Int) {
    self.framing = framing
    self.longest = longest
  }

  /// Adds what comes next in the stream, once `next()` has given nil.
  package mutating func add(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The next message, or nil when more bytes are needed.
  ///
  /// - Throws: ``FramingError``, after which nothing can be read any more.
  package mutating func next() throws(FramingError) -> ArraySlice<UInt8>? {
    switch framing {
    case .length(let width):
      if length == nil { try readLength(width) }
      return takeMessage()
    case .decimal:
      if length == nil { try readDigits() }
      return takeMessage()
    case .delimiter(let delimiter): return try takeUntil(delimiter)
    }
  }

  /// Says that the stream has ended, once `next()` has given nil.
  ///
  /// - Throws: ``FramingError/cutOff(bytes:)`` if it did so inside a frame.
  package func finish() throws(FramingError) {
    if length != nil || !partial.isEmpty { throw .cutOff(bytes: partial.count) }
  }

  private mutating func readLength(_ width: Int) throws(FramingError) {
    move(width - partial.count)
    guard partial.count == width else { return }
    let number = partial.reduce(into: UInt64(0)) { $0 = $0 << 8 | UInt64($1) }
    partial = []
    try set(number)
  }

  private mutating func readDigits() throws(FramingError) {
    while let byte = rest.first {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "\n"), !partial.isEmpty {
        let number = partial.reduce(UInt64(0)) { $0 * 10 + UInt64($1 - UInt8(ascii: "0")) }
        partial = []
        return try set(number)
      }
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { throw .noLength(byte: byte) }
      partial.append(byte)
      // 18 digits fit a number; no message has a length of more.
      guard partial.count <= 18 else { throw .endless(longest: longest) }
    }
  }

  private mutating func set(_ number: UInt64) throws(FramingError) {
    guard number <= UInt64(longest) else { throw .tooLong(length: number, longest: longest) }
    length = Int(number)
  }

  private mutating func takeMessage() -> ArraySlice<UInt8>? {
    guard let length else { return nil }
    if partial.isEmpty, rest.count >= length {
      defer { rest = rest.dropFirst(length) }
      self.length = nil
      return rest.prefix(length)
    }
    move(length - partial.count)
    guard partial.count == length else { return nil }
    defer { partial = [] }
    self.length = nil
    return partial[...]
  }

  private mutating func takeUntil(_ delimiter: [UInt8]) throws(FramingError) -> ArraySlice<UInt8>? {
    if !partial.isEmpty {
      // The frame that began earlier: its delimiter may itself be cut in two.
      let start = max(0, partial.count - delimiter.count + 1)
      let before = partial.count
      let window = rest.prefix(longest + delimiter.count - before)
      partial += window
      if let end = Framing.first(delimiter, in: partial[...], from: start) {
        rest = rest.dropFirst(end + delimiter.count - before)
        defer { partial = [] }
        return partial[..<end]
      }
      rest = rest.dropFirst(window.count)
      guard partial.count < longest + delimiter.count else { throw .endless(longest: longest) }
      return nil
    }
    let window = rest.prefix(longest + delimiter.count)
    if let end = Framing.first(delimiter, in: window, from: window.startIndex) {
      defer { rest = rest[(end + delimiter.count)...] }
      return window[..<end]
    }
    guard window.count < longest + delimiter.count else { throw .endless(longest: longest) }
    move(rest.count)
    return nil
  }

  /// Moves at most `count` bytes of the piece to the beginning that is kept.
  private mutating func move(_ count: Int) {
    guard count > 0 else { return }
    partial += rest.prefix(count)
    rest = rest.dropFirst(count)
  }
}
