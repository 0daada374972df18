import Kamaelia
import KamaeliaFormats
import KamaeliaIO

/// Where a WebSocket is: `ws://host:port/path?query`.
struct WebSocketAddress: Sendable {
  let host: String
  let port: UInt16
  /// As the Host field names it.
  let authority: String
  /// Path and query.
  let target: String

  /// - Returns: nil for what is no such address.
  init?(_ url: String) {
    guard url.lowercased().hasPrefix("ws://"), !url.utf8.contains(where: { $0 <= 32 || $0 >= 127 }) else { return nil }
    let rest = url.dropFirst(5)
    let end = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
    let authority = String(rest[..<end])
    guard !authority.isEmpty, !authority.contains("@") else { return nil }
    let hasPort = authority.last != "]" && authority.contains(":")
    guard let address = Address(hasPort ? authority : authority + ":80") else { return nil }
    guard HostName.problem(with: address.host) == nil, let port = address.port, port > 0 else {
      return nil
    }
    (host, self.port, self.authority) = (address.host, port, authority)
    let path = rest[end...].prefix { $0 != "#" }
    target = path.first == "/" ? String(path) : "/" + path
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
