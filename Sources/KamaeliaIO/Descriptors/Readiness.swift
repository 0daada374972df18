import CSystem
import Dispatch
import Glibc

/// Tells who waits for a descriptor that it is ready, without a thread that is held and without asking again and again.
///
/// One epoll set holds all descriptors, one report each (EPOLLONESHOT), and one Dispatch source watches the set. A
/// source per descriptor would have to be cancelled, later and elsewhere, before its descriptor may be closed; here a
/// descriptor leaves the set at once, and a hang-up that nobody waits for wakes nobody.
final class Readiness: Sendable {
  private static let made = Lock<Readiness?>(nil)

  /// The one of this process, made at the first use.
  ///
  /// - Throws: if no descriptor is left for it; the next use tries again.
  static func shared() throws(SystemError) -> Readiness {
    try made.withLock { made throws(SystemError) in
      if let made { return made }
      let readiness = try Readiness()
      made = readiness
      return readiness
    }
  }

  private let queue = DispatchQueue(label: "kamaelia.readiness")
  let epoll: Int32
  // Made before anybody else can see it, and only kept alive after.
  private nonisolated(unsafe) let source: any DispatchSourceRead
  private let state = Lock(State())
  // Touched on the queue only.
  private nonisolated(unsafe) var reports = [csys_ready](repeating: csys_ready(), count: 64)
  private nonisolated(unsafe) var ready: [Interest?] = []
  private nonisolated(unsafe) var lastDelivery = DispatchTime(uptimeNanoseconds: 1)

  private init() throws(SystemError) {
    epoll = try system(.wait, "descriptors") { csys_epoll_create() }
    source = DispatchSource.makeReadSource(fileDescriptor: epoll, queue: queue)
    source.setEventHandler { [unowned self] in deliver() }
    source.resume()
  }

  /// Opens a place for those who wait for `descriptor`, which must stay open until ``Interest/close()``.
  func interest(in descriptor: Int32, name: String) -> Interest {
    state.withLock { state in
      state.lastToken += 1
      let interest = Interest(descriptor: descriptor, name: name, token: state.lastToken, readiness: self)
      state.interests[state.lastToken] = interest
      return interest
    }
  }

  /// Closes `pidfd` and calls `body` once, when the process behind it has ended.
  ///
  /// - Parameter body: told whether that is so; `false`, and at once, if the system cannot watch any more.
  func whenEnded(_ pidfd: Int32, name: String, _ body: @escaping @Sendable (Bool) -> Void) {
    let interest = interest(in: pidfd, name: name)
    interest.whenReady(for: .reading) { result in
      interest.close()
      _ = close(pidfd)
      if case .success = result { body(true) } else { body(false) }
    }
  }

  func forget(_ interest: Interest) {
    _ = state.withLock { $0.interests.removeValue(forKey: interest.token) }
  }

  private func deliver() {
    // Tokens and not references: a report may be older than the end of what it reports.
    // Where reports come one upon the other, the next one is waited for right here for a millisecond: by way of the source it
    // would wake two more threads.
    let isBusy = DispatchTime.now().uptimeNanoseconds - lastDelivery.uptimeNanoseconds < 1_000_000
    while true {
      let count = Int(csys_epoll_take(epoll, &reports, 64, isBusy ? 1 : 0))
      guard count > 0 else { break }
      state.withLock { state in for report in reports[..<count] { ready.append(state.interests[report.token]) } }
      for (interest, report) in zip(ready, reports) { interest?.deliver(report) }
      ready.removeAll(keepingCapacity: true)
      if count < 64, !isBusy { break }
    }
    lastDelivery = .now()
  }

  private struct State {
    var interests: [UInt64: Interest] = [:]
    var lastToken: UInt64 = 0
  }
}
