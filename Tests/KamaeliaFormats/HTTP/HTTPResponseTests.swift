import FormatChecks
import KamaeliaFormats
import Testing

@Suite struct HTTPResponseTests {
  static func request(_ method: String, _ version: String = "1.1", _ more: String = "") throws -> HTTPRequestHead {
    var parser = HTTPRequestParser()
    parser.append(Array("\(method) / HTTP/\(version)\r\nHost: a\r\n\(more)\r\n".utf8)[...])
    guard case .head(let head)? = try parser.next() else { throw HTTPRefusal(400, "there is no head") }
    return head
  }

  static let date = HTTPDate(seconds: 784_111_777).text

  static func written(
    _ status: HTTPStatus, _ content: [String], length: HTTPContentLength, to request: HTTPRequestHead
  ) throws -> [UInt8] {
    var fields = HTTPFields()
    try fields.add("X", "y")
    let writer = HTTPResponseWriter(HTTPResponseHead(status, fields), length: length, to: request, date: date)
    var trailer = HTTPFields()
    try trailer.add("T", "u")
    return content.reduce(into: writer.head) { $0 += writer.content(Array($1.utf8)[...]) }
      + writer.end(trailer: trailer)
  }

  @Test(arguments: [
    ("GET", HTTPContentLength.known(5), 200 as HTTPStatus, "hello", "end"), ("GET", .open, 200, "hello", "end T=u"),
    ("HEAD", .known(5), 200, "", "end"), ("HEAD", .open, 200, "", "end"), ("GET", .known(5), 304, "", "end"),
    ("GET", .none, 204, "", "end"),
  ])
  func `A response is read as it was written`(
    method: String, length: HTTPContentLength, status: HTTPStatus, content: String, end: String
  ) throws {
    let bytes = try Self.written(status, ["he", "", "llo"], length: length, to: try Self.request(method))
    for seed in 0..<8 as Range<UInt64> {
      let transcript = Reading.responses(bytes + bytes, to: [method, method], seed: seed)
      #expect(transcript.failure == nil)
      var text = ""
      var ends: [String] = []
      for event in transcript.events {
        switch event {
        case .head(let head):
          #expect(head.status == status)
          #expect(head.fields["x"] == "y")
          #expect(head.fields["Date"] == "Sun, 06 Nov 1994 08:49:37 GMT")
        case .content(let bytes): text += String(decoding: bytes, as: UTF8.self)
        case .end(let trailer): ends.append("end" + trailer.map { " \($0.name)=\($0.value)" }.joined())
        }
      }
      #expect(text == content + content)
      #expect(ends == [end, end])
    }
  }

  @Test(arguments: [
    ("GET", "1.1", "", HTTPContentLength.known(1), true), ("GET", "1.1", "", .open, true),
    ("GET", "1.1", "Connection: close\r\n", .known(1), false), ("GET", "1.0", "", .known(1), false),
    ("GET", "1.0", "Connection: keep-alive\r\n", .known(1), true),
    ("GET", "1.0", "Connection: keep-alive\r\n", .open, false),
    ("HEAD", "1.0", "Connection: keep-alive\r\n", .open, true),
  ])
  func `The connection goes on where the end of the response is known`(
    method: String, version: String, more: String, length: HTTPContentLength, isPersistent: Bool
  ) throws {
    let writer = HTTPResponseWriter(
      HTTPResponseHead(200), length: length, to: try Self.request(method, version, more), date: Self.date)
    #expect(writer.isPersistent == isPersistent)
    let head = String(decoding: writer.head, as: UTF8.self)
    #expect(head.contains("Connection: close\r\n") == !isPersistent)
    #expect(head.contains("Transfer-Encoding") == (length == .open && version == "1.1"))
  }

  @Test(arguments: ["a\r\nSet-Cookie: b", "a\nb", "a\0", "\u{1B}[0m"])
  func `A value cannot bring in fields of its own`(value: String) {
    var fields = HTTPFields()
    #expect(throws: HTTPFieldError.value(of: "Location")) { try fields.add("Location", value) }
    #expect(fields.isEmpty)
  }

  @Test(arguments: ["", "a b", "a:", "a\r\nb", "ä"])
  func `A name is a token`(name: String) {
    var fields = HTTPFields()
    #expect(throws: HTTPFieldError.name(name)) { try fields.add(name, "x") }
  }

  @Test func `Lists are parted at commas outside quotes`() throws {
    var fields = HTTPFields()
    try fields.add("List", "a , \"b,\\\"c\" ,, d")
    try fields.add("LIST", "e")
    #expect(fields.elements(of: "list") == ["a", "\"b,\\\"c\"", "d", "e"])
    #expect(fields.lists("D", in: "List"))
    #expect(!fields.lists("c", in: "List"))
  }

  @Test func `A response without a length lasts until the connection ends`() {
    let bytes = Array("HTTP/1.0 200\r\n\r\nhello".utf8)
    let transcript = Reading.responses(bytes, to: ["GET"], seed: 3)
    #expect(transcript.failure == nil)
    #expect(transcript.events.suffix(2) == [.content(Array("hello".utf8)[...]), .end(trailer: HTTPFields())])
  }

  @Test func `Answers that are only preliminary have no end of their own`() {
    let bytes = Array("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n".utf8)
    let transcript = Reading.responses(bytes, to: ["PUT"], seed: 4)
    #expect(transcript.failure == nil)
    #expect(transcript.events.count == 3)
  }
}
