import Fixtures
import FormatChecks
import Foundation
import KamaeliaFormats
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

/// What is malformed, sent to our server and to nginx: nginx may be the laxer one, and never ours.
@Suite(.timeLimit(.minutes(1)), .enabled(if: Program.find("nginx") != nil, "nginx is missing"))
struct SmugglingTests {
  /// Says the method that it was asked with, since a method that is odd and yet one is nginx's to refuse.
  private static let graph = """
    server = HTTPServer(port: 0, routes: [Asked])
    server.bound -> Tell("port")

    graph Asked(method: Text) {
        inbox  content: Bytes
        outbox answer: Bytes

        self.content -> Discard()
        "${method}" -> Encode() -> self.answer
    }
    """

  /// nginx in a folder of its own; it reads the whole of a request, since another server is behind it.
  private final class Nginx {
    private let scratch: Scratch
    var address: SocketAddress { .unix(scratch["front"]) }

    init() throws {
      scratch = try Scratch()
      let temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map { "\($0)_temp_path \(scratch[$0]);" }.joined(separator: " ")
      try scratch.write(
        "conf",
        """
        pid \(scratch["pid"]);
        error_log /dev/null;
        worker_processes 1;
        events { worker_connections 64; }
        http {
          access_log off; proxy_ignore_client_abort on; \(temporary)
          server { listen unix:\(scratch["front"]); location / { proxy_pass http://unix:\(scratch["back"]); } }
          server { listen unix:\(scratch["back"]); location / { return 200 "ok"; } }
        }
        """)
      try run()
    }

    deinit { try? run("-s", "stop") }

    private func run(_ more: String...) throws {
      // Its first words go to the log that was built in, which is nobody's here.
      let words = ["nginx", "-e", "/dev/null", "-c", scratch["conf"]] + more
      let end = try #require(try FinishedProgram.run(words))
      #expect(end.status == 0, "\(end.output)")
    }
  }

  /// All that is answered to bytes behind which nothing comes.
  private func answer(of address: SocketAddress, to bytes: [UInt8]) async throws -> String {
    let connection = try await Connection.open(to: address)
    defer { connection.close() }
    var answer: [UInt8] = []
    do {
      try await connection.write(bytes)
      connection.finishWriting()
      while case let more = try await connection.read(upTo: 65_536), !more.isEmpty { answer += more }
    } catch let error as SystemError where error.isBrokenPipe {
      // It has refused before it had all.
    }
    return String(decoding: answer, as: UTF8.self)
  }

  /// How many requests were taken.
  private func taken(_ answer: String) -> Int { answer.matches(of: #/HTTP/1\.[01] 200 /#).count }

  @Test func `What stands in the corpus is refused here, and where nginx takes it too it is known`() async throws {
    let nginx = try Nginx()
    let graph = try RunningText(Self.graph)
    let address = SocketAddress.v4([127, 0, 0, 1], port: try await graph.port())
    var laxer: [String] = []
    for sample in Sample.all(in: "requests") where (sample.answer ?? 0) >= 400 {
      let bytes = Array(String(decoding: sample.bytes, as: UTF8.self).replacing("/copy", with: "/asked").utf8)
      let ours = try await answer(of: address, to: sample.bytes.contains { $0 >= 128 } ? sample.bytes : bytes)
      #expect(taken(ours) == 0, "\(sample.name)")
      if try await taken(answer(of: nginx.address, to: sample.bytes)) > 0 { laxer.append(sample.name) }
    }
    // Two lengths, two codings, a length and a coding, odd numbers: what smuggles is refused by both.
    for word in ["length", "both", "coding", "folded", "nul"] {
      let known = [
        "400-trailer-content-length.http", "400-trailer-transfer-encoding.http", "400-chunk-extension-nul.http",
        "431-fields-too-long-together.http",
      ]
      #expect(laxer.filter { $0.contains(word) && !known.contains($0) } == [])
    }
    #expect(await graph.stop().isGood)
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func `Of requests that were tampered with, ours takes none that nginx refuses`(_ seed: UInt64) async throws {
    let nginx = try Nginx()
    let graph = try RunningText(Self.graph)
    let address = SocketAddress.v4([127, 0, 0, 1], port: try await graph.port())
    var random = Seeded(seed)
    var counts = (both: 0, neither: 0)
    for _ in 0..<200 {
      let bytes = Self.tampered(&random)
      let (ours, theirs) = (try await answer(of: address, to: bytes), try await answer(of: nginx.address, to: bytes))
      // nginx wants a host with a name and no tab behind it, and methods of capital letters.
      let methods = ours.matches(of: #/\r\n\r\n[0-9a-f]+\r\n([^\r\n]*)\r\n0\r\n/#).map(\.1)
      let isOdd = methods.contains { !$0.allSatisfy { $0.isASCII && $0.isUppercase } }
      if isOdd || String(decoding: bytes, as: UTF8.self).contains(#/Host:(\s*|[^\r\n]*\t)\r\n/#) { continue }
      #expect(taken(ours) <= taken(theirs), "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
      if taken(ours) > 0, taken(theirs) > 0 { counts.both += 1 }
      if taken(ours) == 0, taken(theirs) == 0 { counts.neither += 1 }
    }
    // Neither all well nor all broken, or nothing was compared.
    #expect(counts.both > 20 && counts.neither > 20, "\(counts)")
    #expect(await graph.stop().isGood)
  }

  private static let requests = [
    "GET /asked HTTP/1.1\r\nHost: a\r\nX-Some: thing\r\n\r\n",
    "POST /asked HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
    "POST /asked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    "POST /asked HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX-T: v\r\n\r\n",
  ]

  private static let pieces = [
    "\r\n", "\n", "\r", " ", "\t", ":", "\0", "\u{B}", ",", ";", "0", "1", "5", "-", "+", "0x", "chunked", "\"",
    "\r\n ",
    "Content-Length: 3\r\n", "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Host: b\r\n", "HTTP/1.0", "x",
    "Transfer-Encoding: identity\r\n",
  ]

  /// One or two requests in which one or two places are not what they were.
  private static func tampered(_ random: inout Seeded) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 1...2, using: &random) { bytes += requests.randomElement(using: &random)!.utf8 }
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let piece = Array(pieces.randomElement(using: &random)!.utf8)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: bytes.insert(contentsOf: piece, at: place)
      case 1: bytes.remove(at: place)
      case 2: bytes.replaceSubrange(place...place, with: piece)
      default: bytes.insert(contentsOf: bytes[place...].prefix(Int.random(in: 1...8, using: &random)), at: place)
      }
    }
    return bytes
  }
}
