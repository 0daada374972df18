import Kamaelia
import KamaeliaIO

/// A clock that stands still until it is told to go on.
package final class VirtualClock: Timekeeper {
  private struct State {
    var now = Instant.start
    var timers = TimerHeap()
    /// How far the wall clock has been set forward, or back.
    var wallOffset: Int64 = 0
  }

  private let state = Lock(State())

  package init() {}

  package var now: Instant { state.withLock { $0.now } }

  /// 2000-01-01 00:00:00 UTC and what has passed since, unless it has been set.
  package var wallClock: Int64 { state.withLock { 946_684_800_000_000_000 + $0.now.nanoseconds + $0.wallOffset } }

  /// Sets the wall clock forward, or back, as a person or NTP does; no timer notices.
  package func setWallClock(forward time: Duration) { state.withLock { $0.wallOffset += time.nanoseconds } }

  package func schedule(at moment: Instant, _ action: @escaping @Sendable () -> Void) -> Int {
    state.withLock { $0.timers.add(moment, action) }
  }

  package func cancel(_ timer: Int) { state.withLock { $0.timers.remove(timer) } }

  /// When the next timer is due.
  package var nextDue: Instant? { state.withLock { $0.timers.firstDue() } }

  /// Goes on to `moment` and lets the timers due by then go off, in order.
  package func advance(to moment: Instant) {
    state.withLock { $0.now = max($0.now, moment) }
    while let timer = state.withLock({ $0.timers.popDue($0.now) }) { timer.action() }
  }
}
