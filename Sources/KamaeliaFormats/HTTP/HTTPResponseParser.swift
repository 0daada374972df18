/// Reads the responses to one request after the other, however the bytes come.
///
/// It is told of each request before its response, since the response to HEAD has no content.
/// - Note: RFC 9112, 4 and 6.3.
package struct HTTPResponseParser: Sendable {
  /// What was read.
  package enum Event: Sendable, Equatable {
    /// A response begins; statuses from 100 to 199 come before the one that counts, and have no end of their own.
    case head(HTTPResponseHead)
    /// Some of its content; not empty.
    case content(ArraySlice<UInt8>)
    /// It ends.
    case end(trailer: HTTPFields)
  }

  private enum State {
    case line
    case fields(StatusLine, HTTPFieldSection)
    case body(HTTPBodyReader)
    case refused(HTTPRefusal)
  }

  /// What is taken is bounded by these.
  package let limits: HTTPLimits
  private var methods: [String] = []
  private var state = State.line
  private var queue = ByteQueue()

  package init(limits: HTTPLimits = HTTPLimits()) { self.limits = limits }

  /// A request of that method was sent.
  package mutating func expect(_ method: String) { methods.append(method) }

  /// Adds bytes that have come.
  package mutating func append(_ bytes: ArraySlice<UInt8>) { queue.append(bytes) }

  /// Takes all that was appended and not read, for another protocol to go on with.
  package mutating func takeRest() -> ArraySlice<UInt8> { queue.take(upTo: .max) }

  /// Reads on.
  ///
  /// - Returns: the next event, `nil` if that needs more bytes.
  /// - Throws: 502 with what is wrong; nothing more can be read then.
  package mutating func next() throws(HTTPRefusal) -> Event? {
    do {
      return try advance()
    } catch {
      let refusal = HTTPRefusal(502, error.reason)
      state = .refused(refusal)
      throw refusal
    }
  }

  /// Reads the end of the connection, after all events were taken.
  ///
  /// - Returns: the end of a response that has none of its own; `nil` between responses.
  /// - Throws: 502 in the middle of a response.
  package mutating func finish() throws(HTTPRefusal) -> Event? {
    switch state {
    case .refused(let refusal): throw refusal
    case .line where queue.count == 0: return nil
    case .body(let reader) where reader.endsWithConnection:
      state = .line
      return .end(trailer: HTTPFields())
    default: throw HTTPRefusal(502, "the connection ended in the middle of a response")
    }
  }

  private mutating func advance() throws(HTTPRefusal) -> Event? {
    while true {
      switch state {
      case .refused(let refusal): throw refusal
      case .line:
        switch queue.takeLine(limit: limits.startLine) {
        case .incomplete: return nil
        case .tooLong: throw HTTPRefusal(502, "the status line is longer than \(limits.startLine) bytes")
        case .bareLineFeed: throw HTTPRefusal(502, "a line ends without a carriage return")
        case .line(let line): state = .fields(try StatusLine(line), HTTPFieldSection())
        }
      case .fields(let line, var section):
        state = .line
        let isComplete = try section.read(&queue, limits)
        guard isComplete else {
          state = .fields(line, section)
          return nil
        }
        return .head(try begin(line, section.fields))
      case .body(var reader):
        let part = try reader.next(&queue)
        state = .body(reader)
        switch part {
        case nil: return nil
        case .content(let bytes): return .content(bytes)
        case .end(let trailer):
          state = .line
          return .end(trailer: trailer)
        }
      }
    }
  }

  private mutating func begin(_ line: StatusLine, _ fields: HTTPFields) throws(HTTPRefusal) -> HTTPResponseHead {
    let head = HTTPResponseHead(line.status, fields, version: line.version)
    if head.status.code < 200 {
      state = .line
      return head
    }
    guard let method = methods.first else { throw HTTPRefusal(502, "a response came without a request") }
    methods.removeFirst()
    let isBodiless = method == "HEAD" || head.status.hasNoContent
    state = .body(HTTPBodyReader(try HTTPFraming.ofResponse(fields, isBodiless: isBodiless), limits))
    return head
  }
}

/// A response's first line.
struct StatusLine: Sendable {
  let version: HTTPVersion
  let status: HTTPStatus

  /// - Parameter bytes: the line without its end.
  init(_ bytes: ArraySlice<UInt8>) throws(HTTPRefusal) {
    version = try HTTPVersion(bytes.prefix(8))
    let rest = bytes.dropFirst(8)
    var code = 0
    for byte in rest.dropFirst().prefix(3) { code = code * 10 + (byte.decimalValue ?? 1000) }
    guard rest.count >= 4, rest.first == 0x20, let status = HTTPStatus(code: code),
      rest.count == 4 || rest.dropFirst(4).first == 0x20, rest.dropFirst(4).allSatisfy(\.isFieldCharacter)
    else { throw HTTPRefusal(502, "the status line is malformed") }
    self.status = status
  }
}
