import FormatChecks
import KamaeliaFormats
import Testing

@Suite struct WebSocketHandshakeTests {
  static let key = "dGhlIHNhbXBsZSBub25jZQ=="
  static let right: KeyValuePairs = [
    "Host": "example.org", "Upgrade": "websocket", "Connection": "keep-alive, Upgrade", "Sec-WebSocket-Key": key,
    "Sec-WebSocket-Version": "13",
  ]

  static func request(
    _ method: String = "GET", version: String = "1.1", changing: [String: String?] = [:]
  ) throws -> HTTPRequestHead {
    var text = "\(method) /chat HTTP/\(version)\r\n"
    for (name, value) in right {
      if let value = changing[name] ?? value { text += "\(name): \(value)\r\n" }
    }
    for (name, value) in changing where !right.contains(where: { $0.key == name }) {
      text += "\(name): \(value ?? "")\r\n"
    }
    var parser = HTTPRequestParser()
    parser.append(Array((text + "\r\n").utf8)[...])
    guard case .head(let head)? = try parser.next() else { throw HTTPRefusal(400, "there is no head") }
    return head
  }

  @Test func `The example of the standard is answered`() throws {
    let answer = try WebSocketHandshake.answer(
      try Self.request(changing: ["Sec-WebSocket-Protocol": "a, chat"]), protocols: ["chat", "a"])
    #expect(answer.status == 101)
    #expect(answer.fields["Sec-WebSocket-Accept"] == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    #expect(answer.fields["Sec-WebSocket-Protocol"] == "chat")
  }

  @Test(
    arguments: [
      ("POST", "1.1", [:], 405), ("GET", "1.0", [:], 400), ("GET", "1.1", ["Upgrade": nil], 426),
      ("GET", "1.1", ["Upgrade": "h2c"], 426), ("GET", "1.1", ["Connection": "close"], 426),
      ("GET", "1.1", ["Sec-WebSocket-Version": "8"], 426), ("GET", "1.1", ["Sec-WebSocket-Version": nil], 426),
      ("GET", "1.1", ["Sec-WebSocket-Key": nil], 400), ("GET", "1.1", ["Sec-WebSocket-Key": "short"], 400),
      ("GET", "1.1", ["Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZR=="], 400),
      ("GET", "1.1", ["Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25j!Q=="], 400),
      ("GET", "1.1", ["Origin": "https://evil.example"], 403), ("GET", "1.1", ["Origin": "null"], 403),
      ("GET", "1.1", ["Content-Length": "1"], 400),
    ] as [(String, String, [String: String?], Int)])
  func `What is no handshake is refused`(method: String, version: String, changing: [String: String?], status: Int)
    throws
  {
    let request = try Self.request(method, version: version, changing: changing)
    let refusal = #expect(throws: WebSocketRefusal.self) { try WebSocketHandshake.answer(request) }
    #expect(refusal?.status.code == status)
  }

  @Test(arguments: [
    ("http://example.org", []), ("https://EXAMPLE.org", []), ("https://evil.example", ["*"]),
    ("https://friend.example", ["https://friend.example"]),
  ])
  func `Pages of the server's own origin and of those that are named may connect`(origin: String, origins: [String])
    throws
  {
    let answer = try WebSocketHandshake.answer(
      try Self.request(changing: ["Origin": origin]), origins: origins, names: ["example.org"])
    #expect(answer.status == 101)
  }

  @Test(arguments: [
    ("localhost:8080", true), ("127.0.0.1:8080", true), ("[::1]", true), ("192.168.1.7", true), ("LOCALHOST", true),
    ("a.localhost", true), ("mine:80", true), ("evil.example:8080", false), ("localhost.evil.example", false),
    ("127.0.0.1.evil.example", false), ("999.0.0.1", false), ("", false), ("notlocalhost", false),
  ])
  func `A page may connect by a name that nobody else can have led here`(host: String, mayConnect: Bool) throws {
    let request = try Self.request(changing: ["Host": host, "Origin": "http://\(host)"])
    let answer = Result { try WebSocketHandshake.answer(request, names: ["mine"]).status }
    if mayConnect {
      #expect(try answer.get() == 101)
    } else {
      #expect((#expect(throws: WebSocketRefusal.self) { try answer.get() })?.status == 403)
    }
    // A client that is no browser says nothing of an origin.
    #expect(try WebSocketHandshake.answer(try Self.request(changing: ["Host": host])).status == 101)
  }

  @Test func `A client takes the answer to its own request and no other`() throws {
    let key = (0..<16).map { UInt8($0) }
    let bytes = try WebSocketHandshake.request(key: key, host: "a", target: "/x?y", protocols: ["p"])
    let transcript = Reading.requests(bytes, seed: 2)
    guard case .head(let head)? = transcript.events.first else { throw HTTPRefusal(400, "there is no head") }
    let answer = try WebSocketHandshake.answer(head, protocols: ["p"])
    #expect(try WebSocketHandshake.check(answer, key: key, protocols: ["p"]) == "p")
    #expect(throws: HTTPRefusal.self) { try WebSocketHandshake.check(answer, key: key.reversed(), protocols: ["p"]) }
    #expect(throws: HTTPRefusal.self) { try WebSocketHandshake.check(answer, key: key) }
    #expect(throws: HTTPRefusal.self) { try WebSocketHandshake.check(HTTPResponseHead(200), key: key) }
    #expect(throws: HTTPFieldError.self) {
      try WebSocketHandshake.request(key: key, host: "a", target: "/ HTTP/1.1\r\nX:")
    }
    #expect(throws: HTTPFieldError.self) { try WebSocketHandshake.request(key: key, host: "a\r\nX: y", target: "/") }
  }
}
