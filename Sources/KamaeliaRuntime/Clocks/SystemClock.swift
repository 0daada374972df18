import Dispatch
import Glibc
import Kamaelia
import KamaeliaIO

/// The system's monotonic clock, with one Dispatch timer for all who wait.
package final class SystemClock: Timekeeper, @unchecked Sendable {
  // The Dispatch source is a constant, and its calls may come from any thread.

  private struct State {
    var timers = TimerHeap()
    /// What the Dispatch timer is set for.
    var armed = Instant.distantFuture
  }

  private let began = DispatchTime.now()
  private let state = Lock(State())
  private let queue = DispatchQueue(label: "kamaelia.clock")
  private let source: any DispatchSourceTimer
  private let outside: Outside

  /// - Parameter outside: is told of every timer that is set, so that a graph that waits for one does not count as stuck.
  package init(outside: Outside) {
    self.outside = outside
    source = DispatchSource.makeTimerSource(flags: .strict, queue: queue)
    source.setEventHandler { [weak self] in self?.fire() }
    source.activate()
  }

  deinit { source.cancel() }

  package var now: Instant {
    Instant(nanoseconds: Int64(DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds))
  }

  package var wallClock: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  package func schedule(at moment: Instant, _ action: @escaping @Sendable () -> Void) -> Int {
    outside.begin()
    return state.withLock { state in
      let number = state.timers.add(moment, action)
      arm(&state)
      return number
    }
  }

  package func cancel(_ timer: Int) {
    let removed = state.withLock { state in
      let before = state.timers.count
      state.timers.remove(timer)
      return before - state.timers.count
    }
    for _ in 0..<removed { outside.end() }
  }

  private func fire() {
    while true {
      let timer = state.withLock { state in
        let due = state.timers.popDue(now)
        if due == nil {
          state.armed = .distantFuture
          arm(&state)
        }
        return due
      }
      guard let timer else { return }
      timer.action()
      outside.end()
    }
  }

  private func arm(_ state: inout State) {
    guard let due = state.timers.firstDue(), due < state.armed else { return }
    state.armed = due
    let delay = max(0, (due - now).nanoseconds)
    source.schedule(deadline: .now() + .nanoseconds(Int(clamping: delay)))
  }
}
