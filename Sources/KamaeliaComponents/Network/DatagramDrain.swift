import Kamaelia
import KamaeliaIO

extension Inbox<Bytes> {
  /// Sends each message as a datagram over `socket`, until the inbox ends.
  ///
  /// - Throws: what the system says against a datagram, such as that it is too long.
  func drain(into socket: DatagramSocket, to target: SocketAddress?) async throws {
    for await message in self {
      guard message.count <= DatagramSocket.most else { throw DatagramTooLong(length: message.count) }
      try await outside { try await socket.send(message.storage, to: target) }
    }
  }
}

/// A message has more bytes than fit into one datagram.
struct DatagramTooLong: Error, CustomStringConvertible {
  let length: Int
  var description: String { "\(length) bytes do not fit into a datagram, which takes \(DatagramSocket.most) at most" }
}

/// The address of a destination, as its parameter has it.
enum Destination {
  /// - Throws: what is wrong with it, for the author of a graph.
  static func check(_ address: Address, _ parameter: String, example: String) throws(ParameterError) {
    if let problem = HostName.problem(with: address.host) {
      throw ParameterError("parameter `\(parameter)` names a host, \(problem)")
    }
    guard let port = address.port, port > 0 else {
      throw ParameterError("parameter `\(parameter)` needs a port, as in \"\(example)\"")
    }
  }

  /// The address of a group.
  ///
  /// - Throws: what is wrong with it, for the author of a graph.
  static func group(_ address: Address, _ parameter: String) throws(ParameterError) -> SocketAddress {
    guard let group = SocketAddress(digits: address.host, port: address.port ?? 0), group.isGroup else {
      throw ParameterError(
        "parameter `\(parameter)` takes a group, 224.0.0.0 to 239.255.255.255 or one that begins with `ff`, not \(address.value)"
      )
    }
    guard group.port > 0 else {
      throw ParameterError(
        "parameter `\(parameter)` needs a port, as in \"\(Address(host: address.host, port: 1600).text)\"")
    }
    return group
  }
}
