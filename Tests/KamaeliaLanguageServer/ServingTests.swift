import Foundation
import KamaeliaComponents
import Synchronization
import Testing

@testable import KamaeliaLanguageServer

/// The server at the two ends of a stream of bytes.
@Suite(.timeLimit(.minutes(1))) struct ServingTests {
  /// What is sent, and what the server has written when it ends, with its status.
  private func serve(_ input: [UInt8], pieces: Int = 1000) async throws -> (status: Int32, output: [String]) {
    let rest = Mutex(input[...])
    let server = LanguageServer(library: .standard, files: MemoryFiles(texts: [:]), version: "1")
    let written = Mutex<[UInt8]>([])
    let status = await server.serve(
      read: {
        rest.withLock { rest in
          let piece = Array(rest.prefix(pieces))
          rest = rest.dropFirst(pieces)
          return piece
        }
      }, write: { bytes in written.withLock { $0 += bytes } })
    var framing = Framing()
    framing.add(written.withLock { $0 })
    var output: [String] = []
    while let message = try framing.next() { output.append(String(decoding: message, as: UTF8.self)) }
    #expect(framing.isEmpty)
    return (status, output)
  }

  private static func framed(_ messages: [String]) -> [UInt8] { messages.flatMap { Framing.framed(Array($0.utf8)) } }

  private static let beginning =
    #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"rootUri":null,"capabilities":{}}}"#
  private static let end = [#"{"jsonrpc":"2.0","id":9,"method":"shutdown"}"#, #"{"jsonrpc":"2.0","method":"exit"}"#]

  @Test(arguments: [1, 7, 1000])
  func `A conversation ends with the status that it asks for`(pieces: Int) async throws {
    let (status, output) = try await serve(Self.framed([Self.beginning] + Self.end), pieces: pieces)
    #expect(status == 0)
    #expect(output.count == 2)
    #expect(output.last == #"{"id":9,"jsonrpc":"2.0","result":null}"#)
  }

  @Test func `Who goes without a word ends it too, with another status`() async throws {
    #expect(try await serve(Self.framed([Self.beginning])).status == 1)
    #expect(try await serve([]).status == 1)
    #expect(try await serve(Self.framed([Self.beginning, Self.end[0]])).status == 0)
  }

  @Test(arguments: ["Content-Length: x\r\n\r\n", "Content-Length: 10\r\n\r\n{}", "nonsense", "\r\n\r\n"])
  func `What cannot be cut into messages is said, and ends it`(text: String) async throws {
    let (status, output) = try await serve(Self.framed([Self.beginning]) + Array(text.utf8))
    #expect(status == 1)
    #expect(output.count == 2 && output.contains { $0.contains("window/logMessage") })
  }

  @Test func `A client that reads no more ends it`() async {
    let server = LanguageServer(library: .standard, files: MemoryFiles(texts: [:]), version: "1")
    struct Gone: Error {}
    let rest = Mutex(Self.framed([Self.beginning]))
    let status = await server.serve(
      read: {
        rest.withLock { rest in
          defer { rest = [] }
          return rest
        }
      }, write: { _ in throw Gone() })
    #expect(status == 1)
  }

  @Test func `A test that runs is cancelled when it is asked for`() async throws {
    let editor = try await Editor()
    let text = "test \"t\" of Ticks(1s) {\n    expect nothing\n}\n"
    try await editor.open("file:///w/a.kgraph", text)
    let server = editor.server
    server.take(
      Array(
        #"{"jsonrpc":"2.0","id":77,"method":"workspace/executeCommand","params":{"command":"kamaelia.test","arguments":["file:///w/a.kgraph"]}}"#
          .utf8))
    while server.step() {}
    server.take(Array(#"{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":77}}"#.utf8))
    let messages = server.output().map { String(decoding: $0, as: UTF8.self) }
    #expect(messages == [#"{"error":{"code":-32800,"message":"cancelled"},"id":77,"jsonrpc":"2.0"}"#])
    #expect(!server.isBusy)
  }
}
