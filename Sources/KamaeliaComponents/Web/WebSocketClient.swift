import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Is the client's end of a WebSocket.
struct WebSocketClient<A: Message, B: Message>: GenericComponent2 {
  static var summary: String { "Speaks over a WebSocket with a server." }
  static var waitsOnlyForGraph: Bool { true }
  static var details: String {
    """
    Each message that comes to the inbox is sent: bytes as a binary message, anything else as its text. What the server sends \
    goes to the outbox, as `Text`, `Bytes` or `JSON`, as the graph asks for.

    When the inbox ends, what is under way is sent, the WebSocket is closed, and what the server still says is heard up to \
    its own close; a server that is silent for 5 s then is not waited for. The WebSocket is closed as well when the readers of the \
    outbox have left, and when the component is told to stop. When the server closes, the component ends. A server that cannot \
    be reached, that refuses, that does not take all that was sent, that sends a message of more than `maxMessage` (which is told \
    by code 1009), or that closes because something went wrong is an error. A server that says nothing for 30 s, though it is \
    asked every 20 s whether it is there, counts as gone. There is no TLS: `ws://` only.

        ConsoleReader() -> WebSocketClient("ws://localhost:8080/chat") -> ConsoleWriter()
    """
  }
  static var answersLate: Bool { true }
  static var sendsUnasked: Bool { true }

  static var needs: [Need] {
    [
      Need("connect tcp HOST:PORT, those of the URL") { (it: Self) in
        let address = WebSocketAddress(it.url)
        return .connect(.tcp, host: address?.host ?? "*", port: address?.port)
      }
    ]
  }

  @Parameter("Where to connect to, such as `ws://localhost:8080/chat`.", main: true) var url: String
  @Parameter("How long connecting may take.", in: .milliseconds(1)...) var timeout = Duration.seconds(10)
  @Parameter("The most bytes that a message may have.", in: Size(bytes: 1)...Size.mebibytes(1024))
  var maxMessage = Size.mebibytes(1)

  let inbox = Inbox<A>("A message to send.", isRequired: false)
  let outbox = Outbox<B>("A message that has come.")

  static func specialised<C: Message, D: Message>(for a: C.Type, _ b: D.Type) -> any Component.Type {
    WebSocketClient<C, D>.self
  }

  func check() throws(ParameterError) {
    guard WebSocketAddress(url) != nil else {
      throw ParameterError(
        "parameter `url` takes an address such as `ws://localhost:8080/chat`, not \(Excerpt.of(url))")
    }
  }

  func main() async throws {
    guard outbox.isLinked else { return try await run() }
    try await whileHeard(outbox) { try await run() }
  }

  private func run() async throws {
    guard let address = WebSocketAddress(url) else { throw WebSocketFailure("there is no such address") }
    let deadlines = Deadlines()
    try await withThrowingTaskGroup { group in
      group.addTask { try await deadlines.watch() }
      group.addTask {
        let opened = try await withTimeLimit(timeout) { try await address.open() }
        guard let (connection, rest) = opened else { throw NoAnswer(target: address.authority, time: timeout) }
        defer { connection.close() }
        // Told to read no more, it still has two seconds for its own last words.
        let deadline = deadlines.add { late in
          if late < .seconds(2) { connection.stopReading() } else { connection.close() }
        }
        defer { deadlines.remove(deadline) }
        let channel = WebSocketChannel(connection, .client, limit: maxMessage.bytes, deadline: deadline)
        do {
          try await part(channel, after: try await talk(channel, rest))
        } catch {
          // The readers have left, or the component is to stop: the server hears of it all the same.
          await part(channel, WebSocketClosing(Task.isCancelled || error is Stopped ? 1001 : 1011))
          throw error
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// How the conversation came to its end.
  private typealias Outcome = (end: WebSocketChannel.End, hasClosed: Bool)

  private func talk(_ channel: WebSocketChannel, _ rest: [UInt8]) async throws -> Outcome {
    try await withThrowingTaskGroup(of: WebSocketChannel.End?.self) { group in
      group.addTask {
        try await channel.receive(rest[...]) { content in
          guard outbox.isLinked else { return true }
          guard let message = content.message(as: B.self) else {
            throw WebSocketClosing(1003, "this kind of message is not understood here")
          }
          try await outbox.send(message)
          return true
        }
      }
      if inbox.isLinked { group.addTask { try await transmit(channel) } }
      group.addTask {
        await channel.keepAlive()
        return .unheard
      }
      defer { group.cancelAll() }
      var hasClosed = false
      while let step = try await group.next() {
        switch step {
        // The server answers with a close frame of its own, behind all that it still has to say.
        case nil: hasClosed = true
        case .unheard, .stopped: continue
        case .gone, .closed, .violated: if let step { return (step, hasClosed) }
        }
      }
      return (.gone, hasClosed)
    }
  }

  /// Says what is still to be said to the server, and what there is to be said of it.
  private func part(_ channel: WebSocketChannel, after outcome: Outcome) async throws {
    switch outcome.end {
    case .closed(let closing):
      await part(channel, WebSocketClosing(closing.code))
      let isGood = [nil, 1000, 1001].contains(closing.code)
      guard isGood || outcome.hasClosed else { throw WebSocketFailure("\(url) was closed with \(closing)") }
    case .violated(let closing):
      await part(channel, closing)
      throw WebSocketFailure("\(url) sends what cannot be read: \(closing.reason)")
    case .gone, .unheard, .stopped:
      guard outcome.hasClosed else { throw WebSocketFailure("the connection to \(url) broke off") }
    }
  }

  /// Closes, also where the task is cancelled, and waits for the server to do so, but never for long.
  private func part(_ channel: WebSocketChannel, _ closing: WebSocketClosing) async {
    await withStrands(grace: WebSocketChannel.patience) { strands in
      strands.start(named: "close", whenStopped: {}) {
        await withTaskCancellationHandler {
          await channel.sendClose(closing)
          await channel.awaitClose()
        } onCancel: {
          channel.connection.close()
        }
        return nil
      }
    }
  }

  private func transmit(_ channel: WebSocketChannel) async throws -> WebSocketChannel.End? {
    var output: [UInt8] = []
    while let first = await inbox.next() {
      channel.frame(first, to: &output)
      // Where the component is started again, it gets the one in its hands, and no others.
      while output.count < 65_536, !inbox.isKeptInHand, let next = inbox.nextIfReady() {
        channel.frame(next, to: &output)
      }
      try await channel.write(output)
      output.removeAll(keepingCapacity: true)
    }
    try Task.checkCancellation()
    guard await channel.sendClose(.normal) else { throw WebSocketFailure("\(url) does not take all that is sent") }
    return nil
  }
}

/// What is wrong with a WebSocket, for a person.
struct WebSocketFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
