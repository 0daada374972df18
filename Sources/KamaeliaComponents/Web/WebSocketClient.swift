import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Is the client's end of a WebSocket.
struct WebSocketClient<A: Message, B: Message>: GenericComponent2 {
  static var summary: String { "Speaks over a WebSocket with a server." }
  static var details: String {
    """
    Each message that comes to the inbox is sent: bytes as a binary message, anything else as its text. What the server sends \
    goes to the outbox, as `Text`, `Bytes` or `JSON`, as the graph asks for.

    When the inbox ends, what is under way is sent, the WebSocket is closed, and so it is when the readers of the outbox \
    have left; when the server closes, the component ends. A server that cannot be reached, that refuses, or that closes \
    because something went wrong is an error. There is no TLS: `ws://` only.

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
        let (connection, rest) = try await open(address)
        defer { connection.close() }
        let deadline = deadlines.add { _ in connection.close() }
        defer { deadlines.remove(deadline) }
        try await talk(WebSocketChannel(connection, .client, limit: maxMessage.bytes, deadline: deadline), rest)
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func open(_ address: WebSocketAddress) async throws -> (Connection, [UInt8]) {
    try await withThrowingTaskGroup { group in
      group.addTask { Optional(try await address.open()) }
      group.addTask {
        try await Time.sleep(for: timeout)
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let opened = first else {
        throw NoAnswer(target: address.authority, time: timeout)
      }
      return opened
    }
  }

  private func talk(_ channel: WebSocketChannel, _ rest: [UInt8]) async throws {
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
        case .unheard: continue
        case nil:
          // The server answers with a close frame of its own, behind all that it still has to say.
          hasClosed = true
        case .gone:
          guard hasClosed else { throw WebSocketFailure("the connection to \(url) broke off") }
          return
        case .closed(let closing):
          if !hasClosed { await channel.sendClose(WebSocketClosing(closing.code)) }
          let isGood = [nil, 1000, 1001].contains(closing.code)
          guard isGood || hasClosed else { throw WebSocketFailure("\(url) was closed with \(closing)") }
          return
        case .violated(let closing):
          await channel.sendClose(closing)
          throw WebSocketFailure("\(url) sends what cannot be read: \(closing.reason)")
        }
      }
    }
  }

  private func transmit(_ channel: WebSocketChannel) async throws -> WebSocketChannel.End? {
    var output: [UInt8] = []
    while let first = await inbox.next() {
      channel.frame(first, to: &output)
      while output.count < 65_536, let next = inbox.nextIfReady() { channel.frame(next, to: &output) }
      try await channel.write(output)
      output.removeAll(keepingCapacity: true)
    }
    try Task.checkCancellation()
    await channel.sendClose(.normal)
    return nil
  }
}

/// What is wrong with a WebSocket, for a person.
struct WebSocketFailure: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
