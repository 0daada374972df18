import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Where a WebSocket is: `ws://host:port/path?query`.
struct WebSocketAddress: Sendable {
  private let url: HTTPURL

  var host: String { url.host }
  var port: UInt16 { url.port }
  /// As the Host field names it.
  var authority: String { url.authority }
  /// Path and query.
  var target: String { url.target }

  /// - Returns: nil for what is no such address.
  init?(_ text: String) {
    guard let url = HTTPURL(text, [.ws]), url.credentials == nil else { return nil }
    self.url = url
  }

  /// Connects and does the handshake.
  ///
  /// - Returns: the connection, and what came behind the handshake.
  func open() async throws -> (Connection, [UInt8]) {
    let connection = try await outside {
      let addresses = try await HostLookup.addresses(of: host, port: port)
      return try await Connection.open(toOneOf: addresses)
    }
    do {
      return (connection, try await shakeHands(connection))
    } catch {
      connection.close()
      throw error
    }
  }

  private func shakeHands(_ connection: Connection) async throws -> [UInt8] {
    let key = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
    let request = try WebSocketHandshake.request(key: key, host: authority, target: target)
    try await outside { try await connection.write(request) }
    var parser = HTTPResponseParser()
    parser.expect("GET")
    while true {
      let bytes = try await outside { try await connection.read(upTo: 16_384) }
      parser.append(bytes[...])
      do {
        if case .head(let head)? = try parser.next() {
          _ = try WebSocketHandshake.check(head, key: key)
          return Array(parser.takeRest())
        }
      } catch {
        throw WebSocketFailure("\(authority) takes no WebSocket at `\(target)`: \(error.reason)")
      }
      if bytes.isEmpty { throw WebSocketFailure("\(authority) has closed the connection without an answer") }
    }
  }
}
