import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// One end of a WebSocket whose handshake is done.
struct WebSocketChannel: Sendable {
  /// How reading came to its end.
  enum End: Sendable {
    /// The other end has closed, and waits for our close frame unless we have sent one.
    case closed(WebSocketClosing)
    /// What came breaks the protocol, and this is to be said in our close frame.
    case violated(WebSocketClosing)
    /// The connection is over, without a close frame.
    case gone
    /// Nobody wants what comes.
    case unheard
    /// The component is to stop, and nothing more is read.
    case stopped
  }

  let connection: Connection
  let role: WebSocketRole
  /// The longest message, in bytes.
  let limit: Int
  private let deadline: Deadline
  private let turns = Turns()
  /// How often the other end is asked whether it is there. It has half as long to answer.
  private let pulse: Duration

  init(
    _ connection: Connection, _ role: WebSocketRole, limit: Int, deadline: Deadline, pulse: Duration = .seconds(20)
  ) {
    self.connection = connection
    self.role = role
    self.limit = limit
    self.deadline = deadline
    self.pulse = pulse
  }

  /// How long the other end may be silent once this one has closed.
  static let patience = Duration.seconds(5)

  /// Sends frames that were put together by ``frame(_:_:to:)``; nothing behind a close frame, or behind half of one.
  func write(_ bytes: [UInt8]) async throws { try await write(bytes, isLast: false) }

  private func write(_ bytes: [UInt8], isLast: Bool) async throws {
    try await turns.takeUnlessOver(isLast: isLast) { try await outside { try await connection.write(bytes) } }
  }

  /// Appends a whole message, or a control frame.
  func frame(_ opcode: WebSocketOpcode, _ payload: some Collection<UInt8>, to output: inout [UInt8]) {
    let mask = role == .client ? UInt32.random(in: .min ... .max) : nil
    WebSocketWriter.write(opcode, payload, mask: mask, to: &output)
  }

  /// Sends a frame by itself.
  func send(_ opcode: WebSocketOpcode, _ payload: [UInt8]) async throws {
    var output: [UInt8] = []
    frame(opcode, payload, to: &output)
    try await write(output)
  }

  /// Says that this end closes, as far as the other one can still be told. From now on it may be silent for ``patience``.
  ///
  /// - Returns: whether it was told, now or before.
  @discardableResult
  func sendClose(_ closing: WebSocketClosing) async -> Bool {
    deadline.set(in: Self.patience)
    var output: [UInt8] = []
    frame(.close, closing.payload, to: &output)
    do {
      try await write(output, isLast: true)
      return true
    } catch {
      return error is Turns.Over
    }
  }

  /// Reads until the other end closes, and answers pings.
  ///
  /// - Parameters:
  ///   - rest: what came together with the handshake.
  ///   - deliver: takes each message; false when it wants no more, which does not end the reading.
  func receive(_ rest: ArraySlice<UInt8>, _ deliver: (WebSocketMessage) async throws -> Bool) async throws -> End {
    var parser = WebSocketParser(role, limit: limit)
    parser.append(rest)
    do {
      while true {
        while let event = try parser.next() {
          deadline.clear()
          switch event {
          case .text(let bytes): if try await !deliver(.text(bytes)) { return .unheard }
          case .binary(let bytes): if try await !deliver(.binary(bytes)) { return .unheard }
          case .ping(let payload): try await answer(payload)
          case .pong: break
          case .close(let closing): return .closed(closing)
          }
        }
        deadline.set(in: turns.isOver ? Self.patience : pulse + pulse / 2)
        let bytes = try await outside { try await connection.read(upTo: 16_384) }
        if bytes.isEmpty {
          // Reading is also stopped where the other end was silent for too long.
          guard connection.isReadingStopped, !deadline.hasPassed else { return .gone }
          deadline.clear()
          return .stopped
        }
        parser.append(bytes[...])
      }
    } catch let closing as WebSocketClosing {
      return .violated(closing)
    }
  }

  /// Behind our close frame nothing follows, not even the answer to a ping.
  private func answer(_ payload: [UInt8]) async throws {
    do { try await send(.pong, payload) } catch is Turns.Over {}
  }

  /// Ends this direction, and reads past all that still comes, for the close frame that answers ours; two seconds at most.
  ///
  /// Closed at once, what is still to be read would reset the connection, and take our close frame with it.
  func awaitClose() async {
    connection.finishWriting()
    deadline.clear()
    do {
      _ = try await withTimeLimit(.seconds(2)) { try await outside { try await connection.drain() } }
    } catch {
      // Over is over.
    }
  }

  /// Asks the other end whether it is there.
  func ping() async {
    do { try await send(.ping, []) } catch {
      // The reading end notices it.
    }
  }

  /// Asks the other end again and again, until the connection is over or this end closes.
  func keepAlive() async {
    do {
      while true {
        try await Time.sleep(for: pulse)
        try await send(.ping, [])
      }
    } catch {
      // The reading end notices it.
    }
  }
}

/// A message as it came.
enum WebSocketMessage: Sendable {
  /// UTF-8.
  case text([UInt8])
  case binary([UInt8])

  /// The message as one of a graph; nil for one that cannot be such: bytes for a text, or what is no JSON.
  func message<M: Message>(as type: M.Type) -> M? {
    switch self {
    case .text(let bytes):
      if type == Bytes.self { return Bytes(bytes) as? M }
      let text = String(decoding: bytes, as: UTF8.self)
      if type == String.self { return text as? M }
      if type == AnyMessage.self { return AnyMessage(text) as? M }
      return M.self == JSON.self ? Self.json(text) as? M : nil
    case .binary(let bytes):
      if type == Bytes.self { return Bytes(bytes) as? M }
      return type == AnyMessage.self ? AnyMessage(Bytes(bytes)) as? M : nil
    }
  }

  private static func json(_ text: String) -> JSON? {
    do { return try JSONParser.parse(text, depth: 64) } catch { return nil }
  }

  /// Whether messages of a type can come over a WebSocket.
  static func mayCome<M: Message>(_ type: M.Type) -> Bool {
    type == String.self || type == Bytes.self || type == JSON.self || type == AnyMessage.self
  }
}

extension WebSocketChannel {
  /// Appends a message of a graph: bytes as they are, and anything else as its text.
  func frame<M: Message>(_ message: M, to output: inout [UInt8]) {
    // By far the most are texts, and each cast that fails costs more than the frame.
    if let text = message as? String {
      frame(text, to: &output)
    } else if let bytes = message as? Bytes {
      frame(.binary, bytes.storage, to: &output)
    } else if let any = message as? AnyMessage, let bytes = any.base as? Bytes {
      frame(.binary, bytes.storage, to: &output)
    } else {
      frame(message.text, to: &output)
    }
  }

  private func frame(_ text: String, to output: inout [UInt8]) {
    var text = text
    text.makeContiguousUTF8()
    frame(.text, text.utf8, to: &output)
  }
}
