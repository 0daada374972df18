import Kamaelia
import KamaeliaIO
import Synchronization

/// Components that are ready to run, first come first served, with a slot in front for the one that was woken last.
///
/// The slot lets a producer and its consumer take turns on one worker, with their messages still in its cache. One worker
/// puts in; any may take out.
final class RunQueue: Sendable {
  private struct Waiting {
    var instances: [Instance?] = []
    var first = 0
  }

  private let slot = Atomic<UInt>(0)
  private let waiting = Lock(Waiting())
  private let waitingCount = Atomic<Int>(0)

  /// - Returns: whether something now waits behind the slot, so that another worker could help.
  func appendInFront(_ instance: Instance) -> Bool {
    let old = slot.exchange(Self.bits(instance), ordering: .acquiringAndReleasing)
    guard let displaced = Self.instance(old) else { return false }
    append(displaced)
    return true
  }

  func append(_ instance: Instance) {
    waiting.withLock { $0.instances.append(instance) }
    waitingCount.add(1, ordering: .acquiringAndReleasing)
  }

  /// - Parameter fromSlot: whether the slot goes first, as it should but for now and then.
  func next(fromSlot: Bool = true) -> Instance? {
    if fromSlot, let instance = takeSlot() { return instance }
    return takeWaiting() ?? takeSlot()
  }

  /// For another worker: what waits behind the slot, which its owner is about to run.
  func takeWaiting() -> Instance? {
    guard waitingCount.load(ordering: .acquiring) > 0 else { return nil }
    return waiting.withLock { waiting in
      guard waiting.first < waiting.instances.count else { return nil }
      let instance = waiting.instances[waiting.first]
      waiting.instances[waiting.first] = nil
      waiting.first += 1
      if waiting.first == waiting.instances.count {
        waiting.instances.removeAll(keepingCapacity: true)
        waiting.first = 0
      }
      waitingCount.subtract(1, ordering: .acquiringAndReleasing)
      return instance
    }
  }

  func takeSlot() -> Instance? {
    guard slot.load(ordering: .relaxed) != 0 else { return nil }
    return Self.instance(slot.exchange(0, ordering: .acquiringAndReleasing))
  }

  var hasWaiting: Bool { waitingCount.load(ordering: .acquiring) > 0 }
  var isEmpty: Bool { !hasWaiting && slot.load(ordering: .acquiring) == 0 }

  // Unsafe: the slot owns one reference to what its bits name; whoever exchanges the bits away takes that over.
  private static func bits(_ instance: Instance) -> UInt {
    UInt(bitPattern: Unmanaged.passRetained(instance).toOpaque())
  }

  private static func instance(_ bits: UInt) -> Instance? {
    UnsafeRawPointer(bitPattern: bits).map { Unmanaged<Instance>.fromOpaque($0).takeRetainedValue() }
  }

  deinit { _ = takeSlot() }
}
