import Dispatch
import Kamaelia
import KamaeliaIO
import Synchronization

/// Finds out that nothing can move any more: no component is ready, and no timer, descriptor or blocking call can wake one.
///
/// It has to stay so for a while, so that a component that waits for something outside which the runtime knows nothing of,
/// and for little, does not make the graph look stuck.
final class Stillness: Sendable {
  private let pool: WorkerPool
  private let outside: Outside
  private let action = Lock(StoredAction())
  private let isLooking = Atomic<Bool>(false)
  private let partAction = Lock(PartAction())
  /// Whether a look at parts of the graph is to come.
  private let isPartDue = Atomic<Bool>(false)
  private let queue = DispatchQueue(label: "kamaelia.stillness")

  /// How long nothing must have moved.
  static let patience = DispatchTimeInterval.milliseconds(100)
  /// How long after all have fallen asleep parts of the graph are looked at, and how long between two looks.
  static let patienceWithParts = DispatchTimeInterval.seconds(1)

  /// In a structure of its own; see ``StoredAction``.
  private struct PartAction: Sendable {
    var run: (@Sendable (PartlyStuck?) -> PartlyStuck?)?
  }

  init(_ pool: WorkerPool, _ outside: Outside) {
    self.pool = pool
    self.outside = outside
  }

  func whenReached(_ action: @escaping @Sendable () -> Void) { self.action.withLock { $0.run = action } }

  /// All workers have fallen asleep: looks whether they stay so. From any thread; costs next to nothing where a timer or
  /// something else outside is waited for.
  func begin() {
    guard outside.isNone else { return beginWithParts() }
    guard !isLooking.exchange(true, ordering: .sequentiallyConsistent) else { return }
    let activity = pool.activity
    queue.asyncAfter(deadline: .now() + Self.patience) { [self] in look(activity) }
  }

  private func look(_ before: Int) {
    // Before the look, so that whoever falls asleep from here on begins another one.
    isLooking.store(false, ordering: .sequentiallyConsistent)
    guard outside.isNone, pool.isIdle else { return }
    if pool.activity == before { action.withLock { $0.run }?() } else { begin() }
  }

  // MARK: Parts of the graph

  /// What to do to find parts that cannot move; it is given what it found last, and gives what it wants to look at again.
  func whenPartlyReached(_ action: @escaping @Sendable (PartlyStuck?) -> PartlyStuck?) {
    partAction.withLock { $0.run = action }
  }

  /// One look a second at most, and none once a graph sleeps and nothing in it waits for room.
  private func beginWithParts() {
    guard !isPartDue.load(ordering: .relaxed), !isPartDue.exchange(true, ordering: .sequentiallyConsistent) else {
      return
    }
    lookAtParts(nil)
  }

  private func lookAtParts(_ before: PartlyStuck?) {
    queue.asyncAfter(deadline: .now() + Self.patienceWithParts) { [self] in
      isPartDue.store(false, ordering: .sequentiallyConsistent)
      guard let found = partAction.withLock({ $0.run })?(before) else { return }
      if !isPartDue.exchange(true, ordering: .sequentiallyConsistent) { lookAtParts(found) }
    }
  }
}
