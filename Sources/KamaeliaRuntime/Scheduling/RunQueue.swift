import Kamaelia
import KamaeliaIO
import Synchronization

/// Components that are ready to run, first come first served, with a slot in front for the one that was woken last.
///
/// The slot lets a producer and its consumer take turns on one worker, with their messages still in its cache. One worker
/// puts in; any may take out.
struct RunQueue: ~Copyable, Sendable {
  private let slot = Atomic<UInt>(0)
  private let waiting = Lock(Fifo<Instance>())
  private let waitingCount = Atomic<Int>(0)

  /// - Parameter instance: one count of it.
  /// - Returns: whether something now waits behind the slot, so that another worker could help.
  func appendInFront(_ instance: Unmanaged<Instance>) -> Bool {
    let old = slot.exchange(UInt(bitPattern: instance.toOpaque()), ordering: .acquiringAndReleasing)
    guard let displaced = Self.instance(old) else { return false }
    append(displaced)
    return true
  }

  func append(_ instance: Instance) {
    waiting.withLock { $0.append(instance) }
    // In one order with the looks at who sleeps: either the one who falls asleep sees this, or this one sees the sleeper.
    waitingCount.add(1, ordering: .sequentiallyConsistent)
  }

  /// - Parameter fromSlot: whether the slot goes first, as it should but for now and then.
  func next(fromSlot: Bool = true) -> Instance? {
    if fromSlot, let instance = takeSlot() { return instance }
    return takeWaiting() ?? takeSlot()
  }

  /// For another worker: what waits behind the slot, which its owner is about to run.
  func takeWaiting() -> Instance? {
    guard waitingCount.load(ordering: .acquiring) > 0 else { return nil }
    let instance = waiting.withLock { $0.popFirst() }
    if instance != nil { waitingCount.subtract(1, ordering: .acquiringAndReleasing) }
    return instance
  }

  func takeSlot() -> Instance? {
    guard slot.load(ordering: .relaxed) != 0 else { return nil }
    return Self.instance(slot.exchange(0, ordering: .acquiringAndReleasing))
  }

  var hasWaiting: Bool { waitingCount.load(ordering: .sequentiallyConsistent) > 0 }
  var isEmpty: Bool { !hasWaiting && slot.load(ordering: .sequentiallyConsistent) == 0 }

  // Unsafe: the slot owns one reference to what its bits name; whoever exchanges the bits away takes that over.
  private static func instance(_ bits: UInt) -> Instance? {
    UnsafeRawPointer(bitPattern: bits).map { Unmanaged<Instance>.fromOpaque($0).takeRetainedValue() }
  }

  deinit { _ = takeSlot() }
}
