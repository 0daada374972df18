import Dispatch
import Glibc
import Kamaelia
import KamaeliaIO
import Synchronization

/// A long block on a Dispatch queue that runs ready components, and sleeps when there are none.
final class Worker: @unchecked Sendable {
  // `streak` and `turns` are touched by the worker's own thread only.
  let queue = RunQueue()
  /// Grows with each activation; odd while one is going on.
  let activations = Atomic<Int>(0)
  private let running = Lock<Instance?>(nil)
  /// How long its thread has been kept waiting for a processor; nil before it runs.
  private let processorWait = Lock<ProcessorWait?>(nil)
  unowned let pool: WorkerPool
  private let wakeUp = DispatchSemaphore(value: 0)
  private var streak = 0
  private var turns = 0

  /// How many times in a row the slot goes first.
  private static let longestStreak = 32
  /// How often a worker looks for what came from outside before its own queue, so that nobody starves there.
  private static let turnsPerLook = 16

  init(pool: WorkerPool) { self.pool = pool }

  /// Whether a component runs on it; from any thread.
  var isRunning: Bool { activations.load(ordering: .sequentiallyConsistent) % 2 == 1 }

  /// How long its thread has been ready in all and had no processor; nil where the system does not say. From any thread.
  var waitedForProcessor: Duration? { processorWait.withLock { $0 }?.total }

  /// What the worker runs now; from any thread.
  var current: Instance? { running.withLock { $0 } }

  /// Runs until the pool ends, or until the worker is one too many.
  func run() {
    let wait = ProcessorWait()
    processorWait.withLock { $0 = wait }
    pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    defer { pthread_setspecific(Self.key, nil) }
    while !pool.hasEnded {
      guard let instance = nextInstance() else {
        if !pool.park(self) { return }
        continue
      }
      activate(instance)
    }
  }

  private func activate(_ instance: Instance) {
    running.withLock { $0 = instance }
    // In one order with the watch's last look before it goes to sleep.
    activations.add(1, ordering: .sequentiallyConsistent)
    pool.watchOver()
    let hasMore = instance.run()
    activations.add(1, ordering: .releasing)
    running.withLock { $0 = nil }
    if hasMore {
      let isAlone = queue.isEmpty
      queue.append(instance)
      if !isAlone { pool.wakeOne() }
    }
  }

  private func nextInstance() -> Instance? {
    turns += 1
    if turns % Self.turnsPerLook == 0, let instance = pool.takeFromOutside() { return instance }
    streak = streak < Self.longestStreak ? streak + 1 : 0
    return queue.next(fromSlot: streak != 0) ?? pool.takeFromOutside() ?? pool.steal(for: self)
  }

  func sleep() { wakeUp.wait() }
  func wake() { wakeUp.signal() }

  /// The worker whose thread this is.
  static var current: Worker? {
    pthread_getspecific(key).map { Unmanaged<Worker>.fromOpaque($0).takeUnretainedValue() }
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()
}
