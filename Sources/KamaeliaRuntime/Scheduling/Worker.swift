import Dispatch
import Glibc
import Kamaelia
import KamaeliaIO
import Synchronization

/// A long block on a Dispatch queue that runs ready components, and sleeps when there are none.
final class Worker: @unchecked Sendable {
  // `streak`, `turns` and `count` are touched by the worker's own thread only.
  let queue = RunQueue()
  /// Grows with each activation; odd while one is going on.
  let activations = Atomic<Int>(0)
  // Unsafe: the instance that runs now, or ran last, without a count of it; see `look`.
  private let running = Atomic<UInt>(0)
  /// Whether the watch looks at what runs.
  private let isLookedAt = Atomic<Bool>(false)
  private let looking = Lock<Void>(())
  /// How long its thread has been kept waiting for a processor; nil before it runs.
  private let processorWait = Lock<ProcessorWait?>(nil)
  // Unsafe: the block that runs the worker holds the pool.
  unowned(unsafe) let pool: WorkerPool
  private let wakeUp = DispatchSemaphore(value: 0)
  private var streak = 0
  private var turns = 0
  private var count = 0

  /// How many times in a row the slot goes first.
  private static let longestStreak = 32
  /// How often a worker looks for what came from outside before its own queue, so that nobody starves there.
  private static let turnsPerLook = 16

  init(pool: WorkerPool) { self.pool = pool }

  /// Whether a component runs on it; from any thread.
  var isRunning: Bool { activations.load(ordering: .sequentiallyConsistent) % 2 == 1 }

  /// How long its thread has been ready in all and had no processor; nil where the system does not say. From any thread.
  var waitedForProcessor: Duration? { processorWait.withLock { $0 }?.total }

  /// Does `body` with what the worker runs in that activation, unless it has ended; from any thread. The worker does not
  /// go on to something else meanwhile.
  func look(_ activation: Int, _ body: (Instance) -> Void) {
    looking.withLock { _ in
      // In one order with the end of an activation: either this sees the end, or the worker sees that it is looked at.
      isLookedAt.store(true, ordering: .sequentiallyConsistent)
      defer { isLookedAt.store(false, ordering: .sequentiallyConsistent) }
      guard activations.load(ordering: .sequentiallyConsistent) == activation,
        let pointer = UnsafeRawPointer(bitPattern: running.load(ordering: .relaxed))
      else { return }
      Unmanaged<Instance>.fromOpaque(pointer)._withUnsafeGuaranteedRef(body)
    }
  }

  /// Runs until the pool ends, or until the worker is one too many.
  func run() {
    let wait = ProcessorWait()
    processorWait.withLock { $0 = wait }
    pthread_setspecific(Self.key, Unmanaged.passUnretained(self).toOpaque())
    defer { pthread_setspecific(Self.key, nil) }
    pool.watchOver()
    while !pool.hasEnded {
      guard let instance = nextInstance() else {
        if !pool.park(self) { return }
        pool.watchOver()
        continue
      }
      activate(instance)
    }
  }

  private func activate(_ instance: Instance) {
    running.store(UInt(bitPattern: Unmanaged.passUnretained(instance).toOpaque()), ordering: .relaxed)
    activations.store(count + 1, ordering: .releasing)
    let hasMore = instance.run()
    count += 2
    activations.store(count, ordering: .sequentiallyConsistent)
    if isLookedAt.load(ordering: .sequentiallyConsistent) { looking.withLock { _ in } }
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
  static var current: Unmanaged<Worker>? { pthread_getspecific(key).map { Unmanaged<Worker>.fromOpaque($0) } }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key, nil)
    return key
  }()
}
