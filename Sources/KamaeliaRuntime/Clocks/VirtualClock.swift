import Kamaelia
import KamaeliaIO

/// A clock that stands still until it is told to go on.
package final class VirtualClock: Timekeeper {
  private struct State {
    var now = Instant.start
    var timers = TimerHeap()
  }

  private let state = Lock(State())

  package init() {}

  package var now: Instant { state.withLock { $0.now } }

  /// 2000-01-01 00:00:00 UTC and what has passed since.
  package var wallClock: Int64 { 946_684_800_000_000_000 + now.nanoseconds }

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
