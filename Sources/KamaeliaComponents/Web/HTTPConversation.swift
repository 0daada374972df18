import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// A server's end of a connection: reads requests one after the other, and has them answered.
struct HTTPConversation {
  let connection: Connection
  let site: HTTPSite
  let deadline: Deadline
  /// Takes a line for each request; nil where nobody reads them.
  private let log: ((String) -> Void)?
  private var parser: HTTPRequestParser
  /// Answers that wait for the last of the requests that came together.
  private var output: [UInt8] = []
  private var clock = HTTPClock()
  /// All that could be read was read.
  private var isAtEnd = false
  /// What goes on with the connection when this conversation has ended: another protocol.
  var successor: (@Sendable () async -> Void)?

  /// Answers are sent together up to so many bytes, and long ones in pieces of as many: what a client that reads slowly
  /// may keep us from letting go of.
  static let batch = 16_384

  init(connection: Connection, site: HTTPSite, deadline: Deadline, log: ((String) -> Void)?) {
    self.connection = connection
    self.site = site
    self.deadline = deadline
    self.log = log
    parser = HTTPRequestParser(limits: site.limits)
  }

  /// Serves until the connection is over, or goes on with another protocol.
  ///
  /// - Returns: what goes on with the connection, which costs less when the conversation is no more.
  consuming func run() async -> (@Sendable () async -> Void)? {
    await serve()
    if successor == nil { connection.close() }
    return successor
  }

  private mutating func serve() async {
    do {
      while let head = try await nextHead() {
        guard try await answer(head) else { break }
      }
      if successor != nil { return }
      try await flush()
      try await linger()
    } catch let refusal as HTTPRefusal {
      await refuse(refusal)
    } catch {
      // The peer is gone, or took too long: there is nobody left to tell.
    }
  }

  /// The next request; nil when no more come.
  private mutating func nextHead() async throws -> HTTPRequestHead? {
    if parser.isBetweenRequests { try await flush() }
    var hasBegun = !parser.isBetweenRequests
    var due = Time.now + (hasBegun ? site.patience : site.idle)
    while true {
      if case .head(let head)? = try parser.next() {
        deadline.clear()
        return head
      }
      if !output.isEmpty { try await flush() }
      guard try await readMore(by: due) else {
        guard parser.isBetweenRequests else {
          throw HTTPRefusal(deadline.hasPassed ? 408 : 400, "the request is not complete")
        }
        return nil
      }
      if !hasBegun { due = Time.now + site.patience }
      hasBegun = true
    }
  }

  /// - Returns: whether there was more.
  private mutating func readMore(by due: Instant) async throws -> Bool {
    if isAtEnd { return false }
    deadline.set(at: due)
    let bytes = try await outside { try await connection.read(upTo: 16_384) }
    isAtEnd = bytes.isEmpty
    parser.append(bytes[...])
    return !isAtEnd
  }

  /// The content of the request whose head was read last; at most what the limits allow.
  mutating func content(of head: HTTPRequestHead) async throws -> [UInt8] {
    var content: [UInt8] = []
    var hasAsked = false
    let start = Time.now + site.patience
    while true {
      switch try parser.next() {
      case .content(let bytes): content += bytes
      case .end:
        deadline.clear()
        return content
      case .head: throw HTTPRefusal(400, "a request begins in the middle of another")
      case nil:
        if head.expectsContinue, !hasAsked, parser.countWaiting == 0 {
          hasAsked = true
          output += HTTPResponseWriter.continueBytes
        }
        try await flush()
        guard try await readMore(by: start + .seconds(content.count / HTTPSite.slowest)) else {
          throw HTTPRefusal(deadline.hasPassed ? 408 : 400, "the content is not complete")
        }
      }
    }
  }

  /// What was read and belongs to no request: the beginning of another protocol.
  mutating func takeRest() -> ArraySlice<UInt8> { parser.takeRest() }

  // MARK: Answering

  /// The beginning of an answer.
  mutating func writer(
    _ status: HTTPStatus, _ fields: HTTPFields, _ length: HTTPContentLength, to head: HTTPRequestHead?
  ) -> HTTPResponseWriter {
    clock.look()
    return HTTPResponseWriter(
      HTTPResponseHead(status, site.fields.added(to: fields)), length: length, to: head, date: clock.text,
      closing: isAtEnd)
  }

  /// Sends a whole answer, soon.
  ///
  /// - Returns: whether the connection goes on.
  mutating func send(
    _ status: HTTPStatus, _ fields: HTTPFields, _ bytes: ArraySlice<UInt8>, to head: HTTPRequestHead?
  ) async throws -> Bool {
    var writer = writer(status, fields, status.hasNoContent ? .none : .known(bytes.count), to: head)
    if output.isEmpty { output = writer.takeHead() } else { output += writer.head }
    if !writer.isWithoutContent {
      var rest = bytes
      while rest.count > Self.batch {
        try await write(rest.prefix(Self.batch))
        rest = rest.dropFirst(Self.batch)
      }
      output += rest
    }
    if let head { report(status, head) }
    if output.count >= Self.batch { try await flush() }
    return writer.isPersistent
  }

  /// Sends a short text as the answer: what a person should know of an error.
  mutating func send(
    _ status: HTTPStatus, _ reason: String, _ more: [(name: String, value: String)] = [], to head: HTTPRequestHead?
  ) async throws -> Bool {
    var fields = HTTPFields()
    try fields.add("Content-Type", "text/plain; charset=utf-8")
    for field in more { try fields.add(field.name, field.value) }
    let text = "\(status.code) \(status.phrase)\(reason.isEmpty ? "" : ": \(reason)")\n"
    return try await send(status, fields, Array(text.utf8)[...], to: head)
  }

  /// Sends bytes at once, with those that wait before them.
  mutating func write(_ bytes: ArraySlice<UInt8>) async throws {
    output += bytes
    try await flush()
  }

  /// Sends bytes with the next flush.
  mutating func append(_ bytes: ArraySlice<UInt8>) { output += bytes }

  mutating func flush() async throws {
    guard !output.isEmpty else { return }
    let bytes = output
    output = []
    deadline.set(in: site.patience + .seconds(bytes.count / HTTPSite.slowest))
    try await outside { try await connection.write(bytes) }
    deadline.clear()
  }

  /// Tells of a request and its answer.
  func report(_ status: HTTPStatus, _ head: HTTPRequestHead) {
    log?("\(connection.name) \(head.method) \(head.target.path) \(status.code)")
  }

  // MARK: Ends

  private mutating func refuse(_ refusal: HTTPRefusal) async {
    log?("\(connection.name) - - \(refusal.status.code) \(refusal.reason)")
    do {
      _ = try await send(refusal.status, refusal.reason, to: nil)
      try await flush()
      try await linger()
    } catch {
      // It does not want to know.
    }
  }

  /// Lets the peer take the last answer: closed at once, what it has still sent would reset the connection, and take our
  /// last words with it. It has two seconds for that.
  private mutating func linger() async throws {
    connection.finishWriting()
    // Told to stop, it has not read to the end, and what is unread is for nobody.
    let isStopped = connection.isReadingStopped
    guard isStopped ? !connection.isQuiet : !isAtEnd else { return }
    // The connection is closed two seconds after its deadline.
    deadline.set(in: .zero)
    try await outside { try await connection.drain() }
  }
}

/// The time of day as answers give it, written once a second.
struct HTTPClock {
  private var second = Int64.min
  private(set) var text = ""

  /// Looks what time it is.
  mutating func look() {
    let now = Time.wallClock / 1_000_000_000
    guard now != second else { return }
    second = now
    text = HTTPDate(seconds: Int(now)).text
  }
}
