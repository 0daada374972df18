import FormatChecks
import Foundation
import Kamaelia
import KamaeliaFormats
import KamaeliaIO
import Testing

@testable import KamaeliaComponents

/// A server, and clients that send what a test writes; `WebClientsTests` has real ones.
@Suite(.timeLimit(.minutes(1))) struct HTTPServerTests {
  static let graph = """
    server = HTTPServer(port: 0, folder: "FOLDER", sockets: [Echo], routes: [Shout, Refuse, Asked], patience: 10s)
    server.bound -> Tell("port")
    server.log -> Tell("log")

    graph Echo {
        inbox  heard: Text
        outbox said: Text

        self.heard -> PassThrough() -> self.said
    }

    graph Shout {
        inbox  content: Bytes
        outbox answer: Bytes

        self.content -> Decode() -> Uppercase() -> Encode() -> self.answer
    }

    graph Asked(method: Text, path: Text, query: Text) {
        outbox answer: Bytes

        "${method} ${path} ${query}" -> Encode() -> self.answer
    }
    """

  /// A folder that is served, and the graph that serves it.
  static func start(_ changes: (String, String)...) throws -> (Scratch, RunningText) {
    let scratch = try Scratch()
    try scratch.makeFolder("site")
    try scratch.makeFolder("site/sub")
    try scratch.write("secret", "secret")
    try scratch.write("site/index.html", "<p>hello")
    try scratch.write("site/digits.txt", "0123456789")
    try scratch.write("site/sub/index.html", "below")
    try scratch.write("site/.hidden", "hidden")
    try scratch.write("site/large.bin", String(repeating: "0123456789abcdef", count: 20_000))
    try #require(symlink("../secret", scratch["site/out"]) == 0)
    try #require(symlink("digits.txt", scratch["site/within.txt"]) == 0)
    try #require(mkfifo(scratch["site/pipe"], 0o644) == 0)
    var text = graph.replacing("FOLDER", with: scratch["site"])
    for (old, new) in changes { text = text.replacing(old, with: new) }
    return (scratch, try RunningText(text))
  }

  static func connect(_ graph: RunningText) async throws -> Connection {
    try await Connection.open(to: .v4([127, 0, 0, 1], port: try await graph.port()))
  }

  /// All that is answered to what is sent on a connection of its own, up to its end.
  static func exchange(_ bytes: [UInt8], with graph: RunningText) async throws -> [UInt8] {
    let connection = try await connect(graph)
    defer { connection.close() }
    try await connection.write(bytes)
    return try await connection.descriptor.readToEnd(limit: 1 << 24)
  }

  /// The status of each answer and its content, and the fields of the last.
  static func answers(
    _ text: String, to methods: [String] = ["GET"], with graph: RunningText
  ) async throws -> (outline: [String], last: HTTPFields) {
    let bytes = try await exchange(Array(text.utf8), with: graph)
    let transcript = Reading.responses(bytes, to: methods, seed: 1)
    #expect(transcript.failure == nil)
    var (outline, last): ([String], HTTPFields) = ([], HTTPFields())
    for event in transcript.events {
      switch event {
      case .head(let head):
        outline.append("\(head.status.code)")
        last = head.fields
      case .content(let bytes):
        let text = String(decoding: bytes, as: UTF8.self)
        outline[outline.count - 1] += text.utf8.count > 100 ? " \(text.utf8.count)" : " \(text)"
      case .end: continue
      }
    }
    return (outline, last)
  }

  static func get(_ path: String, _ more: String = "", method: String = "GET") -> String {
    "\(method) \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\(more)\r\n"
  }

  @Test(arguments: [
    ("/", "200 <p>hello"), ("/index.html?x", "200 <p>hello"), ("/sub/", "200 below"), ("/within.txt", "200 0123456789"),
    ("/%64igits.txt", "200 0123456789"), ("/sub", "301 301 Moved Permanently\n"), ("/large.bin", "200 320000"),
    ("/nothing", "404 404 Not Found\n"), ("/favicon.ico", "204"), ("/sub/favicon.ico", "404 404 Not Found\n"),
    ("/index.html/", "404 404 Not Found\n"),
    ("/out", "404 404 Not Found\n"), ("/.hidden", "404 404 Not Found\n"), ("/pipe", "404 404 Not Found\n"),
    ("/../secret", "404 404 Not Found\n"), ("/sub/../../secret", "404 404 Not Found\n"),
    ("/%2e%2e/secret", "404 404 Not Found\n"), ("/..%2fsecret", "404 404 Not Found\n"),
    ("//secret", "404 404 Not Found\n"),
    ("/sub/..", "200 <p>hello"), ("/sub/.", "200 below"), ("/sub/%2e%2e/digits.txt", "200 0123456789"),
    ("/..%2e/x", "404 404 Not Found\n"), ("/sub/../%61sked/x", "200 GET /x "), ("/%41sked", "404 404 Not Found\n"),
    ("/asked/../../asked", "404 404 Not Found\n"), ("/%00", "404 404 Not Found\n"),
    ("/asked/a%20b/c?d=e", "200 GET /a%20b/c d=e"),
    ("/asked", "200 GET  "), ("/askedx", "404 404 Not Found\n"), ("/echo/x", "404 404 Not Found\n"),
    ("/echo", "426 426 Upgrade Required: here is a WebSocket\n"),
  ])
  func `A path gives what is there, and nothing from outside`(path: String, outline: String) async throws {
    let (scratch, graph) = try Self.start()
    #expect(try await Self.answers(Self.get(path), with: graph).outline == [outline])
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test(arguments: [
    ("/sub", "/sub/"), ("/sub?x=1&y=/..", "/sub/?x=1&y=/.."), ("/sub?", "/sub/?"), ("/%73ub", "/sub/"),
    ("/sub/../sub?x", "/sub/?x"),
  ])
  func `A folder without its slash is found behind one, with all that was asked`(path: String, location: String)
    async throws
  {
    let (scratch, graph) = try Self.start()
    #expect(try await Self.answers(Self.get(path), with: graph).last["Location"] == location)
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `Ranges and conditions are answered as they ask`() async throws {
    let (scratch, graph) = try Self.start()
    let port = try await graph.port()
    func ask(_ more: String, path: String = "/digits.txt", method: String = "GET") async throws -> (String, HTTPFields)
    {
      let connection = try await Connection.open(to: .v4([127, 0, 0, 1], port: port))
      defer { connection.close() }
      try await connection.write(Array(Self.get(path, more, method: method).utf8))
      let bytes = try await connection.descriptor.readToEnd(limit: 1 << 24)
      let events = Reading.responses(bytes, to: [method], seed: 1).events
      guard case .head(let head)? = events.first else { throw HTTPRefusal(502, "there is no answer") }
      let content = events.compactMap {
        if case .content(let bytes) = $0 { String(decoding: bytes, as: UTF8.self) } else { nil }
      }
      return ("\(head.status.code) " + content.joined(), head.fields)
    }
    let (_, whole) = try await ask("")
    let tag = try #require(whole["ETag"])
    let date = try #require(whole["Last-Modified"])
    #expect(whole["Content-Type"] == "text/plain; charset=utf-8")
    #expect(try await ask("If-None-Match: \(tag)\r\n").0 == "304 ")
    #expect(try await ask("If-Modified-Since: \(date)\r\n").0 == "304 ")
    #expect(try await ask("If-Match: \"x\"\r\n").0 == "412 412 Precondition Failed\n")
    #expect(try await ask("Range: bytes=2-4\r\n").0 == "206 234")
    #expect(try await ask("Range: bytes=2-4\r\n").1["Content-Range"] == "bytes 2-4/10")
    #expect(try await ask("Range: bytes=-3\r\nIf-Range: \(tag)\r\n").0 == "206 789")
    #expect(try await ask("Range: bytes=-3\r\nIf-Range: \"x\"\r\n").0 == "200 0123456789")
    #expect(try await ask("Range: bytes=10-\r\n").1["Content-Range"] == "bytes */10")
    #expect(try await ask("Range: bytes=319998-\r\n", path: "/large.bin").0 == "206 ef")
    let several = try await ask("Range: bytes=0-1,319998-\r\n", path: "/large.bin").0
    #expect(several.contains("bytes 0-1/320000\r\n\r\n01\r\n--") && several.contains("-319999/320000\r\n\r\nef\r\n--"))
    #expect(try await ask("", method: "HEAD").0 == "200 ")
    #expect(try await ask("", method: "HEAD").1["Content-Length"] == "10")
    #expect(try await ask("", path: "/large.bin", method: "HEAD").1["Content-Length"] == "320000")
    #expect(try await ask("", method: "DELETE").1["Allow"] == "GET, HEAD")
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test(arguments: [("/digits.txt", false), ("/nothing", true), ("/shout", true)])
  func `An answer has the fields that the graph wants, where it has none of its own`(
    path: String, isTaggedByGraph: Bool
  ) async throws {
    let (scratch, graph) = try Self.start(
      ("patience: 10s", "fields: [\"X-Frame-Options: DENY\", \"etag: mine\", \"Cache-Control:no-cache\"]"))
    let last = try await Self.answers(Self.get(path), with: graph).last
    #expect(last["X-Frame-Options"] == "DENY" && last["Cache-Control"] == "no-cache")
    #expect(last.count(of: "ETag") == 1 && (last["ETag"] == "mine") == isTaggedByGraph)
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `Requests that come together are answered in their order`() async throws {
    let (scratch, graph) = try Self.start()
    let text =
      "POST /shout HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      + "GET /digits.txt HTTP/1.1\r\nHost: a\r\n\r\n" + "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"
      + "POST /shout HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ndef\r\n0\r\n\r\n"
      + "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n" + Self.get("/")
    let methods = ["POST", "GET", "HEAD", "POST", "GET", "GET"]
    #expect(
      try await Self.answers(text, to: methods, with: graph).outline == [
        "200 ABC", "200 0123456789", "200", "200 DEF", "404 404 Not Found\n", "200 <p>hello",
      ])
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `A file comes whole to a client that takes it bit by bit`() async throws {
    let (scratch, graph) = try Self.start()
    // More than the system keeps for the client.
    let numbers = [UInt32](0..<4_000_000).withUnsafeBytes { [UInt8]($0) }
    try Data(numbers).write(to: URL(filePath: scratch["site/numbers"]))
    let connection = try await Self.connect(graph)
    try await connection.write(Array(Self.get("/numbers", "Range: bytes=1-\r\n").utf8))
    var answer: [UInt8] = []
    var isAtEnd = false
    while !isAtEnd {
      let bytes = try await connection.read(upTo: 10_007)
      answer += bytes
      isAtEnd = bytes.isEmpty
    }
    #expect(answer.starts(with: "HTTP/1.1 206 ".utf8))
    #expect(answer.suffix(numbers.count - 1).elementsEqual(numbers.dropFirst()))
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `A client that waits with its content is told to go on`() async throws {
    let (scratch, graph) = try Self.start()
    let connection = try await Self.connect(graph)
    try await connection.write(
      Array(Self.get("/shout", "Content-Length: 3\r\nExpect: 100-continue\r\n", method: "POST").utf8))
    let first = try await connection.read(upTo: 1000)
    #expect(String(decoding: first, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
    try await connection.write(Array("abc".utf8))
    #expect(String(decoding: try await connection.descriptor.readToEnd(limit: 1000), as: UTF8.self).contains("ABC"))
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `A graph that fails is answered with 500, and the server goes on`() async throws {
    let (scratch, graph) = try Self.start()
    let connection = try await Self.connect(graph)
    let post = "POST /refuse HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
    try await connection.write(Array((post + Self.get("/")).utf8))
    let bytes = try await connection.descriptor.readToEnd(limit: 10_000)
    let codes = Reading.responses(bytes, to: ["POST", "GET"], seed: 1).events.compactMap {
      if case .head(let head) = $0 { head.status.code } else { nil as Int? }
    }
    #expect(codes == [500, 200])
    #expect(graph.said().contains { $0.contains("refused x") })
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `A malformed request gets its answer over a connection, which is closed`() async throws {
    let (scratch, graph) = try Self.start()
    let port = try await graph.port()
    for sample in Sample.all(in: "requests") {
      guard let answer = sample.answer else { continue }
      let connection = try await Connection.open(to: .v4([127, 0, 0, 1], port: port))
      try await connection.write(sample.bytes)
      let text = String(decoding: try await connection.descriptor.readToEnd(limit: 10_000), as: UTF8.self)
      #expect(text.hasPrefix("HTTP/1.1 \(answer) "), "\(sample.name): \(text)")
      #expect(text.contains("Connection: close\r\n"), "\(sample.name)")
      #expect(text.matches(of: #/HTTP/1\.1 /#).count == 1, "\(sample.name)")
      connection.close()
    }
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `A wrong frame gets its close code over a connection, which is closed`() async throws {
    let (scratch, graph) = try Self.start()
    let port = try await graph.port()
    let handshake = try WebSocketHandshake.request(key: [UInt8](repeating: 1, count: 16), host: "a", target: "/echo")
    for sample in Sample.all(in: "websocket") {
      guard let answer = sample.answer else { continue }
      let connection = try await Connection.open(to: .v4([127, 0, 0, 1], port: port))
      try await connection.write(handshake + sample.bytes)
      let bytes = try await connection.descriptor.readToEnd(limit: 10_000)
      var parser = HTTPResponseParser()
      parser.expect("GET")
      parser.append(bytes[...])
      guard case .head(let head)? = try parser.next() else { throw HTTPRefusal(502, "there is no answer") }
      #expect(head.status == 101)
      guard case .close(let closing)? = Reading.frames(Array(parser.takeRest()), .client, seed: 1).events.last else {
        Issue.record("\(sample.name) is not closed")
        continue
      }
      #expect(closing.code.map(Int.init) == answer, "\(sample.name)")
      connection.close()
    }
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `A head that does not come to its end in time is answered with 408`() async throws {
    let (scratch, graph) = try Self.start(("patience: 10s", "patience: 1ms"))
    let text = String(decoding: try await Self.exchange(Array("GET / HTTP/1.1\r\nHo".utf8), with: graph), as: UTF8.self)
    #expect(text.hasPrefix("HTTP/1.1 408 "))
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test func `A connection without requests is closed without a word`() async throws {
    let (scratch, graph) = try Self.start(("patience: 10s", "idle: 1ms"))
    #expect(try await Self.exchange([], with: graph) == [])
    #expect(await graph.stop().isGood)
    _ = scratch
  }

  @Test(
    arguments: [
      (["port": 0], "serves a `folder`, or graphs"), (["port": 0, "folder": "x", "host": "a b"], "`host`"),
      (["port": 0, "folder": "x", "type": "a\r\nb"], "control character"), (["port": 0, "folder": "x"], nil),
      (["port": 0, "folder": "x", "fields": ["no field"]], "lines such as `Cache-Control: no-cache`"),
      (["port": 0, "folder": "x", "fields": ["Content-length: 3"]], "which the server says itself"),
      (["port": 0, "folder": "x", "fields": ["A: b\r\nC: d"]], "no field can be written like that"),
      (["port": 0, "folder": "x", "fields": ["A b: c"]], "no field can be written like that"),
    ] as [([String: Value], String?)])
  func `What cannot be served is an error before launch`(arguments: [String: Value], said: String?) throws {
    let found = try problem(HTTPServer(), arguments)
    #expect(said.map { found?.contains($0) == true } ?? (found == nil))
  }

  @Test(arguments: [("Chat", "/chat"), ("ChatRoom", "/chat-room"), ("HTML", "/html"), ("A1B", "/a1-b")])
  func `A graph is found by its name in small letters`(name: String, path: String) {
    #expect(HTTPSite.path(of: name) == path)
  }
}
