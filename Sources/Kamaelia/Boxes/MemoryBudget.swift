import KamaeliaIO
import Synchronization

/// How many bytes of messages may wait in all boxes of one run together.
///
/// A linkage that is not empty counts as full while the budget has no room for its next message, and does what its policy
/// says. One that is empty always takes a message, so that a graph that needs one message a linkage to go on does go on. The
/// most that waits is therefore the budget, and one message for each linkage besides; what a reader has in its hands counts
/// until it asks for the next message. What components keep besides counts too (``KeptBytes``). Linkages of a circle count and are never held up, since the circle would wait for itself.
package final class MemoryBudget: Sendable {
  /// Bytes.
  package let limit: Int
  private let taken = Atomic<Int>(0)
  private let most = Atomic<Int>(0)
  private let keptBytes = Atomic<Int>(0)
  private let waitingCount = Atomic<Int>(0)
  private let waiting = Lock<[ObjectIdentifier: Need]>([:])

  /// A linkage whose writer waits for nothing but the budget.
  private struct Need {
    let share: BudgetShare
    let bytes: Int
    let writer: Waiter
  }

  /// - Parameter limit: bytes, 1 or more.
  package init(limit: Int) {
    precondition(limit >= 1, "a budget holds one byte at least")
    self.limit = limit
  }

  /// Bytes that wait at this moment.
  package var used: Int { taken.load(ordering: .relaxed) }
  /// Bytes among them that components keep besides their boxes.
  package var kept: Int { keptBytes.load(ordering: .relaxed) }
  /// The most bytes that have waited at any time.
  package var peak: Int { most.load(ordering: .relaxed) }

  /// Lets every writer that waits for the budget send one message, since nothing else in the graph can move any more.
  ///
  /// - Returns: false where none waits for it.
  package func letPass() -> Bool {
    let needs = waiting.withLock { waiting in
      defer {
        waiting = [:]
        waitingCount.store(0, ordering: .sequentiallyConsistent)
      }
      return waiting.values.filter(\.writer.isArmed)
    }
    for need in needs {
      need.share.letPass()
      need.writer.wake()
    }
    return !needs.isEmpty
  }

  func hasRoom(for bytes: Int) -> Bool {
    taken.load(ordering: .sequentiallyConsistent).saturating(plus: bytes) <= limit
  }

  /// - Parameter regardless: whether the bytes are taken even where there is no room for them.
  /// - Returns: whether they were taken.
  func take(_ bytes: Int, regardless: Bool) -> Bool {
    var before = taken.load(ordering: .relaxed)
    while true {
      let after = before.saturating(plus: bytes)
      guard regardless || after <= limit else { return false }
      let (exchanged, original) = taken.weakCompareExchange(
        expected: before, desired: after, ordering: .acquiringAndReleasing)
      if exchanged {
        most.max(after, ordering: .relaxed)
        return true
      }
      before = original
    }
  }

  /// A component keeps so much more, whether or not there is room.
  func keep(_ bytes: Int) {
    keptBytes.add(bytes, ordering: .relaxed)
    _ = take(bytes, regardless: true)
  }

  /// A component keeps so much less.
  func release(_ bytes: Int) {
    keptBytes.subtract(bytes, ordering: .relaxed)
    give(bytes)
  }

  func give(_ bytes: Int) {
    guard bytes != 0 else { return }
    taken.subtract(bytes, ordering: .sequentiallyConsistent)
    // Either this sees who waits, or who waits sees the room: both look after they have acted, in one order.
    guard waitingCount.load(ordering: .sequentiallyConsistent) > 0 else { return }
    let needs = waiting.withLock { waiting in
      let fitting = waiting.filter { hasRoom(for: $0.value.bytes) }
      for key in fitting.keys { waiting[key] = nil }
      waitingCount.store(waiting.count, ordering: .sequentiallyConsistent)
      return fitting.values
    }
    for need in needs { need.writer.wake() }
  }

  /// Wakes `writer` when there is room for so many bytes; it looks whether there is after this.
  func wake(_ writer: Waiter, for bytes: Int, of share: BudgetShare) {
    waiting.withLock { waiting in
      waiting[ObjectIdentifier(share)] = Need(share: share, bytes: bytes, writer: writer)
      waitingCount.store(waiting.count, ordering: .sequentiallyConsistent)
    }
  }

  /// Wakes no writer of that linkage any more.
  func forget(_ share: BudgetShare) {
    waiting.withLock { waiting in
      waiting[ObjectIdentifier(share)] = nil
      waitingCount.store(waiting.count, ordering: .sequentiallyConsistent)
    }
  }
}
