/// How an HTTP connection becomes a WebSocket.
///
/// - Note: RFC 6455, 4.
package enum WebSocketHandshake {
  /// The answer to a key.
  package static func accept(_ key: String) -> String {
    Base64.encode(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
  }

  /// Whether a request asks for a WebSocket at all, rightly or not.
  package static func isRequested(by request: HTTPRequestHead) -> Bool {
    request.fields.lists("websocket", in: "Upgrade") && request.fields.lists("upgrade", in: "Connection")
  }

  /// The answer of a server.
  ///
  /// - Parameters:
  ///   - protocols: what the server speaks, the best first; the first that the client offers is chosen.
  ///   - origins: whose pages may connect besides the server's own, such as `https://example.org`; `*` for all. A client
  ///     that is no browser sends no origin, and may connect.
  ///   - names: the server's own in small letters, besides `localhost` and addresses. Any other name may be led to this server
  ///     by whoever owns it, whose pages then look like the server's own (DNS rebinding).
  /// - Returns: the head with status 101.
  /// - Throws: 400, 403, 405 or 426, as the request deserves.
  package static func answer(
    _ request: HTTPRequestHead, protocols: [String] = [], origins: [String] = [], names: Set<String> = []
  ) throws(WebSocketRefusal) -> HTTPResponseHead {
    guard request.method == "GET" else { throw WebSocketRefusal(405, "a WebSocket begins with GET") }
    guard request.version == .http11, request.framing == .length(0) else {
      throw WebSocketRefusal(400, "a WebSocket begins with HTTP/1.1 and without content")
    }
    guard isRequested(by: request) else { throw WebSocketRefusal(426, "here is a WebSocket") }
    let versions = request.fields.values("Sec-WebSocket-Version")
    guard versions == ["13"] else { throw WebSocketRefusal(426, "the version of WebSocket is not 13") }
    let keys = request.fields.values("Sec-WebSocket-Key")
    guard keys.count == 1, let key = keys.first, Base64.isSixteenBytes(key) else {
      throw WebSocketRefusal(400, "the Sec-WebSocket-Key is malformed")
    }
    guard mayConnect(request, origins, names) else {
      throw WebSocketRefusal(403, "pages of that origin may connect only where `origins` lists it")
    }
    let offered = request.fields.elements(of: "Sec-WebSocket-Protocol")
    do {
      var fields = HTTPFields()
      try fields.add("Upgrade", "websocket")
      try fields.add("Connection", "Upgrade")
      try fields.add("Sec-WebSocket-Accept", accept(key))
      if let chosen = protocols.first(where: offered.contains) { try fields.add("Sec-WebSocket-Protocol", chosen) }
      return HTTPResponseHead(101, fields)
    } catch {
      throw WebSocketRefusal(400, error.description)
    }
  }

  private static func mayConnect(_ request: HTTPRequestHead, _ origins: [String], _ names: Set<String>) -> Bool {
    let sent = request.fields.values("Origin")
    guard let origin = sent.first else { return true }
    guard sent.count == 1 else { return false }
    if origins.contains("*") || origins.contains(origin) { return true }
    let field = request.target.authority ?? request.fields["Host"] ?? ""
    guard let host = HTTPHost(field.utf8) else { return false }
    let name = host.name.lowercased()
    guard host.isAddress || name == "localhost" || name.hasSuffix(".localhost") || names.contains(name) else {
      return false
    }
    let lowercased = origin.lowercased()
    return lowercased == "http://\(field.lowercased())" || lowercased == "https://\(field.lowercased())"
  }

  /// The request of a client.
  ///
  /// - Parameters:
  ///   - key: 16 random bytes.
  ///   - target: path and query, beginning with `/`.
  ///   - fields: what is sent besides.
  /// - Throws: if one of the texts cannot be sent.
  package static func request(
    key: [UInt8], host: String, target: String, protocols: [String] = [], fields: HTTPFields = HTTPFields()
  ) throws(HTTPFieldError) -> [UInt8] {
    guard target.utf8.first == 0x2F, target.utf8.allSatisfy(\.isTargetCharacter) else { throw .value(of: "target") }
    var all = HTTPFields()
    try all.add("Host", host)
    try all.add("Upgrade", "websocket")
    try all.add("Connection", "Upgrade")
    try all.add("Sec-WebSocket-Version", "13")
    try all.add("Sec-WebSocket-Key", Base64.encode(key))
    if !protocols.isEmpty { try all.add("Sec-WebSocket-Protocol", protocols.joined(separator: ", ")) }
    var output = Array("GET \(target) HTTP/1.1\r\n".utf8)
    all.write(to: &output)
    fields.write(to: &output)
    output.append(contentsOf: [0x0D, 0x0A])
    return output
  }

  /// Checks what the server has answered.
  ///
  /// - Returns: the protocol that it chose, `nil` if none.
  /// - Throws: 502 with what is wrong.
  package static func check(
    _ response: HTTPResponseHead, key: [UInt8], protocols: [String] = []
  ) throws(HTTPRefusal) -> String? {
    guard response.status == 101 else {
      throw HTTPRefusal(502, "the server answers \(response.status.code) \(response.status.phrase)")
    }
    let fields = response.fields
    guard fields.lists("websocket", in: "Upgrade"), fields.lists("upgrade", in: "Connection"),
      fields.values("Sec-WebSocket-Accept") == [accept(Base64.encode(key))]
    else { throw HTTPRefusal(502, "the server has not read the handshake") }
    guard !fields.has("Sec-WebSocket-Extensions") else {
      throw HTTPRefusal(502, "the server takes an extension that was not offered")
    }
    let chosen = fields.values("Sec-WebSocket-Protocol")
    guard chosen.allSatisfy(protocols.contains), chosen.count <= 1 else {
      throw HTTPRefusal(502, "the server takes a protocol that was not offered")
    }
    return chosen.first
  }
}

/// Why a server does not make a WebSocket of a request.
package struct WebSocketRefusal: Error, Sendable, Equatable {
  package let status: HTTPStatus
  /// What was wrong, as a sentence without a full stop.
  package let reason: String

  init(_ status: HTTPStatus, _ reason: String) {
    self.status = status
    self.reason = reason
  }

  /// What a client must be told in fields besides the status.
  package var fields: [(name: String, value: String)] {
    switch status {
    case 405: [("Allow", "GET")]
    case 426: [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13")]
    default: []
    }
  }
}
