import Dispatch
import Kamaelia
import KamaeliaIO

/// Runs components one at a time, in an order that a seed decides, under virtual time: the same seed gives the same run.
package final class SeededScheduler: Scheduler {
  private struct State {
    var ready: [Instance] = []
    var random: SplitMix
    /// Whether the driver sleeps until something is ready or comes from outside.
    var isAsleep = false
  }

  /// In a structure of its own; see ``StoredAction``.
  private struct StepAction: Sendable {
    var run: (@Sendable (Instance) -> Void)?
  }

  private let state: Lock<State>
  private let queue = DispatchQueue(label: "kamaelia.seeded")
  private let wakeUp = DispatchSemaphore(value: 0)
  private let stepAction = Lock(StepAction())
  package let clock = VirtualClock()
  package let outside: Outside

  package init(seed: UInt64) {
    state = Lock(State(random: SplitMix(seed)))
    let wakeUp = wakeUp
    outside = Outside { wakeUp.signal() }
  }

  package var handOver: HandOver {
    HandOver(to: self) { scheduler, instance in
      Unmanaged<SeededScheduler>.fromOpaque(scheduler).takeUnretainedValue()
        .schedule(Unmanaged<Instance>.fromOpaque(instance).takeRetainedValue())
    }
  }

  private func schedule(_ instance: Instance) {
    let mustWake = state.withLock { state in
      state.ready.append(instance)
      return state.isAsleep
    }
    if mustWake { wakeUp.signal() }
  }

  /// What to do after each step from here on, with the component that did it; it is told while nothing else moves.
  package func afterEachStep(_ action: (@Sendable (Instance) -> Void)?) { stepAction.withLock { $0.run = action } }

  /// Why driving came to an end.
  package enum Pause: Sendable {
    /// Nothing can move any more before this moment; nil where nothing can move at all.
    case idle(until: Instant?)
    /// What was waited for has happened.
    case done
    /// Components run on and on at one and the same moment.
    case restless
  }

  /// Runs what is ready until `isDone` holds or nothing can move without the clock going on. Waits for what lies outside of
  /// the graph in real time.
  package func drive(until isDone: @escaping @Sendable () -> Bool) async -> Pause {
    let pause = Lock<Pause>(.done)
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      queue.async { [self] in
        let result = driveNow(until: isDone)
        pause.withLock { $0 = result }
        continuation.resume()
      }
    }
    return pause.withLock { $0 }
  }

  /// Runs what is ready and lets the clock go on, until `isDone` holds, nothing can move at all, or the clock would pass
  /// `limit`; then the clock stands at `limit`.
  package func drive(to limit: Instant, until isDone: @escaping @Sendable () -> Bool) async -> Pause {
    while true {
      let pause = await drive(until: isDone)
      guard case .idle(let due) = pause else { return pause }
      guard let due, due <= limit else {
        if limit != .distantFuture { clock.advance(to: limit) }
        return .idle(until: due)
      }
      clock.advance(to: due)
    }
  }

  /// How many times components may run without the clock going on; more is a graph that would never come to rest.
  package static let mostSteps = 10_000_000

  private func driveNow(until isDone: () -> Bool) -> Pause {
    var steps = 0
    while true {
      if isDone() { return .done }
      if let instance = take() {
        if instance.run() { state.withLock { $0.ready.append(instance) } }
        stepAction.withLock { $0.run }?(instance)
        steps += 1
        if steps >= Self.mostSteps { return .restless }
        continue
      }
      if outside.isNone {
        if isAtRest { return .idle(until: clock.nextDue) }
        continue
      }
      sleep()
    }
  }

  private var isAtRest: Bool { state.withLock { $0.ready.isEmpty } }

  /// Until something is ready or nothing outside is waited for.
  private func sleep() {
    let mayWait = state.withLock { state in
      state.isAsleep = state.ready.isEmpty
      return state.isAsleep
    }
    if mayWait, !outside.isNone { wakeUp.wait() }
    state.withLock { $0.isAsleep = false }
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
