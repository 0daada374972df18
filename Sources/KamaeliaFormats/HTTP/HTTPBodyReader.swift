/// Reads a message's content to its end, and the trailer if there is one.
///
/// - Note: RFC 9112, 7.1.
struct HTTPBodyReader: Sendable {
  /// What was read.
  enum Part {
    /// Some of the content; not empty.
    case content(ArraySlice<UInt8>)
    /// The end, with the trailer's fields.
    case end(HTTPFields)
  }

  private enum State {
    case length(left: Int)
    case untilClose
    case chunkSize
    case chunk(left: Int)
    case chunkEnd
    case trailer(HTTPFieldSection)
  }

  private var state: State
  private let limits: HTTPLimits
  private var content = 0
  private var overhead = 0

  init(_ framing: HTTPFraming, _ limits: HTTPLimits) {
    self.limits = limits
    state =
      switch framing {
      case .length(let length): .length(left: length)
      case .chunked: .chunkSize
      case .untilClose: .untilClose
      }
  }

  /// The end of the connection is the end of the content, and nothing else will be.
  var endsWithConnection: Bool { if case .untilClose = state { true } else { false } }

  /// Reads what comes next; `nil` if that has not come yet.
  ///
  /// - Throws: 400 for malformed chunks, 413 for too much content, 431 for too long a trailer.
  mutating func next(_ queue: inout ByteQueue) throws(HTTPRefusal) -> Part? {
    while true {
      switch state {
      case .length(0): return .end(HTTPFields())
      case .length(let left):
        guard queue.count > 0 else { return nil }
        let taken = queue.take(upTo: left)
        state = .length(left: left - taken.count)
        return .content(taken)
      case .untilClose:
        guard queue.count > 0 else { return nil }
        let taken = queue.take(upTo: .max)
        try count(taken.count)
        return .content(taken)
      case .chunkSize: if try !readSize(&queue) { return nil }
      case .chunk(let left):
        guard queue.count > 0 else { return nil }
        let taken = queue.take(upTo: left)
        state = left == taken.count ? .chunkEnd : .chunk(left: left - taken.count)
        return .content(taken)
      case .chunkEnd: if try !readChunkEnd(&queue) { return nil }
      case .trailer(var section):
        let isComplete = try section.read(&queue, limits)
        state = .trailer(section)
        guard isComplete else { return nil }
        for name in ["Content-Length", "Transfer-Encoding", "Host"] where section.fields.has(name) {
          throw HTTPRefusal(400, "a trailer has a \(name)")
        }
        return .end(section.fields)
      }
    }
  }

  private mutating func count(_ more: Int) throws(HTTPRefusal) {
    guard more <= limits.body - content else {
      throw HTTPRefusal(413, "the content is longer than \(limits.body) bytes")
    }
    content += more
  }

  private mutating func readSize(_ queue: inout ByteQueue) throws(HTTPRefusal) -> Bool {
    switch queue.takeLine(limit: limits.chunkOverhead) {
    case .incomplete: return false
    case .tooLong: throw HTTPRefusal(400, "the extensions of a chunk are too long")
    case .bareLineFeed: throw HTTPRefusal(400, "a chunk's size ends without a carriage return")
    case .line(let line):
      let size = try HTTPChunk.size(line)
      try count(size)
      overhead += max(0, line.count - 16)
      guard overhead <= limits.chunkOverhead else {
        throw HTTPRefusal(400, "the extensions of chunks are too long")
      }
      state = size == 0 ? .trailer(HTTPFieldSection()) : .chunk(left: size)
      return true
    }
  }

  private mutating func readChunkEnd(_ queue: inout ByteQueue) throws(HTTPRefusal) -> Bool {
    guard let first = queue.first else { return false }
    guard first == 0x0D else { throw HTTPRefusal(400, "a chunk is longer than its size") }
    guard let second = queue.second else { return false }
    guard second == 0x0A else { throw HTTPRefusal(400, "a chunk is longer than its size") }
    _ = queue.take(upTo: 2)
    state = .chunkSize
    return true
  }
}
