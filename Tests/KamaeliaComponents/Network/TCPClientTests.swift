import KGraph
import Kamaelia
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

@Suite(.timeLimit(.minutes(1))) struct TCPClientTests {
  private func listener() throws -> Listener { try Listener(on: .v4([127, 0, 0, 1], port: 0)) }

  private func next(_ listener: Listener) async throws -> Connection {
    guard case .connection(let connection) = try await listener.accept() else {
      throw SystemError(errno: 24, operation: .accept, path: "")
    }
    return connection
  }

  @Test func `Bytes go both ways, and each way has an end of its own`() async throws {
    let listener = try listener()
    let graph = try RunningText(
      "\"question\" -> Encode() -> TCPClient(\"\(listener.address)\") -> Tell(\"answer\")")
    let connection = try await next(listener)
    #expect(try await connection.descriptor.readToEnd(limit: 100) == Array("question".utf8))
    try await connection.write(Array("answer".utf8))
    connection.finishWriting()
    #expect(await graph.all("answer").map(\.text).joined() == "answer")
    #expect(await graph.network.ended().isGood)
  }

  @Test func `Nobody listening is an error, not an end`() async throws {
    let address: SocketAddress
    do {
      let listener = try listener()
      address = listener.address
      listener.close()
    }
    let graph = try RunningText("TCPClient(\"\(address)\") -> Tell(\"x\")")
    let failure = try #require(await graph.network.ended().failure)
    #expect(failure.contains("cannot connect to `\(address)`: Connection refused"))
  }

  @Test(arguments: ["0s...1s", "-2s...-1s"])
  func `A pause that would not end, or is none, is an error before launch`(_ pauses: String) {
    for component in [
      "TCPClient(\"localhost:1\", MORE)", "TCPCaller(\"localhost:1\", protocol: Echo, MORE)",
      "UnixSocketClient(\"x\", MORE)", "HTTPClient(\"http://localhost:1/\", MORE)",
    ] {
      let text = """
        \(component.replacing("MORE", with: "backoff: \(pauses)"))
        graph Echo {
            inbox  heard: Bytes
            outbox said: Bytes

            self.heard -> self.said
        }
        """
      let checked = Checker(library: .standard, loader: MemoryLoader()).check(Source(name: "test.kgraph", text: text))
      #expect(
        checked.diagnostics.filter { $0.severity == .error }.map(\.message) == [
          "parameter `backoff` of `\(component.prefix { $0 != "(" })` takes 1ms or more, not \(pauses)"
        ])
    }
  }

  @Test func `A server that resets is an error, and with reconnect it is connected to again`() async throws {
    let listener = try listener()
    let plain = try RunningText("TCPClient(\"\(listener.address)\") -> Tell(\"x\")")
    // A reset that comes before the client has looked would be one of connecting.
    let only = try await next(listener)
    try await only.write(Array("hello".utf8))
    #expect(await plain.next("x") == "hello")
    only.reset()
    #expect(await plain.network.ended().failure?.contains("Connection reset by peer") == true)

    let graph = try RunningText(
      """
      client = TCPClient("\(listener.address)", reconnect: true, backoff: 1ms...2ms)
      client -> Tell("heard")
      client.log -> Tell("log")
      """)
    let first = try await next(listener)
    try await first.write(Array("hello".utf8))
    #expect(await graph.next("heard") == "hello")
    first.reset()
    let second = try await next(listener)
    try await second.write(Array("hi".utf8))
    #expect(await graph.next("heard") == "hi")
    second.close()
    let third = try await next(listener)
    #expect(await graph.next("log") == "connected to \(listener.address)")
    #expect(await graph.next("log")?.contains("Connection reset by peer; connects again in 1ms") == true)
    third.close()
    #expect(await graph.stop().isGood)
  }

  @Test(arguments: ["TCPClient(\"ADDRESS\", MORE)", "TCPCaller(\"ADDRESS\", protocol: Keep, MORE)"])
  func `The pause begins anew once a server has said something, and grows where it only takes and closes`(
    client: String
  ) async throws {
    let listener = try listener()
    let more = "reconnect: true, backoff: 1ms...1h"
    let graph = try RunningText(
      """
      client = \(client.replacing("ADDRESS", with: "\(listener.address)").replacing("MORE", with: more))
      client.log -> Tell("log")
      graph Keep {
          inbox  heard: Bytes
          outbox said: Bytes

          self.heard -> PassThrough() -> self.said
      }
      \(client.hasPrefix("TCPClient") ? "client -> Discard()" : "")
      """)
    for (number, pause) in ["1ms", "2ms", "1ms", "2ms", "4ms"].enumerated() {
      let connection = try await next(listener)
      #expect(await graph.next("log") == "connected to \(listener.address)")
      if number == 2 { try await connection.write([1]) }
      connection.finishWriting()
      let text = try #require(await graph.next("log"))
      #expect(text.hasSuffix("connects again in \(pause)"), "\(number): \(text)")
      connection.close()
    }
    #expect(await graph.stop().isGood)
  }

  @Test func `An answer that does not come in time is an error`() async throws {
    // The queue of a listener that accepts nobody is soon full, and the next one gets no answer.
    let listener = try Listener(on: .v4([127, 0, 0, 1], port: 0), backlog: 0)
    let first = try await Connection.open(to: listener.address)
    let graph = try RunningText("TCPClient(\"\(listener.address)\", timeout: 50ms) -> Tell(\"x\")")
    let failure = try #require(await graph.network.ended().failure)
    #expect(failure.contains("cannot connect to \(listener.address): no answer within 50ms"))
    first.close()
  }

  @Test(arguments: [("localhost", "needs a port"), ("localhost:0", "needs a port")])
  func `An address without a port is an error before launch`(_ address: String, _ said: String) throws {
    #expect(try problem(TCPClient(), ["address": .text(address)])?.contains(said) == true)
  }
}
