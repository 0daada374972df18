import Kamaelia
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

/// A server and peers of its own kind; `Tests/Graphs` has those of others.
@Suite(.timeLimit(.minutes(1))) struct TCPServerTests {
  static let echo = """
    server = TCPServer(port: 0, protocol: Echo)
    server.bound -> Tell("port")
    server.log -> Tell("log")

    graph Echo(peer: Text) {
        inbox  heard: Bytes
        outbox said: Bytes

        self.heard -> PassThrough() -> self.said
    }
    """

  private func connect(_ graph: RunningText, _ host: String = "127.0.0.1") async throws -> Connection {
    try await Connection.open(to: try #require(SocketAddress(digits: host, port: try await graph.port())))
  }

  private func rest(_ connection: Connection) async throws -> String {
    String(decoding: try await connection.descriptor.readToEnd(limit: 1 << 26), as: UTF8.self)
  }

  @Test func `Each connection has a graph of its own, which knows its peer`() async throws {
    let graph = try RunningText(
      """
      server = TCPServer(port: 0, protocol: Greeting)
      server.bound -> Tell("port")

      graph Greeting(peer: Address) {
          inbox  heard: Bytes
          outbox said: Bytes

          self.heard -> Lines() -> Prefix("${peer} said ") -> Encode() -> self.said
      }
      """)
    let one = try await connect(graph)
    let other = try await Connection.open(to: one.peer)
    try await other.write(Array("b".utf8))
    try await one.write(Array("a".utf8))
    one.finishWriting()
    other.finishWriting()
    #expect(try await rest(one) == "\(one.local) said a")
    #expect(try await rest(other) == "\(other.local) said b")
    #expect(await graph.stop().isGood)
  }

  @Test func `What was read is answered behind the peer's end, and what does not fit waits`() async throws {
    let graph = try RunningText(Self.echo)
    let connection = try await connect(graph)
    let sent = (0..<20_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
    async let got = connection.descriptor.readToEnd(limit: 1 << 26)
    try await connection.write(sent)
    connection.finishWriting()
    #expect(try await got == sent)
    #expect(await graph.next("log") == "\(connection.local) connected")
    #expect(await graph.next("log") == "\(connection.local) left")
    #expect(await graph.stop().isGood)
  }

  @Test func `IPv6 is listened to as well where the machine has it`() async throws {
    let graph = try RunningText(Self.echo)
    let port = try await graph.port()
    for host in ["127.0.0.1", "::1"] {
      let connection: Connection
      do {
        connection = try await Connection.open(to: try #require(SocketAddress(digits: host, port: port)))
      } catch let error as SystemError where host == "::1" && (error.isNotHere || error.isRefused) {
        continue
      }
      try await connection.write([1, 2, 3])
      #expect(try await connection.read(upTo: 10) == [1, 2, 3])
    }
    #expect(await graph.stop().isGood)
  }

  @Test func `A graph without an inbox only speaks, one without an outbox only listens`() async throws {
    let graph = try RunningText(
      """
      TCPServer(port: 0, protocol: Speaks) as speaker
      TCPServer(port: 0, protocol: Listens) as listener
      speaker.bound -> Tell("port")
      listener.bound -> Tell("other")
      listener.log -> Tell("log")

      graph Speaks {
          outbox said: Bytes
          "one line" -> Encode() -> self.said
      }
      graph Listens {
          inbox heard: Bytes
          self.heard -> Tell("heard")
      }
      """)
    let hearing = try await connect(graph)
    #expect(try await rest(hearing) == "one line")
    let port = try #require(UInt16(await graph.next("other") ?? ""))
    let speaking = try await Connection.open(to: try #require(SocketAddress(digits: "127.0.0.1", port: port)))
    try await speaking.write(Array("hi".utf8))
    speaking.finishWriting()
    #expect(await graph.next("heard") == "hi")
    #expect(try await rest(speaking) == "")
    #expect(await graph.stop().isGood)
  }

  @Test func `A peer that has ended its side counts as gone where nothing is said to it, unless it is owed an answer`()
    async throws
  {
    let graph = try RunningText(
      """
      backplane news: Bytes

      tellers = TCPServer(0, protocol: Teller, unanswered: 200ms)
      tellers.bound -> Tell("teller")
      tellers.log -> Tell("log")
      answers = TCPServer(0, protocol: Answer, unanswered: 200ms)
      answers.bound -> Tell("answer")

      graph Teller {
          inbox  heard: Bytes
          outbox said: Bytes

          self.heard -> @news
          @news -> PassThrough() -> self.said
      }

      graph Answer {
          inbox  heard: Bytes
          outbox said: Bytes

          self.heard -> Delay(1s) -> self.said
      }
      """)
    let ports = [
      try #require(UInt16(await graph.next("teller") ?? "")), try #require(UInt16(await graph.next("answer") ?? "")),
    ]
    let teller = try await Connection.open(to: .v4([127, 0, 0, 1], port: ports[0]))
    teller.finishWriting()
    // Its side is open, and yet the server ends the connection.
    #expect(try await teller.read(upTo: 10).isEmpty)
    #expect(await graph.next("log") == "\(teller.local) connected")
    #expect(await graph.next("log") == "\(teller.local) left")
    let asker = try await Connection.open(to: .v4([127, 0, 0, 1], port: ports[1]))
    try await asker.write(Array("question".utf8))
    asker.finishWriting()
    #expect(try await asker.descriptor.readToEnd(limit: 100) == Array("question".utf8))
    #expect(await graph.stop().isGood)
  }

  @Test func `A graph that fails ends its own connection, by name, and no other`() async throws {
    let graph = try RunningText(
      """
      server = TCPServer(port: 0, protocol: Picky)
      server.bound -> Tell("port")
      server.log -> Tell("log")

      graph Picky {
          inbox heard: Bytes
          self.heard -> Refuse()
      }
      """)
    let good = try await connect(graph)
    let bad = try await Connection.open(to: good.peer)
    try await bad.write(Array("this".utf8))
    #expect(try await rest(bad) == "")
    var log: [String] = []
    while let line = await graph.next("log") {
      log.append(line)
      if line.contains("failed") { break }
    }
    #expect(log.last?.hasPrefix("\(bad.local) failed: ") == true)
    #expect(log.last?.contains("refused this") == true)
    #expect(graph.said().contains { $0.hasPrefix("server/\(bad.local): ") && $0.contains("refused this") })
    good.finishWriting()
    #expect(try await rest(good) == "")
    #expect(await graph.stop().isGood)
  }

  @Test func `A port that is taken is an error that names it and the place`() async throws {
    let graph = try RunningText(Self.echo)
    let port = try await graph.port()
    let second = try RunningText(
      Self.echo.replacing("port: 0", with: "port: \(port)"))
    let failure = await second.network.ended().failure
    #expect(failure?.contains("cannot listen on `127.0.0.1:\(port)`: Address already in use") == true)
    #expect(failure?.contains("test.kgraph:1") == true)
    #expect(await graph.stop().isGood)
  }

  @Test func `A stop delivers what was taken, and ends the connections`() async throws {
    let graph = try RunningText(Self.echo)
    let connection = try await connect(graph)
    try await connection.write(Array("first".utf8))
    #expect(try await connection.read(upTo: 10) == Array("first".utf8))
    async let ending = graph.stop()
    #expect(try await rest(connection) == "")
    #expect(await ending.isGood)
  }

  @Test(arguments: ["", "a b", "http://x.org", "x/y", "user@host"])
  func `A host that can be none is an error before launch`(_ host: String) throws {
    let place = TCPServer()
    let found = try problem(
      place, ["port": .int(0), "host": .text(host)])
    #expect(found?.contains("parameter `host` takes the name or the address of a host") == true)
  }

  @Test func `A host that is not found is a clear failure`() async throws {
    let graph = try RunningText(Self.echo.replacing("port: 0", with: "port: 0, host: \"no-such-host.invalid\""))
    let failure = try #require(await graph.network.ended().failure)
    #expect(failure.contains("cannot find the host `no-such-host.invalid`: "))
  }
}
