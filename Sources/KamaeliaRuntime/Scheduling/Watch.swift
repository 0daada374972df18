import Dispatch
import Kamaelia
import KamaeliaIO
import Synchronization

/// Looks after components that run for long, while any runs; asleep otherwise.
///
/// A component that computes on without waiting must not keep its message from a reader that sleeps, nor the component in
/// its worker's slot from running: twice a millisecond the watch wakes such readers and hands the slot's component to another
/// worker. It names components that hold a worker for long, and adds a worker in place of one that is held up.
final class Watch: @unchecked Sendable {
  // `seen` is touched by the watch's own thread only.

  /// In a structure of its own; see ``StoredAction``.
  private struct HeldUpAction: Sendable {
    var run: (@Sendable (Instance, Duration) -> Void)?
  }

  private struct Sight {
    var activation: Int
    var looks: Int
    var isNamed: Bool
    /// How long the worker's thread had been kept waiting for a processor in all, early in the activation.
    var waitedBefore: Duration?
  }

  private let queue = DispatchQueue(label: "kamaelia.watch")
  private let isArmed = Atomic<Bool>(false)
  private let hasEnded = Atomic<Bool>(false)
  private let wakeUp = DispatchSemaphore(value: 0)
  private let heldUpAction = Lock(HeldUpAction())
  private var seen: [ObjectIdentifier: Sight] = [:]

  static let period = DispatchTimeInterval.microseconds(500)
  private static let looksPerSecond = 2000
  /// A component that holds a worker for 100 ms is named. What others kept the worker's thread waiting for a processor does not
  /// count, so that a busy machine blames nobody.
  static let looksUntilNamed = looksPerSecond / 10
  /// How often it is asked how long a thread has been kept waiting: first early on, for comparison.
  private static let looksPerQuestion = looksPerSecond / 100
  /// Where work waits, a worker that is held up for 20 ms is replaced.
  static let looksUntilReplaced = looksPerSecond / 50

  func begin(_ pool: WorkerPool) {
    queue.async { [self] in
      while !hasEnded.load(ordering: .acquiring) {
        wakeUp.wait()
        // Waits first: most of what runs has ended by then, and the watch runs twice a millisecond at most.
        repeat { _ = wakeUp.wait(timeout: .now() + Self.period) } while isNeeded(by: pool)
      }
    }
  }

  func end() {
    hasEnded.store(true, ordering: .releasing)
    heldUpAction.withLock { $0.run = nil }
    wakeUp.signal()
  }

  func whenHeldUp(_ action: @escaping @Sendable (Instance, Duration) -> Void) {
    heldUpAction.withLock { $0.run = action }
  }

  /// A worker is awake.
  func arm() {
    guard !isArmed.load(ordering: .sequentiallyConsistent),
      !isArmed.exchange(true, ordering: .sequentiallyConsistent)
    else { return }
    wakeUp.signal()
  }

  private func isNeeded(by pool: WorkerPool) -> Bool {
    guard !hasEnded.load(ordering: .acquiring) else { return false }
    if look(pool) { return true }
    isArmed.store(false, ordering: .sequentiallyConsistent)
    // Somebody who woke up just before saw the watch still armed, and relies on it.
    guard pool.isAwake else { return false }
    return !isArmed.exchange(true, ordering: .sequentiallyConsistent)
  }

  /// - Returns: whether to look again soon.
  private func look(_ pool: WorkerPool) -> Bool {
    let workers = pool.allWorkers
    for worker in workers {
      let activation = worker.activations.load(ordering: .acquiring)
      let id = ObjectIdentifier(worker)
      guard activation % 2 == 1 else {
        seen[id] = nil
        continue
      }
      var sight = seen[id] ?? Sight(activation: activation, looks: 0, isNamed: false)
      if sight.activation == activation {
        sight.looks += 1
        if sight.looks > 1 { help(worker, pool, &sight) }
      } else {
        sight = Sight(activation: activation, looks: 0, isNamed: false)
      }
      seen[id] = sight
    }
    if seen.count > workers.count { seen = [:] }
    return pool.isAwake
  }

  private func help(_ worker: Worker, _ pool: WorkerPool, _ sight: inout Sight) {
    worker.look(sight.activation) { $0.settleFromOutside() }
    if let next = worker.queue.takeSlot() { pool.scheduleElsewhere(next) }
    if worker.queue.hasWaiting { pool.wakeOne() }
    if !sight.isNamed, isHeldUp(worker, &sight) {
      sight.isNamed = true
      let action = heldUpAction.withLock { $0.run }
      worker.look(sight.activation) { action?($0, .milliseconds(100)) }
    }
    if sight.looks % Self.looksUntilReplaced == 0, pool.needsWorker { pool.addWorker() }
  }
}

extension Watch {
  /// Asks the system, which takes longer than a look, only now and then.
  private func isHeldUp(_ worker: Worker, _ sight: inout Sight) -> Bool {
    guard sight.looks % Self.looksPerQuestion == 0 else { return false }
    if sight.looks == Self.looksPerQuestion { sight.waitedBefore = worker.waitedForProcessor }
    guard sight.looks >= Self.looksUntilNamed else { return false }
    return Self.isHeldUp(looks: sight.looks, waited: worker.waitedForProcessor, before: sight.waitedBefore)
  }

  /// - Parameters:
  ///   - looks: since the component began.
  ///   - waited: for a processor, in all; nil where nobody knows.
  ///   - before: the same early on.
  static func isHeldUp(looks: Int, waited: Duration?, before: Duration?) -> Bool {
    var waiting = Duration.zero
    if let waited, let before { waiting = waited - before }
    return .seconds(1) * looks / looksPerSecond - waiting >= .seconds(1) * looksUntilNamed / looksPerSecond
  }
}

extension WorkerPool {
  /// Whether work waits and nobody sleeps who could do it.
  var needsWorker: Bool {
    parkedWorkers == 0 && hasWork && allWorkers.count < Self.mostWorkers
  }
}
