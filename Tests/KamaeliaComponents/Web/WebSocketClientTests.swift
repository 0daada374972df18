import FormatChecks
import Foundation
import Kamaelia
import KamaeliaFormats
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

/// Our client, and servers that send what a test writes.
@Suite(.timeLimit(.minutes(1))) struct WebSocketClientTests {
  /// Takes a connection and does the handshake.
  private func accept(_ listener: Listener) async throws -> Connection {
    guard case .connection(let connection) = try await listener.accept() else {
      throw SystemError(errno: 24, operation: .accept, path: "")
    }
    var parser = HTTPRequestParser()
    while true {
      if case .head(let head)? = try parser.next() {
        let answer = try WebSocketHandshake.answer(head)
        try await connection.write(HTTPResponseWriter(answer, length: .none, to: head, date: "").head)
        return connection
      }
      parser.append(try await connection.read(upTo: 1000)[...])
    }
  }

  /// The code that the client closes with; nil where it says nothing of the kind. Reads to the end of the connection.
  private func closing(_ connection: Connection) async throws -> UInt16? {
    let bytes = try await connection.descriptor.readToEnd(limit: 1 << 24)
    for case .close(let closing) in Reading.frames(bytes, .server, seed: 1).events { return closing.code }
    return nil
  }

  @Test func `A message that is too long is told by its code, however much follows`() async throws {
    let listener = try Listener(on: .v4([127, 0, 0, 1], port: 0))
    let graph = try RunningText("WebSocketClient(\"ws://\(listener.address)/\", maxMessage: 1KiB) -> Tell(\"x\")")
    let connection = try await accept(listener)
    let frame = WebSocketWriter.frame(.text, [UInt8](repeating: 120, count: 4096))
    async let sent: Void = { for _ in 0..<100 { try? await connection.write(frame) } }()
    #expect(try await closing(connection) == 1009)
    _ = await sent
    connection.close()
    #expect(await graph.network.ended().failure?.contains("sends what cannot be read") == true)
  }

  @Test func `A close is answered also where much is left to be read`() async throws {
    let listener = try Listener(on: .v4([127, 0, 0, 1], port: 0))
    let graph = try RunningText("WebSocketClient(\"ws://\(listener.address)/\") -> Tell(\"x\")")
    let connection = try await accept(listener)
    let junk = [UInt8](repeating: 0, count: 200_000)
    try await connection.write(WebSocketWriter.frame(.close, WebSocketClosing(1000).payload) + junk)
    #expect(try await closing(connection) == 1000)
    connection.close()
    #expect(await graph.network.ended().isGood)
  }

  @Test func `A client whose readers leave, or that is told to stop, says that it goes`() async throws {
    let listener = try Listener(on: .v4([127, 0, 0, 1], port: 0))
    let first = try RunningText("WebSocketClient(\"ws://\(listener.address)/\") -> Take(1) -> Tell(\"x\")")
    var connection = try await accept(listener)
    try await connection.write(WebSocketWriter.frame(.text, Array("one".utf8)))
    #expect(try await closing(connection) == 1001)
    connection.close()
    #expect(await first.network.ended().isGood)

    let second = try RunningText("WebSocketClient(\"ws://\(listener.address)/\") -> Tell(\"x\")")
    connection = try await accept(listener)
    try await connection.write(WebSocketWriter.frame(.text, Array("one".utf8)))
    #expect(await second.next("x") == "one")
    async let ending = second.stop()
    #expect(try await closing(connection) == 1001)
    connection.close()
    #expect(await ending.isGood)
  }

  @Test func `A server that does not answer the close is not waited for`() async throws {
    let listener = try Listener(on: .v4([127, 0, 0, 1], port: 0))
    let graph = try RunningText("\"last\" -> WebSocketClient(\"ws://\(listener.address)/\") -> Tell(\"x\")")
    let connection = try await accept(listener)
    let start = ContinuousClock.now
    #expect(await graph.network.ended().isGood)
    #expect(.seconds(4)...(.seconds(8)) ~= ContinuousClock.now - start)
    connection.close()
  }
}
