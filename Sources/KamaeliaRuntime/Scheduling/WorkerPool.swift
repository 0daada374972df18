import Dispatch
import Foundation
import Kamaelia
import KamaeliaIO
import Synchronization

/// As many workers as cores, each a long block on a Dispatch queue of its own, which run components that are ready, take
/// from each other when they have none, and sleep when nobody has.
package final class WorkerPool: Scheduler {
  private let workers = Lock<[Worker]>([])
  private let parked = Lock<[Worker]>([])
  private let parkedCount = Atomic<Int>(0)
  /// Whether a worker that was woken has not found work yet: one that looks is enough.
  private let isSearching = Atomic<Bool>(false)
  private let fromOutside = RunQueue()
  private let ended = Atomic<Bool>(false)
  private let idleAction = Lock(StoredAction())
  private let watch = Watch()

  /// The number of workers while none is held up.
  package let size: Int
  /// Workers at the most, those included that stand in for others.
  static let mostWorkers = 64

  /// - Parameter size: workers; as many as the machine has cores unless said otherwise.
  package init(size: Int = ProcessInfo.processInfo.activeProcessorCount) {
    self.size = max(1, size)
    FreedMemory.keep()
    for _ in 0..<self.size { addWorker() }
    watch.begin(self)
  }

  func addWorker() {
    let worker = Worker(pool: self)
    workers.withLock { $0.append(worker) }
    // A serial queue each: Dispatch gives such a queue a thread at once, whereas a concurrent one shares a few threads with
    // the whole process, and adds one a second while they are taken.
    DispatchQueue(label: "kamaelia.worker").async { [self] in
      worker.run()
      remove(worker)
    }
  }

  /// Ends the workers once what runs now has given way.
  package func end() {
    ended.store(true, ordering: .sequentiallyConsistent)
    watch.end()
    idleAction.withLock { $0.run = nil }
    let sleeping = parked.withLock { parked in
      defer { parked = [] }
      return parked
    }
    for worker in sleeping { worker.wake() }
  }

  var hasEnded: Bool { ended.load(ordering: .acquiring) }

  /// What to do when all workers sleep and nothing is ready; called by the last one to fall asleep, each time.
  package func whenIdle(_ action: @escaping @Sendable () -> Void) { idleAction.withLock { $0.run = action } }

  // MARK: Work comes

  package var handOver: HandOver {
    HandOver(to: self) { pool, instance in
      Unmanaged<WorkerPool>.fromOpaque(pool)._withUnsafeGuaranteedRef { $0.schedule(.fromOpaque(instance)) }
    }
  }

  private func schedule(_ instance: Unmanaged<Instance>) {
    // Unsafe: a worker lives as long as its thread runs.
    if let worker = Worker.current, worker._withUnsafeGuaranteedRef({ $0.pool === self }) {
      if worker._withUnsafeGuaranteedRef({ $0.queue.appendInFront(instance) }) { wakeOne() }
    } else {
      fromOutside.append(instance.takeRetainedValue())
      wakeOne()
    }
  }

  /// Takes over what a worker that is held up was about to run; by the watch.
  func scheduleElsewhere(_ instance: Instance) {
    fromOutside.append(instance)
    wakeOne()
  }

  func wakeOne() {
    guard parkedCount.load(ordering: .sequentiallyConsistent) > 0,
      !isSearching.exchange(true, ordering: .sequentiallyConsistent)
    else { return }
    let worker = parked.withLock { parked in
      let last = parked.popLast()
      parkedCount.store(parked.count, ordering: .sequentiallyConsistent)
      return last
    }
    if let worker { worker.wake() } else { isSearching.store(false, ordering: .sequentiallyConsistent) }
  }

  // MARK: Work is found

  func takeFromOutside() -> Instance? {
    guard let instance = fromOutside.takeWaiting() else { return nil }
    found()
    return instance
  }

  func steal(for thief: Worker) -> Instance? {
    let others = workers.withLock { $0 }
    for worker in others where worker !== thief {
      if let instance = worker.queue.takeWaiting() {
        found()
        return instance
      }
    }
    return nil
  }

  /// Somebody found work: the next one may look, if there is still more.
  private func found() {
    isSearching.store(false, ordering: .sequentiallyConsistent)
    if hasWork { wakeOne() }
  }

  var hasWork: Bool {
    fromOutside.hasWaiting || workers.withLock { $0.contains { $0.queue.hasWaiting } }
  }

  // MARK: Nothing to do

  /// Lets a worker that found nothing sleep until there is something.
  ///
  /// - Returns: false for a worker that is one too many and ends.
  func park(_ worker: Worker) -> Bool {
    let isTooMany = parked.withLock { parked in
      if parked.count >= size, workers.withLock({ $0.count }) > size { return true }
      parked.append(worker)
      parkedCount.store(parked.count, ordering: .sequentiallyConsistent)
      return false
    }
    isSearching.store(false, ordering: .sequentiallyConsistent)
    if isTooMany {
      remove(worker)
      if hasWork { wakeOne() }
      askIfIdle()
      return false
    }
    atomicMemoryFence(ordering: .sequentiallyConsistent)
    if hasEnded || hasWork || !worker.queue.isEmpty {
      if unpark(worker) { return true }
    } else {
      askIfIdle()
    }
    worker.sleep()
    return true
  }

  private func remove(_ worker: Worker) { workers.withLock { $0.removeAll { $0 === worker } } }

  /// Tells whoever wants to know when all workers sleep.
  func askIfIdle() { if isIdle { idleAction.withLock { $0.run }?() } }

  /// False where somebody has taken it already to wake it.
  private func unpark(_ worker: Worker) -> Bool {
    parked.withLock { parked in
      guard let index = parked.firstIndex(where: { $0 === worker }) else { return false }
      parked.remove(at: index)
      parkedCount.store(parked.count, ordering: .sequentiallyConsistent)
      return true
    }
  }

  // MARK: Looking at it from outside

  var allWorkers: [Worker] { workers.withLock { $0 } }
  var parkedWorkers: Int { parkedCount.load(ordering: .sequentiallyConsistent) }

  /// Whether all workers sleep and nothing is ready.
  var isIdle: Bool {
    let sleeping = parkedWorkers
    let all = allWorkers
    return sleeping == all.count && !hasWork && all.allSatisfy { $0.queue.isEmpty }
  }

  /// Whether a worker is awake.
  var isAwake: Bool { parkedWorkers < workers.withLock { $0.count } }

  /// A worker is awake.
  func watchOver() { watch.arm() }

  /// Grows whenever a component runs.
  package var activity: Int { allWorkers.reduce(0) { $0 + $1.activations.load(ordering: .acquiring) } }

  /// Called with a component that has held its worker for longer than the limit, once for each such time.
  package func whenHeldUp(_ action: @escaping @Sendable (Instance, Duration) -> Void) { watch.whenHeldUp(action) }
}
