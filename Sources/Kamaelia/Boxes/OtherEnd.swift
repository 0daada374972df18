import Synchronization

/// Whoever is at the other end of a linkage, as the component at this end sees it: asleep or not.
///
/// It is looked at after each activation, and so made of plain pointers. Linkages whose marks do not tell everything have none.
package struct OtherEnd {
  // Unsafe: all of it lives as long as the linkage, which a box of the component holds; when the box lets go of that it says
  // so (`Instance.boxesChanged`), and this is gathered anew.
  private let word: UnsafeMutablePointer<Atomic<UInt>>
  private let waiter: Unmanaged<Waiter>
  private let written: UnsafeMutablePointer<Marks>
  private let taken: UnsafeMutablePointer<Marks>
  private let capacity: Int
  private let byteCapacity: Int
  private let isReader: Bool

  /// - Parameter isReader: whether the reader is at the other end.
  init?<M>(_ linkage: Linkage<M>, isReader: Bool) {
    guard linkage.isPlain else { return nil }
    let waiter = isReader ? linkage.readers : linkage.writers
    word = waiter.word.pointer
    self.waiter = .passUnretained(waiter)
    written = linkage.ring.written
    taken = linkage.ring.taken
    capacity = linkage.options.capacity
    byteCapacity = linkage.options.byteCapacity
    self.isReader = isReader
  }

  /// Wakes it if it sleeps and has a reason to go on. After a full barrier.
  func wakeIfNeeded() {
    guard word.pointee.load(ordering: .relaxed) != 0, isReader ? hasNews : hasRoom else { return }
    waiter._withUnsafeGuaranteedRef { $0.wake() }
  }

  private var waiting: Int {
    written.pointee.messages.load(ordering: .acquiring) - taken.pointee.messages.load(ordering: .acquiring)
  }

  private var hasNews: Bool { waiting > 0 || written.pointee.isOver.load(ordering: .acquiring) }

  private var hasRoom: Bool {
    guard written.pointee.stalled.load(ordering: .relaxed) > 0 else { return false }
    if taken.pointee.isOver.load(ordering: .acquiring) { return true }
    let waiting = waiting
    guard waiting < capacity else { return false }
    let bytes = written.pointee.bytes.load(ordering: .relaxed) - taken.pointee.bytes.load(ordering: .relaxed)
    return waiting == 0 || bytes <= byteCapacity
  }
}
