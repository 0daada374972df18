import Kamaelia
import KamaeliaIO

/// A component that sends on the datagrams that come to a socket.
protocol DatagramSource: Component {
  var room: Size { get }
  var outbox: Outbox<Bytes> { get }
  var datagrams: Outbox<Datagram> { get }
  var lost: Outbox<Int> { get }
}

extension DatagramSource {
  static var waitsOnlyForGraph: Bool { true }

  static var datagramDetails: String {
    """
    Each datagram leaves whole: its bytes through `outbox`, and through `datagrams` with the address that it came from. \
    Those that come faster than the graph takes them wait in the system, as far as `room` goes; what finds no room there \
    is dropped, and `lost` says how many: with the next one that comes, when all that waited are sent, and once a second \
    between. Where nobody has linked `lost`, that is reported. A datagram without bytes is an empty message. Ends when the readers \
    of `outbox` and `datagrams` have left, and else with the graph.
    """
  }

  /// Sends on what comes until the component is to stop.
  ///
  /// - Parameter isWanted: whether a datagram is to be sent on, by its sender.
  func forward(
    _ sockets: [DatagramSocket], where isWanted: @escaping @Sendable (SocketAddress) -> Bool = { _ in true }
  ) async throws {
    try await whileHeard(outbox, datagrams) {
      try await withThrowingTaskGroup { group in
        for socket in sockets { group.addTask { try await forward(socket, isWanted) } }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  private func forward(_ socket: DatagramSocket, _ isWanted: (SocketAddress) -> Bool) async throws {
    socket.askForRoom(room.bytes)
    var dropped: UInt32 = 0
    var notice = SeldomSaid()
    var look = Time.now + .seconds(1)
    /// - Parameter count: of all that were dropped by some moment, perhaps one before the last that was told of.
    func tell(_ count: UInt32) async throws {
      let more = Int32(bitPattern: count &- dropped)
      guard more > 0 else { return }
      dropped = count
      try await report(Int(more), &notice)
    }
    while true {
      let waiting = try socket.receiveIfReady()
      // A datagram knows of those that were dropped before it came; of those behind the last one only the socket does.
      if waiting == nil || Time.now >= look {
        look = Time.now + .seconds(1)
        try await tell(socket.dropped)
      }
      let arrival: DatagramSocket.Arrival
      if let waiting { arrival = waiting } else { arrival = try await outside { try await socket.receive() } }
      try await tell(arrival.dropped)
      guard isWanted(arrival.sender) else { continue }
      if outbox.isLinked { try await outbox.send(Bytes(arrival.bytes)) }
      if datagrams.isLinked { try await datagrams.send(Datagram(arrival)) }
    }
  }

  private func report(_ count: Int, _ notice: inout SeldomSaid) async throws {
    if lost.isLinked { return try await lost.send(count) }
    if let times = notice.say() {
      let dropped = counted(count, "datagram was dropped: it", "datagrams were dropped: they")
      Notice.warning("\(dropped) came too fast\(times)")
    }
  }
}
