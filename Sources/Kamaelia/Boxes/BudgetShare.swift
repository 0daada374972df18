import Synchronization

/// What one linkage has of the budget.
@usableFromInline
final class BudgetShare: Sendable {
  private let budget: MemoryBudget
  private let taken = Atomic<Int>(0)
  private let isClosed = Atomic<Bool>(false)
  /// Whether it is in a circle, and so never held up.
  private let isExempt = Atomic<Bool>(false)
  /// Whether the next message passes whatever the budget has.
  private let mayPass = Atomic<Bool>(false)

  init(_ budget: MemoryBudget) { self.budget = budget }

  func exempt() { isExempt.store(true, ordering: .relaxed) }
  func letPass() { mayPass.store(true, ordering: .releasing) }

  /// Takes what a message needs. On the writer's side.
  ///
  /// - Parameter isAlone: whether nothing else is on the linkage.
  /// - Returns: false where the message must wait.
  @usableFromInline
  func take(_ bytes: Int, isAlone: Bool) -> Bool {
    if isClosed.load(ordering: .acquiring) { return true }
    let regardless =
      isAlone || isExempt.load(ordering: .relaxed) || mayPass.exchange(false, ordering: .acquiringAndReleasing)
    guard budget.take(bytes, regardless: regardless) else { return false }
    taken.add(bytes, ordering: .sequentiallyConsistent)
    // The reader may have left meanwhile, and given back what it saw.
    if isClosed.load(ordering: .sequentiallyConsistent) { giveAll() }
    return true
  }

  /// Gives back what messages had that have been dealt with. On the reader's side, or under the queue's lock.
  func give(_ bytes: Int) {
    guard bytes > 0, !isClosed.load(ordering: .relaxed) else { return }
    taken.subtract(bytes, ordering: .sequentiallyConsistent)
    budget.give(bytes)
  }

  /// The reader has left: what is on the linkage and what may still come counts no more. On the reader's side.
  func close() {
    isClosed.store(true, ordering: .sequentiallyConsistent)
    giveAll()
    budget.forget(self)
  }

  private func giveAll() { budget.give(taken.exchange(0, ordering: .sequentiallyConsistent)) }

  /// Whether a message would be taken; where not, `writer` is woken when that may have changed. On the writer's side.
  func hasRoom(for bytes: Int, isAlone: Bool, orWake writer: Waiter) -> Bool {
    if hasRoom(for: bytes, isAlone: isAlone) { return true }
    budget.wake(writer, for: bytes, of: self)
    return hasRoom(for: bytes, isAlone: isAlone)
  }

  private func hasRoom(for bytes: Int, isAlone: Bool) -> Bool {
    isAlone || isExempt.load(ordering: .relaxed) || mayPass.load(ordering: .acquiring)
      || isClosed.load(ordering: .acquiring) || budget.hasRoom(for: bytes)
  }
}
