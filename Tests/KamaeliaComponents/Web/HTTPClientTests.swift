import Foundation
import Kamaelia
import KamaeliaIO
import Synchronization
import Testing

@testable import KamaeliaComponents

/// A server that answers with the bytes that a test gives it.
private final class Answering: Sendable {
  let listener: Listener
  private let asked = Mutex<[String]>([])
  private let count = Mutex(0)
  private let task: Task<Void, Never>

  /// - Parameter answer: what each connection does, told its number from 0.
  init(_ answer: @escaping @Sendable (Int, Answering.Visit) async throws -> Void) throws {
    let listener = try Listener(on: .v4([127, 0, 0, 1], port: 0))
    self.listener = listener
    let visits = AsyncStream<Visit>.makeStream()
    self.visits = visits.stream
    task = Task {
      var number = 0
      await withTaskGroup { group in
        while case .connection(let connection)? = try? await listener.accept() {
          let (visit, mine) = (Visit(connection), number)
          visits.continuation.yield(visit)
          number += 1
          group.addTask {
            try? await answer(mine, visit)
            connection.close()
          }
        }
        group.cancelAll()
      }
    }
  }

  private let visits: AsyncStream<Visit>
  deinit { task.cancel() }

  var url: String { "http://\(listener.address)" }

  /// The next connection that was made.
  func visit() async throws -> Visit {
    for await visit in visits { return visit }
    throw CancellationError()
  }

  /// A client's connection, as a server sees it.
  final class Visit: Sendable {
    let connection: Connection
    let requests = Mutex<[String]>([])

    init(_ connection: Connection) { self.connection = connection }

    /// A whole request; nil where no more come.
    func request() async throws -> String? {
      var text = ""
      while true {
        let bytes = try await connection.read(upTo: 65_536)
        if bytes.isEmpty { return nil }
        text += String(decoding: bytes, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n") else { continue }
        let length = text.firstMatch(of: #/Content-Length: (\d+)/#).flatMap { Int($0.1) } ?? 0
        guard text[end.upperBound...].utf8.count >= length else { continue }
        requests.withLock { $0.append(text) }
        return text
      }
    }

    func say(_ text: String) async throws { try await connection.write(Array(text.utf8)) }
    func answer(_ content: String, _ more: String = "", status: String = "200 OK") async throws {
      try await say("HTTP/1.1 \(status)\r\nContent-Length: \(content.utf8.count)\r\n\(more)\r\n\(content)")
    }
  }
}

@Suite(.timeLimit(.minutes(1))) struct HTTPClientTests {
  /// What becomes of one request by the client that `parameters` describe, to a server that says `answer`.
  private func outcome(
    _ parameters: String = "", _ answer: @escaping @Sendable (Int, Answering.Visit) async throws -> Void
  ) async throws -> [String] {
    let server = try Answering(answer)
    let graph = try RunningText(
      """
      client = HTTPClient("\(server.url)/page"\(parameters.isEmpty ? "" : ", " + parameters))
      client -> Decode() -> Prefix("good ") -> out
      client.errors -> Format("{error}") -> Prefix("bad ") -> out
      out = Tell("x")
      """)
    let texts = await graph.all("x").map(\.text)
    #expect(await graph.network.ended().isGood)
    return texts
  }

  @Test(arguments: [(1000, "1000 bytes"), (999, "the answer has more than 999 bytes")])
  func `What comes packed over HTTPS is unpacked, and counted unpacked`(limit: Int, outcome: String) async throws {
    // A thousand zeros, packed by gzip.
    let packed: [UInt8] = [
      31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 99, 96, 24, 5, 163, 96, 20, 12, 119, 0, 0, 128, 23, 11, 6, 232, 3, 0, 0,
    ]
    let server = try Answering { _, visit in
      _ = try await visit.request()
      let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(packed.count)\r\n\r\n"
      try await visit.connection.write(Array(head.utf8) + packed)
    }
    // The system's client, which HTTPClient uses for HTTPS only.
    let client = WebFetch(limit: limit)
    let fields = [(name: "Accept-Encoding", value: "identity")]
    let request = WebFetch.Request(method: "GET", url: server.url, fields: fields, content: nil)
    do {
      let answer = try await client.answer(to: request)
      #expect("\(answer.content.count) bytes" == outcome)
    } catch let failure as WebFetchFailure {
      #expect(failure.description == outcome)
    }
    #expect(try await server.visit().requests.withLock { $0 }.first?.contains("Accept-Encoding: identity\r\n") == true)
  }

  @Test(arguments: ["HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nx", "HTTP/1.1 200", ""])
  func `An answer that does not come to its end in time is none, however it begins`(beginning: String) async throws {
    let outcome = try await outcome("timeout: 100ms") { _, visit in
      _ = try await visit.request()
      try await visit.say(beginning)
      _ = try await visit.request()
    }
    #expect(outcome == ["bad no answer within 100ms"])
  }

  @Test func `An answer that comes for ever is given up when its time is over`() async throws {
    let outcome = try await outcome("timeout: 200ms, maxContent: 1GiB") { _, visit in
      _ = try await visit.request()
      try await visit.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
      while true {
        try await visit.say("1\r\nx\r\n")
        await Task.yield()
      }
    }
    #expect(outcome == ["bad no answer within 200ms"])
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\n",
  ])
  func `A content without end is left as soon as it has more than may be`(head: String) async throws {
    let sent = Mutex(0)
    let outcome = try await outcome("maxContent: 1MiB") { _, visit in
      _ = try await visit.request()
      try await visit.say(head)
      let piece = String(repeating: "x", count: 0x10000)
      while true {
        try await visit.say(head.contains("chunked") ? "10000\r\n\(piece)\r\n" : piece)
        sent.withLock { $0 += piece.utf8.count }
      }
    }
    #expect(outcome == ["bad the answer has more than 1048576 bytes"])
    // What was under way in the system's buffers was written as well.
    #expect(sent.withLock { $0 } < 16 << 20)
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", "the answer has more than 16777216 bytes"),
    ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n", "the answer has more than 16777216 bytes"),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 3\r\n\r\nhello",
      "the answer cannot be read: there are several Content-Lengths"
    ),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 5, 3\r\n\r\nhello",
      "the answer cannot be read: the Content-Length is malformed"
    ),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "the answer cannot be read: there is both a Content-Length and a Transfer-Encoding"
    ),
    (
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
      "the answer cannot be read: its content is packed by `gzip`, though it was asked for as it is; a program unpacks it, such as `curl -sS --compressed URL`"
    ),
    (
      "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
      "the answer cannot be read: the connection ended in the middle of a response"
    ),
    ("SSH-2.0-OpenSSH\r\n\r\n", "the answer cannot be read: the version of HTTP is malformed"),
    ("", "the server has closed the connection without an answer"),
    ("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "the server answers with status 404"),
    (
      "HTTP/1.1 503 Busy\r\nRetry-After: 90\r\nContent-Length: 0\r\n\r\n",
      "the server answers with status 503, and wants to be asked again after 90s"
    ),
    (
      "HTTP/1.1 302 Found\r\nLocation: ftp://a/b\r\nContent-Length: 0\r\n\r\n",
      "the server redirects to \"ftp://a/b\", which is no URL of HTTP"
    ),
    (
      "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/b\r\nContent-Length: 0\r\n\r\n",
      "the server redirects to \"http://127.0.0.1:9/b\", which is another host or port: `redirects: anywhere` allows that"
    ),
  ])
  func `An answer that is no good one says why`(answer: String, reason: String) async throws {
    let outcome = try await outcome { _, visit in
      _ = try await visit.request()
      try await visit.say(answer)
    }
    #expect(outcome == ["bad \(reason)"])
  }

  @Test func `A request says what the parameters say, and who makes it`() async throws {
    let server = try Answering { _, visit in
      _ = try await visit.request()
      try await visit.answer("done")
    }
    let graph = try RunningText(
      """
      client = HTTPClient("\(server.url)/a b?c=ü#d", method: "PUT", type: "text/x", fields: ["X-Key: 1:2", "Accept: a/b"])
      "content" -> Encode() -> client.content
      client -> Tell("x")
      """)
    let visit = try await server.visit()
    #expect(await graph.all("x").map(\.text) == ["done"])
    #expect(
      visit.requests.withLock { $0 } == [
        """
        PUT /a%20b?c=%C3%BC HTTP/1.1\r\nHost: \(server.listener.address)\r\nX-Key: 1:2\r\nAccept: a/b\r\n\
        Content-Type: text/x\r\nUser-Agent: kamaelia/\(Version.current)\r\nAccept-Encoding: identity\r\n\
        Content-Length: 7\r\nConnection: close\r\n\r\ncontent
        """
      ])
    #expect(await graph.network.ended().isGood)
  }

  @Test func `Name and password go to the host that they are for, and to no other`() async throws {
    let other = try Answering { _, visit in
      _ = try await visit.request()
      try await visit.answer("other")
    }
    let there = other.url
    let server = try Answering { _, visit in
      _ = try await visit.request()
      try await visit.answer("", "Location: here\r\n", status: "301 Moved")
      _ = try await visit.request()
      try await visit.answer("", "Location: \(there)/x\r\n", status: "307 Moved")
    }
    let url = server.url.replacingOccurrences(of: "//", with: "//me:p%40ss@")
    let graph = try RunningText("\"\(url)/dir/there\" -> HTTPClient() -> Tell(\"x\")")
    let first = try await server.visit()
    #expect(await graph.all("x").map(\.text) == ["other"])
    let seen = first.requests.withLock { $0 }
    #expect(seen.map { $0.prefix { $0 != "\r\n" } } == ["GET /dir/there HTTP/1.1", "GET /dir/here HTTP/1.1"])
    #expect(seen.allSatisfy { $0.contains("Authorization: Basic bWU6cEBzcw==\r\n") })
    let second = try await other.visit()
    #expect(second.requests.withLock { $0 }.allSatisfy { !$0.contains("Authorization") })
    #expect(await graph.network.ended().isGood)
  }

  @Test func `A redirection that leads to itself comes to an end`() async throws {
    let outcome = try await outcome { _, visit in
      while try await visit.request() != nil { try await visit.answer("", "Location: /page\r\n", status: "302 Found") }
    }
    #expect(outcome == ["bad it was redirected more than 10 times"])
  }

  @Test func `Where answers are linked, each has its status and its fields, and none is an error`() async throws {
    let server = try Answering { _, visit in
      while let request = try await visit.request() {
        try await visit.answer(
          "no", "X-Two: a\r\nx-two: b\r\nRetry-After: 7\r\n", status: request.contains("/bad") ? "404 No" : "200 OK")
      }
    }
    let graph = try RunningText(
      """
      client = HTTPClient()
      ["\(server.url)/good", "\(server.url)/bad"] -> Unbatch() -> client
      client.answers -> Format("{status} {fields.x-two} {retryAfter} {content} {url}") -> Tell("x")
      client -> Tell("good")
      """)
    #expect(
      await graph.all("x").map(\.text) == ["200 a, b 7.0 no \(server.url)/good", "404 a, b 7.0 no \(server.url)/bad"])
    #expect(await graph.all("good").map(\.text) == ["no"])
    #expect(await graph.network.ended().isGood)
  }

  @Test func `What is asked at once goes over one connection, and is asked once more where that had just ended`()
    async throws
  {
    let server = try Answering { number, visit in
      _ = try await visit.request()
      try await visit.answer("\(number)")
      // Read, and not answered: nobody can tell this from a connection that ended a moment before.
      if try await visit.request() != nil, number > 0 { try await visit.answer("\(number) again") }
    }
    let urls = Array(repeating: "\"\(server.url)/\"", count: 3).joined(separator: ", ")
    let graph = try RunningText("[\(urls)] -> Unbatch() -> HTTPClient() -> Tell(\"x\")")
    #expect(await graph.all("x").map(\.text) == ["0", "1", "1 again"])
    #expect(await graph.network.ended().isGood)
  }

  @Test func `Content that has been sent is not sent again where the answer is missing`() async throws {
    let count = Mutex(0)
    let outcome = try await outcome("method: \"POST\"") { _, visit in
      if try await visit.request() != nil { count.withLock { $0 += 1 } }
    }
    #expect(outcome == ["bad the server has closed the connection without an answer"])
    #expect(count.withLock { $0 } == 1)
  }

  @Test func `With retries it asks again, as late as the answer wants`() async throws {
    let outcome = try await outcome("retries: 3, backoff: 1ms...2s") { number, visit in
      _ = try await visit.request()
      switch number {
      case 0: try await visit.answer("", "Retry-After: 0\r\n", status: "503 Busy")
      case 1: break
      case 2: try await visit.answer("", status: "500 Oh")
      default: try await visit.answer("at last")
      }
    }
    #expect(outcome == ["good at last"])
  }

  @Test func `A server that wants to be left alone for longer than is waited is`() async throws {
    let outcome = try await outcome("retries: 3, backoff: 1ms...2ms") { _, visit in
      _ = try await visit.request()
      try await visit.answer("", "Retry-After: 60\r\n", status: "429 Slower")
    }
    #expect(outcome == ["bad the server answers with status 429, and wants to be asked again after 1min"])
  }

  @Test func `Requests as JSON have methods, fields and content of their own`() async throws {
    let server = try Answering { _, visit in
      while let request = try await visit.request() {
        let parts = request.components(separatedBy: "\r\n")
        try await visit.answer(
          "\(parts[0]) \(parts.filter { $0.hasPrefix("X") || $0.hasPrefix("Content-T") }) \(parts.last ?? "")")
      }
    }
    let graph = try RunningText(
      #"""
      client = HTTPClient("\#(server.url)/a/", fields: ["X-All: 1"])
      lines = "{\"method\": \"PUT\", \"url\": \"lamps/3\", \"fields\": {\"X-One\": 2}, \"content\": {\"on\": true}}\n{\"method\": \"DELETE\"}\n{\"url\": \"http://localhost:1/\"}\n{\"uri\": 1}\n[]\n"
      """#.replacingOccurrences(of: "lines = ", with: "")
        + """
         -> Encode() -> Lines() -> ParseJSON() -> client.requests
        client -> Tell("x")
        client.errors -> Format("{error}") -> Tell("bad")
        """)
    #expect(
      await graph.all("x").map(\.text) == [
        "PUT /a/lamps/3 HTTP/1.1 [\"X-One: 2\", \"X-All: 1\", \"Content-Type: application/json\"] {\"on\":true}",
        "DELETE /a/ HTTP/1.1 [\"X-All: 1\"] ",
      ])
    #expect(
      await graph.all("bad").map(\.text) == [
        "this is not on the host and port of `url`, which `redirects: anywhere` allows",
        "a request has `url`, `method`, `fields` and `content`, and no `uri`", "a request is a JSON object",
      ])
    #expect(await graph.network.ended().isGood)
  }

  @Test(
    arguments: [
      (["url": .text("http://")], "takes a URL"), (["url": .text("http://a:99999/")], "takes a URL"),
      (["url": .text("http://[::1/")], "takes a URL"), (["method": .text("get it")], "takes a word"),
      (["fields": .list([.text("Host: b")])], "`Host`, which the client says itself"),
      (["fields": .list([.text("nothing")])], "takes lines such as"),
      (["fields": .list([.text("A: b\r\nC: d")])], "no field can be written like that"),
    ] as [([String: Value], String)])
  func `What cannot be asked is an error before launch`(arguments: [String: Value], said: String) throws {
    #expect(try problem(HTTPClient(), arguments)?.contains(said) == true)
  }
}
