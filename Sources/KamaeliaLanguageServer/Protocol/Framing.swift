/// Why a stream of messages cannot be read on: it is not known where the next message begins.
package enum FramingError: Error, Sendable, Hashable, CustomStringConvertible {
  case headerTooLong(limit: Int)
  case badHeader(String)
  case lengthMissing
  case tooLong(Int, limit: Int)
  case cutShort

  package var description: String {
    switch self {
    case .headerTooLong(let limit): "a header has more than \(limit) bytes"
    case .badHeader(let line): "this is no header: \(line.prefix(60))"
    case .lengthMissing: "a header has no `Content-Length`"
    case .tooLong(let length, let limit): "a message of \(length) bytes is announced; \(limit) are the most"
    case .cutShort: "the input ends inside a message"
    }
  }
}

/// Cuts a stream of bytes into messages, each behind a header that says how long it is.
///
/// - Note: Language Server Protocol 3.17, "Base Protocol". Header lines end with CR LF; a bare LF is taken too.
package struct Framing: Sendable {
  package static let longestHeader = 8 << 10
  package static let longestMessage = 64 << 20

  private var bytes: [UInt8] = []
  /// What of `bytes` has been given away.
  private var start = 0
  /// The length of the message whose header has been read.
  private var length: Int?

  package init() {}

  /// Whether nothing is left over.
  package var isEmpty: Bool { start == bytes.count && length == nil }

  package mutating func add(_ more: some Sequence<UInt8>) {
    if start > 1 << 16 || start == bytes.count {
      bytes.removeFirst(start)
      start = 0
    }
    bytes += more
  }

  /// The next message, without its header; nil where it is not all there yet.
  package mutating func next() throws(FramingError) -> [UInt8]? {
    if length == nil { length = try header() }
    guard let length, bytes.count - start >= length else { return nil }
    defer {
      start += length
      self.length = nil
    }
    return Array(bytes[start..<start + length])
  }

  /// Reads a header, up to the empty line; nil where it is not all there yet.
  private mutating func header() throws(FramingError) -> Int? {
    var length: Int?
    var cursor = start
    while true {
      let rest = bytes[cursor...]
      guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
        if bytes.count - start > Self.longestHeader { throw .headerTooLong(limit: Self.longestHeader) }
        return nil
      }
      if end - start > Self.longestHeader { throw .headerTooLong(limit: Self.longestHeader) }
      var line = bytes[cursor..<end]
      if line.last == UInt8(ascii: "\r") { line.removeLast() }
      cursor = end + 1
      if line.isEmpty {
        guard let length else { throw .lengthMissing }
        start = cursor
        return length
      }
      let text = String(decoding: line, as: UTF8.self)
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2 else { throw .badHeader(text) }
      let value = parts[1].filter { $0 != " " && $0 != "\t" }
      guard parts[0].lowercased() == "content-length" else { continue }
      guard let number = Int(value), number >= 0, length == nil else { throw .badHeader(text) }
      guard number <= Self.longestMessage else { throw .tooLong(number, limit: Self.longestMessage) }
      length = number
    }
  }

  /// A message with its header before it.
  package static func framed(_ message: [UInt8]) -> [UInt8] {
    Array("Content-Length: \(message.count)\r\n\r\n".utf8) + message
  }
}
