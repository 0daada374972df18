/// How messages are told apart in a stream of bytes.
package enum Framing: Sendable, Hashable {
  /// Each message follows its length in so many bytes (1, 2, 4 or 8), the most significant one first.
  case length(width: Int)
  /// Each message is followed by these bytes, one or more, and does not hold them.
  case delimiter([UInt8])
  /// Each message follows its length in decimal digits and a line feed.
  case decimal

  /// The bytes that carry `message`.
  ///
  /// - Throws: ``FramingError/tooLong(length:longest:)`` where the length does not fit its bytes,
  ///   ``FramingError/delimiterInside(offset:)``.
  package func frame(_ message: ArraySlice<UInt8>) throws(FramingError) -> [UInt8] {
    switch self {
    case .length(let width):
      let most = width >= 8 ? Int.max : 1 << (8 * width) - 1
      guard message.count <= most else { throw .tooLong(length: UInt64(message.count), longest: most) }
      var frame: [UInt8] = []
      frame.reserveCapacity(width + message.count)
      for shift in (0..<width).reversed() { frame.append(UInt8(truncatingIfNeeded: message.count >> (8 * shift))) }
      return frame + message
    case .delimiter(let delimiter):
      // Looked for in the frame, since the end of the message and the delimiter could make one that begins earlier.
      let frame = Array(message) + delimiter
      if let offset = Self.first(delimiter, in: frame[...], from: 0), offset < message.count {
        throw .delimiterInside(offset: offset)
      }
      return frame
    case .decimal: return Array("\(message.count)\n".utf8) + message
    }
  }

  /// Where `pattern` begins in `bytes` at or behind `start`; nil if it does not.
  static func first(_ pattern: [UInt8], in bytes: ArraySlice<UInt8>, from start: Int) -> Int? {
    guard let head = pattern.first else { return nil }
    var position = start
    while let found = bytes[position...].firstIndex(of: head) {
      if bytes[found...].starts(with: pattern) { return found }
      position = found + 1
    }
    return nil
  }
}

/// Bytes that are no frames, or a message that cannot be one.
package enum FramingError: Error, Hashable, CustomStringConvertible {
  /// A message has more bytes than allowed, or says so.
  case tooLong(length: UInt64, longest: Int)
  /// A message has more bytes than allowed, and its end is not in sight.
  case endless(longest: Int)
  /// A message holds the delimiter; offsets count from 0.
  case delimiterInside(offset: Int)
  /// Something else than digits and a line feed stands where a length should.
  case noLength(byte: UInt8)
  /// The stream ended inside a message.
  case cutOff(bytes: Int)

  package var description: String {
    switch self {
    case .tooLong(let length, let longest):
      "a message of \(length) bytes is longer than the \(longest) that are allowed"
    case .endless(let longest): "a message is longer than the \(longest) bytes that are allowed"
    case .delimiterInside(let offset): "the message holds the delimiter, at offset \(offset)"
    case .noLength(let byte):
      "where a length in decimal digits should be, there is the byte 0x\(String(byte, radix: 16, uppercase: true))"
    case .cutOff(let bytes): "the stream ended inside a message, after \(bytes) bytes of it"
    }
  }
}
