import FormatChecks
import Foundation
import Kamaelia
import KamaeliaFormats
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

/// A server that is told to stop while its clients have read little of what is meant for them.
@Suite(.timeLimit(.minutes(1))) struct StoppingTests {
  /// More than the system holds for a client that reads nothing.
  private static let lines = (0..<240).map { "\($0) " + String(repeating: "x", count: 60_000) }

  private static func start(_ server: String, _ box: String = "Text") throws -> (Scratch, RunningText) {
    let scratch = try Scratch()
    try scratch.write("lines", lines.joined(separator: "\n") + "\n")
    let graph = try RunningText(
      """
      server = \(server)
      server.bound -> Tell("port")

      graph Lots {
          outbox said: \(box)

          "\(scratch["lines"])" -> WholeFile() -> Lines() \(box == "Text" ? "" : "-> Encode(lineEnding: lf) ")-> self.said
      }
      """)
    return (scratch, graph)
  }

  /// Reads a little, has the server stop, and then reads to the end.
  ///
  /// - Parameter chatter: what the client still says meanwhile.
  private static func read(_ request: [UInt8], _ graph: RunningText, chatter: [UInt8] = []) async throws -> [UInt8] {
    let connection = try await Connection.open(to: .v4([127, 0, 0, 1], port: try await graph.port()))
    defer { connection.close() }
    try await connection.write(request)
    var bytes = try await connection.read(upTo: 1000)
    async let ending = graph.stop()
    bytes += try await connection.read(upTo: 1000)
    if !chatter.isEmpty { try await connection.write(chatter) }
    bytes += try await connection.descriptor.readToEnd(limit: 1 << 25)
    connection.close()
    #expect(await ending.isGood)
    return bytes
  }

  private static func content(of bytes: [UInt8]) throws -> (content: [UInt8], hasEnded: Bool) {
    var limits = HTTPLimits()
    limits.body = .max
    var parser = HTTPResponseParser(limits: limits)
    parser.expect("GET")
    parser.append(bytes[...])
    var content: [UInt8] = []
    while let event = try parser.next() {
      if case .content(let bytes) = event { content += bytes }
      if case .end = event { return (content, true) }
    }
    return (content, false)
  }

  @Test(arguments: [false, true]) func `A WebSocket gets all that is meant for it, and then the close frame`(
    isTalking: Bool
  ) async throws {
    let (scratch, graph) = try Self.start("HTTPServer(port: 0, sockets: [Lots])")
    let request = try WebSocketHandshake.request(key: [UInt8](repeating: 1, count: 16), host: "a", target: "/lots")
    let chatter = isTalking ? WebSocketWriter.frame(.text, Array("chatter".utf8), mask: 7) : []
    let bytes = try await Self.read(request, graph, chatter: chatter)
    var parser = HTTPResponseParser()
    parser.expect("GET")
    parser.append(bytes[...])
    _ = try parser.next()
    var texts: [String] = []
    var closing: UInt16?
    for event in Reading.frames(Array(parser.takeRest()), .client, seed: 1).events {
      switch event {
      case .text(let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
      case .close(let frame): closing = frame.code
      default: break
      }
    }
    #expect(texts == Self.lines)
    #expect(closing == 1000 || closing == 1001)
    _ = scratch
  }

  @Test func `A page gets all events, and the last chunk`() async throws {
    let (scratch, graph) = try Self.start("HTTPServer(port: 0, events: [Lots])")
    let bytes = try await Self.read(Array("GET /lots HTTP/1.1\r\nHost: a\r\n\r\n".utf8), graph)
    let (content, hasEnded) = try Self.content(of: bytes)
    #expect(String(decoding: content, as: UTF8.self).hasSuffix(Self.lines.map { "data: \($0)\n\n" }.joined()))
    #expect(hasEnded)
    _ = scratch
  }

  @Test(arguments: [false, true]) func `A connection gets all that is meant for it`(isTalking: Bool) async throws {
    let (scratch, graph) = try Self.start("TCPServer(port: 0, protocol: Lots)", "Bytes")
    let bytes = try await Self.read([], graph, chatter: isTalking ? [1, 2, 3] : [])
    #expect(bytes == Array((Self.lines.joined(separator: "\n") + "\n").utf8))
    _ = scratch
  }

  @Test func `A route's answer comes to its end`() async throws {
    let (scratch, graph) = try Self.start("HTTPServer(port: 0, routes: [Lots])", "Bytes")
    let bytes = try await Self.read(Array("GET /lots HTTP/1.1\r\nHost: a\r\n\r\n".utf8), graph)
    #expect(try Self.content(of: bytes).hasEnded)
    _ = scratch
  }
}
