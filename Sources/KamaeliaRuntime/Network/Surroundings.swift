import Dispatch
import Kamaelia
import KamaeliaIO

/// What all networks of one run share: who runs components, the clock, and what is said to the user.
package final class Surroundings: Sendable {
  package let library: Library
  package let scheduler: any Scheduler
  package let timekeeper: any Timekeeper
  package let outside: Outside
  package let journal: Journal
  private let idleAction: IdleAction
  private let pool: WorkerPool?

  /// For graphs that do real work: as many workers as cores and the system's clock.
  package init(library: Library, workers: Int? = nil, journal: Journal = Journal()) {
    self.library = library + Library.builtIn
    self.journal = journal
    let idle = IdleAction()
    idleAction = idle
    outside = Outside { idle.run() }
    timekeeper = SystemClock(outside: outside)
    let pool = workers.map { WorkerPool(size: $0) } ?? WorkerPool()
    self.pool = pool
    scheduler = pool
    pool.whenIdle { idle.run() }
    pool.whenHeldUp { instance, time in
      journal.write(
        .warning, "has held a worker for \(Value.duration(time)); calls that block belong into `offload`",
        from: instance.name)
    }
  }

  /// For tests: one component at a time in an order that a seed decides, under virtual time.
  package init(library: Library, seeded: SeededScheduler, journal: Journal = Journal()) {
    self.library = library + Library.builtIn
    self.journal = journal
    idleAction = IdleAction()
    outside = seeded.outside
    timekeeper = seeded.clock
    scheduler = seeded
    pool = nil
  }

  deinit { pool?.end() }

  /// What to do when no component is ready and nothing outside is under way.
  func whenIdle(_ action: @escaping @Sendable () -> Void) { idleAction.set(action) }

  /// Whether nothing can move any more: no component is ready, and no timer, descriptor or blocking call can wake one.
  var isStill: Bool {
    guard let pool else { return false }
    let activity = pool.activity
    return outside.isNone && pool.isIdle && pool.activity == activity
  }
}

/// Something to do when nothing moves, said after the one who finds out was made.
private final class IdleAction: Sendable {
  private let action: Lock<(@Sendable () -> Void)?> = Lock(nil)
  private let queue = DispatchQueue(label: "kamaelia.idle")

  func set(_ action: @escaping @Sendable () -> Void) { self.action.withLock { $0 = action } }

  /// On a queue of its own: whoever found out is a worker that is about to sleep.
  func run() {
    guard let action = action.withLock({ $0 }) else { return }
    queue.async(execute: action)
  }
}
