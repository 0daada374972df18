/// The addresses that this process sends datagrams to groups from, each with the voice that it speaks with there.
package enum OwnDatagrams {
  private static let voices = Lock<[SocketAddress: String]>([:])

  /// From now on, what comes from `address` is spoken with `voice`. An address is that of one socket.
  package static func begin(_ voice: String, from address: SocketAddress) { voices.withLock { $0[address] = voice } }

  /// The socket with that address is closed.
  package static func end(from address: SocketAddress) { voices.withLock { $0[address] = nil } }

  /// The voice that this process speaks with from `address`; nil where it is another's.
  package static func voice(from address: SocketAddress) -> String? { voices.withLock { $0[address] } }
}
