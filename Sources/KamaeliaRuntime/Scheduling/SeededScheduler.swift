import Dispatch
import Kamaelia
import KamaeliaIO

/// Runs components one at a time, in an order that a seed decides, under virtual time: the same seed gives the same run.
package final class SeededScheduler: Scheduler {
  private struct State {
    var ready: [Instance] = []
    var random: SplitMix
    var isDriven = false
  }

  private let state: Lock<State>
  private let queue = DispatchQueue(label: "kamaelia.seeded")
  private let wakeUp = DispatchSemaphore(value: 0)
  package let clock = VirtualClock()
  package let outside: Outside

  package init(seed: UInt64) {
    state = Lock(State(random: SplitMix(seed)))
    let wakeUp = wakeUp
    outside = Outside { wakeUp.signal() }
  }

  package func schedule(_ instance: Instance) {
    state.withLock { $0.ready.append(instance) }
    wakeUp.signal()
  }

  /// Why driving came to an end.
  package enum Pause: Sendable {
    /// Nothing can move any more before this moment; nil where nothing can move at all.
    case idle(until: Instant?)
    /// What was waited for has happened.
    case done
  }

  /// Runs what is ready until `isDone` holds or nothing can move without the clock going on. Waits for what lies outside of
  /// the graph in real time.
  package func drive(until isDone: @escaping @Sendable () -> Bool) async -> Pause {
    await withUnsafeContinuation { continuation in
      queue.async { [self] in continuation.resume(returning: driveNow(until: isDone)) }
    }
  }

  /// Runs what is ready and lets the clock go on, until `isDone` holds, nothing can move at all, or the clock would pass
  /// `limit`; then the clock stands at `limit`.
  package func drive(to limit: Instant, until isDone: @escaping @Sendable () -> Bool) async -> Pause {
    while true {
      guard case .idle(let due) = await drive(until: isDone) else { return .done }
      guard let due, due <= limit else {
        if limit != .distantFuture { clock.advance(to: limit) }
        return .idle(until: due)
      }
      clock.advance(to: due)
    }
  }

  private func driveNow(until isDone: () -> Bool) -> Pause {
    while true {
      if let instance = take() {
        if instance.run() { state.withLock { $0.ready.append(instance) } }
        continue
      }
      if isDone() { return .done }
      if outside.isNone {
        if state.withLock({ $0.ready.isEmpty }) { return .idle(until: clock.nextDue) }
        continue
      }
      wakeUp.wait()
    }
  }

  private func take() -> Instance? {
    state.withLock { state in
      guard !state.ready.isEmpty else { return nil }
      let index = Int(state.random.next() % UInt64(state.ready.count))
      state.ready.swapAt(index, state.ready.count - 1)
      return state.ready.removeLast()
    }
  }
}

/// A small random generator whose numbers are the same everywhere.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct SplitMix: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(_ seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
