/// Reads requests as a server gets them, one after the other, however the bytes come.
///
/// Append what has come, then take events until there are none. It holds what was appended and not yet taken, and at
/// most one head. After an error it stays there and throws the same again.
/// - Note: RFC 9112. Where that lets a server be lenient, this one is not, since what two readers take differently can
///   be used to smuggle a request past one of them.
package struct HTTPRequestParser: Sendable {
  /// What was read.
  package enum Event: Sendable, Equatable {
    /// A request begins.
    case head(HTTPRequestHead)
    /// Some of its content; not empty.
    case content(ArraySlice<UInt8>)
    /// It ends, with the fields that came after chunks.
    case end(trailer: HTTPFields)
  }

  private enum State {
    case line(blanks: Int)
    case fields(RequestLine, HTTPFieldSection)
    case body(HTTPBodyReader)
    case refused(HTTPRefusal)
  }

  /// What is taken is bounded by these; a change counts from the next request on.
  package var limits: HTTPLimits
  private var state = State.line(blanks: 0)
  private var queue = ByteQueue()

  package init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

  /// How many bytes wait to be read.
  package var countWaiting: Int { queue.count }

  /// Nothing of a request has come that is not taken yet.
  package var isBetweenRequests: Bool { if case .line = state { queue.count == 0 } else { false } }

  /// Adds bytes that have come.
  package mutating func append(_ bytes: ArraySlice<UInt8>) { queue.append(bytes) }

  /// Takes all that was appended and not read, for another protocol to go on with.
  package mutating func takeRest() -> ArraySlice<UInt8> { queue.take(upTo: .max) }

  /// Reads on.
  ///
  /// - Returns: the next event, `nil` if that needs more bytes.
  /// - Throws: the answer to a request that is not read on; the connection then closes.
  package mutating func next() throws(HTTPRefusal) -> Event? {
    do {
      return try advance()
    } catch {
      state = .refused(error)
      throw error
    }
  }

  private mutating func advance() throws(HTTPRefusal) -> Event? {
    while true {
      switch state {
      case .refused(let refusal): throw refusal
      case .line(let blanks): if try !readLine(blanks) { return nil }
      case .fields(let line, var section):
        // The old copy goes, so that the section's fields are changed in place.
        state = .line(blanks: 0)
        let isComplete = try section.read(&queue, limits)
        guard isComplete else {
          state = .fields(line, section)
          return nil
        }
        let head = try HTTPRequestHead(line, section.fields, limits)
        state = .body(HTTPBodyReader(head.framing, limits))
        return .head(head)
      case .body(var reader):
        let part = try reader.next(&queue)
        state = .body(reader)
        switch part {
        case nil: return nil
        case .content(let bytes): return .content(bytes)
        case .end(let trailer):
          state = .line(blanks: 0)
          return .end(trailer: trailer)
        }
      }
    }
  }

  private mutating func readLine(_ blanks: Int) throws(HTTPRefusal) -> Bool {
    switch queue.takeLine(limit: limits.startLine) {
    case .incomplete: return false
    case .tooLong: throw HTTPRefusal(414, "the request line is longer than \(limits.startLine) bytes")
    case .bareLineFeed: throw HTTPRefusal(400, "a line ends without a carriage return")
    case .line(let line) where line.isEmpty:
      // RFC 9112, 2.2: some clients send an empty line after the content of the request before.
      guard blanks == 0 else { throw HTTPRefusal(400, "there is no request line") }
      state = .line(blanks: 1)
    case .line(let line): state = .fields(try RequestLine(line), HTTPFieldSection())
    }
    return true
  }
}
