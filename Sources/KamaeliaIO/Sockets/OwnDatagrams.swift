/// The addresses that this process sends datagrams to groups from: what comes from one of them is its own.
package enum OwnDatagrams {
  private static let senders = Lock<[SocketAddress: Int]>([:])

  /// From now on, what comes from `address` is our own.
  package static func begin(from address: SocketAddress) { senders.withLock { $0[address, default: 0] += 1 } }

  /// The end of one `begin`.
  package static func end(from address: SocketAddress) {
    senders.withLock { senders in
      let count = senders[address, default: 0] - 1
      senders[address] = count > 0 ? count : nil
    }
  }

  /// Whether this process sends from `address`.
  package static func come(from address: SocketAddress) -> Bool { senders.withLock { $0[address] != nil } }
}
