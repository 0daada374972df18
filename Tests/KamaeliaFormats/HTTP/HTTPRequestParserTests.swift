import FormatChecks
import KamaeliaFormats
import Testing

@Suite struct HTTPRequestParserTests {
  /// What is read, in a few words a request.
  static func outline(_ text: String, seed: UInt64) -> [String] {
    let transcript = Reading.requests(Array(text.utf8), seed: seed)
    var lines = transcript.events.map { event -> String in
      switch event {
      case .head(let head): "\(head.method) \(head.target.path)" + (head.isPersistent ? "" : " last")
      case .content(let bytes): String(decoding: bytes, as: UTF8.self)
      case .end(let trailer): "end" + trailer.map { " \($0.name)=\($0.value)" }.joined()
      }
    }
    if let failure = transcript.failure { lines.append("\(failure.status.code)") }
    return lines
  }

  @Test(arguments: [
    ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", ["GET /", "end"]),
    ("GET / HTTP/1.1\r\nHost:\r\n\r\n", ["GET /", "end"]),
    ("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", ["GET /", "end"]),
    ("\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", ["GET /", "end"]),
    ("GET /a?b=c HTTP/1.0\r\n\r\n", ["GET /a last", "end"]),
    ("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", ["GET /", "end"]),
    ("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", ["GET / last", "end"]),
    ("GET / HTTP/1.7\r\nhOST:\ta \r\n\r\n", ["GET /", "end"]),
    ("GET http://b:80?q HTTP/1.1\r\nHost: a\r\n\r\n", ["GET /", "end"]),
    ("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", ["OPTIONS *", "end"]),
    ("CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", ["CONNECT ", "end"]),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 005\r\n\r\nhello", ["POST /", "hello", "end"]),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel", ["POST /", "hel"]),
    (
      "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"
        + "3\r\nhel\r\n002 ; a ; b=\"\\\"\" ; c = d\r\nlo\r\n0\r\nX: y\r\nZ:\r\n\r\n",
      ["POST /", "hello", "end X=y Z="]
    ),
    (
      "POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiGET /2 HTTP/1.1\r\nHost: a\r\n\r\n"
        + "\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n",
      ["POST /1", "hi", "end", "GET /2", "end", "GET /3", "end"]
    ),
    ("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n", ["GET /", "end", "400"]),
  ])
  func `Requests are read however they come`(text: String, outline: [String]) {
    for seed in 0..<12 as Range<UInt64> { #expect(Self.outline(text, seed: seed) == outline) }
  }

  @Test(arguments: [
    "a", "a:", "a:80", "A-b_c~d.", "%41%c3%a4", "127.0.0.1:8080", "[::1]", "[::1]:80", "[2001:db8::1:2]",
    "[::ffff:1.2.3.4]",
    "[1:2:3:4:5:6:7:8]", "[1:2:3:4:5:6:1.2.3.4]", "[1::]", "[v1.x:y]", "a!$&'()*+;=", "999.1.1.1",
  ])
  func `A Host that the grammar has is taken`(host: String) {
    #expect(Self.outline("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n", seed: 1) == ["GET /", "end"])
    #expect(Self.outline("GET http://\(host)/ HTTP/1.1\r\nHost: a\r\n\r\n", seed: 1) == ["GET /", "end"])
  }

  @Test(arguments: [
    "%zz", "a%", "a%2", "a%2:80", "%", "[a]", "[a.example]", "[]", "[]:80", "[::1", "::1]", "a[::1]", "[::1]a",
    "[::1]a:80",
    "[::1]]", "[[::1]]", "a:b", "a:80:81", "a:8a", "a:-1", "1::2", "[:1]", "[1:2]", "[1:2:3:4:5:6:7:8:9]", "[::1::2]",
    "[:::]",
    "[12345::]", "[::g]", "[::1.2.3]", "[::1.2.3.256]", "[::1.2.3.4:5]", "[1.2.3.4]", "[fe80::1%25eth0]", "[v1]",
    "[v.x]",
    "a b", "a/b", "a@b", "u@", "a?b", "a#b", "a\"", "a\\b", "ä", "a,b c",
  ])
  func `A Host that the grammar does not have is refused`(host: String) {
    #expect(Self.outline("GET / HTTP/1.1\r\nHost: \(host)\r\n\r\n", seed: 1) == ["400"])
  }

  @Test func `A refusal stays, and what comes after it is not read`() throws {
    var parser = HTTPRequestParser()
    parser.append(Array("GET\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)[...])
    let first = #expect(throws: HTTPRefusal.self) { try parser.next() }
    let second = #expect(throws: HTTPRefusal.self) { try parser.next() }
    #expect(first == second)
  }

  @Test(arguments: [("100-Continue", true), ("100-continue", true), (nil, false)])
  func `A client that waits with its content is known`(expectation: String?, waits: Bool) throws {
    var parser = HTTPRequestParser()
    let line = expectation.map { "Expect: \($0)\r\n" } ?? ""
    parser.append(Array("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\(line)\r\n".utf8)[...])
    guard case .head(let head)? = try parser.next() else { throw HTTPRefusal(400, "there is no head") }
    #expect(head.expectsContinue == waits)
    #expect(try parser.next() == nil)
  }

  @Test func `What follows a change of protocol is handed over`() throws {
    var parser = HTTPRequestParser()
    parser.append(Array("GET / HTTP/1.1\r\nHost: a\r\n\r\nframes".utf8)[...])
    _ = try parser.next()
    _ = try parser.next()
    #expect(parser.takeRest() == Array("frames".utf8)[...])
  }

  @Test(arguments: [(32, "414"), (33, "GET /")])
  func `A request line may be as long as the limit`(limit: Int, first: String) {
    let line = "GET /" + String(repeating: "a", count: 19) + " HTTP/1.1"
    #expect(line.utf8.count == 33)
    var limits = HTTPLimits()
    limits.startLine = limit
    for seed in 0..<6 as Range<UInt64> {
      let bytes = Array((line + "\r\nHost: a\r\n\r\n").utf8)
      let transcript = Reading.requests(bytes, seed: seed, limits: limits)
      #expect((transcript.failure == nil) == (first == "GET /"))
    }
  }

  @Test(arguments: 1..<40 as Range<UInt64>)
  func `Requests that are written at random are read as they were meant`(seed: UInt64) throws {
    var random = Seeded(seed)
    var bytes: [UInt8] = []
    var expected: [(path: String, content: [UInt8])] = []
    for index in 0..<Int.random(in: 1...8, using: &random) {
      let content = (0..<Int.random(in: 0...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      expected.append(("/\(index)", content))
      bytes += Array("POST /\(index) HTTP/1.1\r\nHost: a\r\n".utf8)
      if Bool.random(using: &random) {
        bytes += Array("Content-Length: \(content.count)\r\n\r\n".utf8) + content
        continue
      }
      bytes += Array("Transfer-Encoding: chunked\r\n\r\n".utf8)
      for piece in pieces(content, seed: random.next() | 2) where !piece.isEmpty {
        bytes += Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + [0x0D, 0x0A]
      }
      bytes += Array("0\r\n\r\n".utf8)
    }
    let transcript = Reading.requests(bytes, seed: seed)
    var read: [(path: String, content: [UInt8])] = []
    for event in transcript.events {
      switch event {
      case .head(let head): read.append((head.target.path, []))
      case .content(let bytes): read[read.count - 1].content += bytes
      case .end: continue
      }
    }
    #expect(transcript.failure == nil)
    #expect(read.elementsEqual(expected, by: ==))
  }
}
