import CSystem
import Glibc

/// A socket for datagrams: each is sent and received whole, or not at all.
package final class DatagramSocket: Sendable {
  /// One that has come.
  package struct Arrival: Sendable {
    package let sender: SocketAddress
    package let bytes: [UInt8]
    /// Whether its end is missing.
    package let isTruncated: Bool
    /// How many found no room at this socket so far, modulo 2³².
    package let dropped: UInt32
  }

  /// The most bytes that one can have over UDP and IPv4.
  package static let most = 65_507

  private let descriptor: Descriptor

  /// - Parameters:
  ///   - address: this end; port 0 lets the system choose.
  ///   - isShared: whether others on this machine may bind the same address, as listeners to one group do.
  /// - Throws: ``SystemError``, `isInUse` where another program has the address.
  package init(
    on address: SocketAddress, isShared: Bool = false, threads: BlockingThreads = .shared
  ) throws(SystemError) {
    var raw = address.raw
    let number = try system(.listen, "\(address)") { csys_datagrams(&raw, isShared) }
    descriptor = try Descriptor(owning: number, name: "\(address)", threads: threads)
  }

  /// This end, with the port that the system chose.
  package var local: SocketAddress {
    var raw = csys_address()
    _ = descriptor.withNumber { csys_local_address($0, &raw) }
    return SocketAddress(raw)
  }

  /// Receives the next datagram; waits for one.
  ///
  /// What the network says of datagrams that were sent is passed over: who receives has not sent them.
  ///
  /// - Parameter most: bytes; what is longer is cut off.
  /// - Throws: ``SystemError``; `CancellationError`.
  package func receive(most: Int = DatagramSocket.most) async throws -> Arrival {
    try Task.checkCancellation()
    while true {
      if let arrival = try receiveIfReady(most: most) { return arrival }
      _ = try await descriptor.wait(for: .reading)
    }
  }

  /// The next datagram if it is there; never waits.
  package func receiveIfReady(most: Int = DatagramSocket.most) throws(SystemError) -> Arrival? {
    do { return try take(most) } catch {
      switch error.errno {
      case EAGAIN, ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: return nil
      default: throw error
      }
    }
  }

  private func take(_ most: Int) throws(SystemError) -> Arrival {
    try descriptor.use(.read) { number throws(SystemError) in
      let result = withUnsafeTemporaryAllocation(byteCount: most, alignment: 16) {
        buffer -> Result<Arrival, SystemError> in
        var arrival = csys_arrival()
        let count = csys_receive(number, buffer.baseAddress, most, &arrival)
        guard count >= 0 else { return .failure(.latest(.read, descriptor.name)) }
        return .success(
          Arrival(
            sender: SocketAddress(arrival.sender), bytes: [UInt8](buffer[..<count]), isTruncated: arrival.truncated,
            dropped: arrival.dropped))
      }
      return try result.get()
    }
  }

  /// How many found no room at this socket so far, modulo 2³², the latest included.
  package var dropped: UInt32 { descriptor.withNumber { csys_dropped($0) } ?? 0 }

  /// Sends one datagram; waits while there is no room.
  ///
  /// - Parameter address: where to; nil after ``connect(to:)``.
  /// - Throws: ``SystemError``, such as that it is too long (`EMSGSIZE`); `CancellationError`.
  package func send(_ bytes: ArraySlice<UInt8>, to address: SocketAddress? = nil) async throws {
    try Task.checkCancellation()
    while true {
      let isSent = try descriptor.use(.write) { number throws(SystemError) -> Bool in
        let count = bytes.withUnsafeBytes { buffer in
          guard let address else { return csys_send(number, buffer.baseAddress, buffer.count, nil) }
          var raw = address.raw
          return csys_send(number, buffer.baseAddress, buffer.count, &raw)
        }
        if count >= 0 { return true }
        if errno == EAGAIN || errno == EWOULDBLOCK { return false }
        throw .latest(.write, address.map { "\($0)" } ?? descriptor.name)
      }
      if isSent { return }
      _ = try await descriptor.wait(for: .writing)
    }
  }

  /// Sets where ``send(_:to:)`` sends to.
  package func connect(to address: SocketAddress) throws(SystemError) {
    var raw = address.raw
    _ = try descriptor.use(.connect) { number throws(SystemError) in
      try system(.connect, "\(address)") { csys_connect_datagrams(number, &raw) }
    }
  }

  /// Allows broadcast addresses.
  package func allowBroadcast() { _ = descriptor.withNumber { csys_allow_broadcast($0) } }

  /// Asks for room for so many bytes that have not been received yet; the system may give less.
  package func askForRoom(_ bytes: Int) { _ = descriptor.withNumber { csys_receive_room($0, Int32(clamping: bytes)) } }

  /// Takes part in a group.
  ///
  /// - Parameter interface: by name; nil for the one that the routes lead to.
  /// - Throws: ``SystemError``; `ENODEV` where there is no such interface.
  package func join(_ group: SocketAddress, on interface: String?) throws(SystemError) {
    let index = try Self.index(of: interface)
    var raw = group.raw
    _ = try descriptor.use(.join) { number throws(SystemError) in
      try system(.join, "\(group)") { csys_join(number, &raw, index) }
    }
  }

  /// Sets how it sends to groups.
  ///
  /// - Parameters:
  ///   - hops: how many routers may hand it on; 0 keeps it on this machine, 1 in this network.
  ///   - reachesThisMachine: whether listeners on this machine get it as well.
  package func sendToGroups(
    like group: SocketAddress, on interface: String?, hops: Int, reachesThisMachine: Bool
  ) throws(SystemError) {
    let index = try Self.index(of: interface)
    _ = try descriptor.use(.join) { number throws(SystemError) in
      try system(.join, "\(group)") { csys_multicast(number, group.raw.family, index, Int32(hops), reachesThisMachine) }
    }
  }

  private static func index(of interface: String?) throws(SystemError) -> UInt32 {
    guard let interface else { return 0 }
    let index = interface.utf8.contains(0) ? 0 : csys_interface(interface)
    if index == 0 { throw SystemError(errno: ENODEV, operation: .join, path: interface) }
    return index
  }

  /// Closes it; waits for it end with an error.
  package func close() { descriptor.close() }
}
