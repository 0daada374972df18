import Dispatch
import Kamaelia
import KamaeliaIO

/// Runs components one at a time, in an order that a seed decides, under virtual time: the same seed gives the same run.
///
/// Calls that block, as those that read and write files do, are waited for before the next component runs, so that how
/// fast a disk is changes nothing; one that takes longer than ``longestCall`` is waited for like a socket or a program.
package final class SeededScheduler: Scheduler {
  private struct State {
    var ready: [Instance] = []
    var random: SplitMix
    /// Whether the driver sleeps until something is ready or comes from outside.
    var isAsleep = false
    /// Whose step is being done.
    var running: Instance?
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
    outside = Outside(calls: OpenCalls { wakeUp.signal() }) { wakeUp.signal() }
  }

  /// The component whose step is being done.
  var running: Instance? { state.withLock { $0.running } }

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
    /// The real time is over.
    case overdue
  }

  /// How long driving may take in real time.
  package struct Bounds: Sendable {
    /// How long it sleeps, in all, while something outside of the graph is waited for; then time goes on as if nothing were.
    /// What the graph computes on other threads is waited for to its end.
    package var patience: Duration?
    /// When it comes to its end, whatever moves.
    package var end: ContinuousClock.Instant?

    package init(patience: Duration? = nil, end: ContinuousClock.Instant? = nil) {
      self.patience = patience
      self.end = end
    }
  }

  /// Runs what is ready until `isDone` holds or nothing can move without the clock going on. Waits for what lies outside of
  /// the graph in real time, within the bounds; what is left of their patience is given back.
  private func drive(
    _ bounds: Bounds, until isDone: @escaping @Sendable () -> Bool
  ) async -> (pause: Pause, patience: Duration?) {
    let outcome = Lock<(Pause, Duration?)>((.done, nil))
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      queue.async { [self] in
        var bounds = bounds
        let pause = driveNow(&bounds, until: isDone)
        outcome.withLock { $0 = (pause, bounds.patience) }
        continuation.resume()
      }
    }
    return outcome.withLock { $0 }
  }

  /// Runs what is ready until `isDone` holds or nothing can move without the clock going on.
  package func drive(until isDone: @escaping @Sendable () -> Bool) async -> Pause {
    await drive(Bounds(), until: isDone).pause
  }

  /// Runs what is ready and lets the clock go on, until `isDone` holds, nothing can move at all, or the clock would pass
  /// `limit`; then the clock stands at `limit`. The clock stands still while something outside of the graph is waited for.
  package func drive(
    to limit: Instant, _ bounds: Bounds = Bounds(), until isDone: @escaping @Sendable () -> Bool
  ) async -> Pause {
    var bounds = bounds
    while true {
      let pause: Pause
      (pause, bounds.patience) = await drive(bounds, until: isDone)
      guard case .idle(let due) = pause else { return pause }
      guard let due, due <= limit else {
        if limit != .distantFuture { clock.advance(to: limit) }
        return .idle(until: due)
      }
      clock.advance(to: due)
    }
  }

  /// How many times components may run without the clock going on; more is a graph that would never come to rest.
  package static let mostSteps = 1_000_000

  /// How long a call that blocks is waited for before others go on.
  private static let longestCall = Duration.seconds(1)

  private func driveNow(_ bounds: inout Bounds, until isDone: () -> Bool) -> Pause {
    var steps = 0
    defer { state.withLock { $0.running = nil } }
    while true {
      if isDone() { return .done }
      // A look at the clock takes as long as a short step.
      if let end = bounds.end, steps % 16 == 0, ContinuousClock.now >= end { return .overdue }
      outside.calls?.answer(atMost: Self.longestCall) { wakeUp.wait(timeout: .now() + $0.dispatch) }
      if let instance = take() {
        if instance.run() { state.withLock { $0.ready.append(instance) } }
        stepAction.withLock { $0.run }?(instance)
        steps += 1
        if steps >= Self.mostSteps { return .restless }
        continue
      }
      if outside.isNone || (!outside.isComputing && bounds.patience.map { $0 <= .zero } == true) {
        if isAtRest { return .idle(until: clock.nextDue) }
        continue
      }
      sleep(&bounds)
      if let end = bounds.end, ContinuousClock.now >= end { return .overdue }
    }
  }

  private var isAtRest: Bool { state.withLock { $0.ready.isEmpty } }

  /// Until something is ready, nothing outside is waited for, or the bounds are reached.
  private func sleep(_ bounds: inout Bounds) {
    let mayWait = state.withLock { state in
      state.isAsleep = state.ready.isEmpty
      return state.isAsleep
    }
    if mayWait, !outside.isNone {
      let start = ContinuousClock.now
      let isComputing = outside.isComputing
      let longest = [isComputing ? nil : bounds.patience, bounds.end.map { $0 - start }].compactMap { $0 }.min()
      if let longest { _ = wakeUp.wait(timeout: .now() + longest.dispatch) } else { wakeUp.wait() }
      if !isComputing, let patience = bounds.patience { bounds.patience = patience - (ContinuousClock.now - start) }
    }
    state.withLock { $0.isAsleep = false }
  }

  private func take() -> Instance? {
    state.withLock { state in
      state.running = nil
      guard !state.ready.isEmpty else { return nil }
      let index = Int(state.random.next() % UInt64(state.ready.count))
      state.ready.swapAt(index, state.ready.count - 1)
      state.running = state.ready.removeLast()
      return state.running
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
