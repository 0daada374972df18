import Kamaelia
import KamaeliaIO

/// Takes connections and gives each to a strand of its own, until the component is to stop.
struct Reception: Sendable {
  typealias Service = @Sendable (Connection, Strands) async -> (@Sendable () async -> Void)?

  let listeners: [Listener]
  /// How many connections there are at most; more wait until one has ended.
  let most: Int
  /// How many there are at most from one address; see ``AddressShares``.
  var mostPerAddress: Int? = nil
  /// How long connections may take to end when the component is to stop.
  var grace = Duration.seconds(5)

  /// Serves each connection with `serve`, on an executor of its own.
  ///
  /// When the component is to stop, connections read no more, and get to their end in their own way.
  ///
  /// - Parameter serve: must deal with what goes wrong: a connection's trouble is no other's. It may return what the
  ///   connection goes on with; see ``Strands/start(named:whenStopped:_:)``. The connection is closed when that has ended.
  /// - Throws: what is wrong with a listener; `CancellationError` when the component is to stop.
  func run(_ serve: @escaping Service) async throws {
    defer { for listener in listeners { listener.close() } }
    let room = DescriptorLimit.makeRoom(for: most)
    if room < most {
      Notice.note("there is room for \(counted(room, "connection")) and not for \(most): see `ulimit -n`")
    }
    let shares = AddressShares(most: mostPerAddress, of: most)
    try await withStrands(grace: grace) { strands in
      // Closed before the strands end, so that nobody is kept waiting for a server that takes nobody any more.
      defer { for listener in listeners { listener.close() } }
      try await withThrowingTaskGroup { group in
        for listener in listeners { group.addTask { try await accept(from: listener, shares, strands, serve) } }
        defer { group.cancelAll() }
        try await group.next()
      }
    }
  }

  private func accept(
    from listener: Listener, _ shares: AddressShares, _ strands: Strands,
    _ serve: @escaping Service
  ) async throws {
    var full = SeldomSaid()
    var refused = SeldomSaid()
    var greedy = SeldomSaid()
    while true {
      if strands.count >= most { try await untilRoom(for: listener, strands, &full) }
      switch try await outside({ try await listener.accept() }) {
      case .connection(let connection):
        guard await shares.take(connection.peer) else {
          if let times = greedy.say() {
            Notice.warning("\(connection.peer.host) has all the connections it may have; more are turned away\(times)")
          }
          connection.reset()
          await Task.yield()
          continue
        }
        strands.start(named: connection.name, whenStopped: { connection.stopReading() }) {
          @Sendable func part() async {
            connection.close()
            await shares.give(connection.peer)
          }
          guard let successor = await serve(connection, strands) else {
            await part()
            return nil
          }
          return {
            await successor()
            await part()
          }
        }
      case .noRoom(let error):
        if let times = refused.say() { Notice.warning("\(error); tries again every 100ms\(times)") }
        try await Time.sleep(for: .milliseconds(100))
      }
    }
  }
}

extension Reception {
  /// Waits for a connection to end, and says so where somebody waits for that.
  private func untilRoom(for listener: Listener, _ strands: Strands, _ full: inout SeldomSaid) async throws {
    let isWaitedFor = try await withThrowingTaskGroup { group in
      group.addTask {
        try await outside { try await strands.untilFewer(than: most) }
        return false
      }
      group.addTask {
        try await outside { try await listener.untilAsked() }
        return true
      }
      defer { group.cancelAll() }
      return try await group.next() ?? false
    }
    guard isWaitedFor else { return }
    if let times = full.say() {
      let all = most == 1 ? "the only connection there may be is taken" : "all \(most) connections are taken"
      Notice.warning("\(all); others wait\(times)")
    }
    try await outside { try await strands.untilFewer(than: most) }
  }
}

/// Something that happens often and is said every ten seconds at most.
struct SeldomSaid {
  private static let pause = Duration.seconds(10)
  private var next: Instant?
  private var unsaid = 0

  /// Counts it.
  ///
  /// - Returns: nil where it is not to be said now; else how often it was not, in words.
  mutating func say() -> String? {
    if let next, Time.now < next {
      unsaid += 1
      return nil
    }
    defer { unsaid = 0 }
    next = Time.now + Self.pause
    return unsaid > 0 ? " (\(counted(unsaid, "more time", "more times")) since this was said last)" : ""
  }
}
