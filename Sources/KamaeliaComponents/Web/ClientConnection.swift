import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// A connection to a server, over which requests are made one after the other.
struct ClientConnection: Sendable {
  /// The connection has ended before anything of an answer came; a new one may go better.
  struct Stale: Error {}

  let connection: Connection
  /// A URL of the server.
  let url: HTTPURL

  static func open(to url: HTTPURL) async throws -> ClientConnection {
    let connection = try await outside {
      let addresses = try await HostLookup.addresses(of: url.host, port: url.port)
      return try await Connection.open(toOneOf: addresses)
    }
    return ClientConnection(connection: connection, url: url)
  }

  /// Whether a request may be made over it that was not opened for it: nothing has come that nobody asked for, and the server
  /// has not closed.
  func serves(_ request: ClientRequest) -> Bool {
    request.content == nil && request.isIdempotent && request.url.hasOrigin(of: url) && connection.isQuiet
  }

  /// Makes a request and reads the answer.
  ///
  /// - Parameter limit: the most bytes that the content may have.
  /// - Returns: the answer, and whether another request may follow.
  /// - Throws: ``Stale``; ``WebFetchFailure`` for an answer that is none; what is wrong with the connection.
  func answer(to request: ClientRequest, limit: Int) async throws -> (ClientAnswer, isPersistent: Bool) {
    let head: [UInt8]
    do throws(HTTPFieldError) {
      // A content may still be under way when the answer comes, and nothing can follow it then.
      head = try HTTPRequestWriter.head(
        request.method, request.url, length: request.content?.count, fields: try request.allFields(),
        isLast: request.content != nil)
    } catch {
      throw WebFetchFailure(error.description)
    }
    guard let content = request.content else {
      do { try await outside { try await connection.write(head) } } catch is SystemError { throw Stale() }
      return try await read(to: request.method, limit)
    }
    // Side by side, since the server may answer before it has read all, and read no more.
    async let isWritten: Void = send(head + content)
    let (answer, _) = try await read(to: request.method, limit)
    _ = await isWritten
    return (answer, false)
  }

  private func send(_ bytes: [UInt8]) async {
    do { try await outside { try await connection.write(bytes) } } catch {
      // What the server says of it is the better reason; where it says nothing, reading fails as well.
    }
  }

  private func read(to method: String, _ limit: Int) async throws -> (ClientAnswer, isPersistent: Bool) {
    var reading = AnswerReading(method: method, limit: limit)
    while true {
      let bytes: [UInt8]
      do { bytes = try await outside { try await connection.read(upTo: 65_536) } } catch let error as SystemError {
        if !reading.hasBegun { throw Stale() }
        throw error
      }
      if bytes.isEmpty, !reading.hasBegun { throw Stale() }
      if let answer = try reading.add(bytes[...]) { return (answer, reading.isPersistent) }
    }
  }
}

/// An answer that is being read.
private struct AnswerReading {
  private let method: String
  private let limit: Int
  private var parser: HTTPResponseParser
  private var head: HTTPResponseHead?
  private var content: [UInt8] = []
  private(set) var hasBegun = false
  private(set) var isPersistent = false

  init(method: String, limit: Int) {
    self.method = method
    self.limit = limit
    var limits = HTTPLimits()
    // Counted here, to say it in other words.
    limits.body = .max
    parser = HTTPResponseParser(limits: limits)
    parser.expect(method)
  }

  /// - Parameter bytes: what has come; nothing for the end of the connection.
  /// - Returns: the answer when it is whole.
  mutating func add(_ bytes: ArraySlice<UInt8>) throws -> ClientAnswer? {
    hasBegun = true
    parser.append(bytes)
    do throws(HTTPRefusal) {
      while let event = try parser.next() {
        switch event {
        case .head(let head): if let problem = begin(head) { throw problem }
        case .content(let bytes):
          guard bytes.count <= limit - content.count else { throw tooLong }
          content += bytes
        case .end: return answer()
        }
      }
      guard bytes.isEmpty else { return nil }
      guard case .end = try parser.finish() else { throw HTTPRefusal(502, "the connection ended before an answer") }
      isPersistent = false
      return answer()
    } catch {
      throw WebFetchFailure(error == tooLong ? error.reason : "the answer cannot be read: \(error.reason)")
    }
  }

  private var tooLong: HTTPRefusal { HTTPRefusal(502, "the answer has more than \(limit) bytes") }

  private mutating func begin(_ head: HTTPResponseHead) -> HTTPRefusal? {
    if head.status == 101 { return HTTPRefusal(502, "the server goes on with another protocol") }
    if head.status.code < 200 { return nil }
    let hasContent = method != "HEAD" && !head.status.hasNoContent
    // One that no Int holds is longer than any limit.
    if hasContent, let length = head.fields["Content-Length"], Int(length) ?? .max > limit { return tooLong }
    if hasContent, let coding = head.fields.elements(of: "Content-Encoding").first(where: { $0 != "identity" }) {
      return HTTPRefusal(
        502,
        "its content is packed by `\(coding)`, though it was asked for as it is; a program unpacks it, such as `curl -sS --compressed URL`"
      )
    }
    let isOld = head.version == .http10
    isPersistent =
      isOld ? head.fields.lists("keep-alive", in: "Connection") : !head.fields.lists("close", in: "Connection")
    self.head = head
    return nil
  }

  private func answer() -> ClientAnswer? {
    head.map { ClientAnswer(status: $0.status.code, fields: $0.fields, content: content) }
  }
}
