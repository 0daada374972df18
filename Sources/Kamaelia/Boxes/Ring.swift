import Synchronization

/// A bounded queue with one writer and one reader, without locks.
///
/// The ring knows nothing of waiting: `push` says that there is no room, `pop` that there is nothing. Both also say so
/// when the budget is used up, so that a component that never waits comes by its slow path and gives way.
/// Numbers of messages count from the beginning and never wrap (2⁶³ messages).
///
/// It is a handful of pointers and counts no references, so that using it costs nothing beside the queue itself; the linkage
/// that made it frees it.
@usableFromInline
struct Ring<M: Message>: @unchecked Sendable {
  // Unsafe: each end is used by one component only, which does one thing at a time on its serial executor; what both
  // sides look at are the atomics inside. A box holds the linkage as long as it holds the ring.
  @usableFromInline let writer: UnsafeMutablePointer<WriterEnd<M>>
  @usableFromInline let reader: UnsafeMutablePointer<ReaderEnd<M>>
  /// Who waits for a message; 0 where nobody does (see `Waiter`).
  @usableFromInline let readerWaits: UnsafeMutablePointer<Atomic<UInt>>
  /// Who waits for room; 0 where nobody does.
  @usableFromInline let writerWaits: UnsafeMutablePointer<Atomic<UInt>>
  @usableFromInline let readers: Unmanaged<Waiter>
  @usableFromInline let writers: Unmanaged<Waiter>

  /// The slots that a linkage begins with.
  static var firstSegment: Int { 4 }
  /// The most slots in one stretch; a linkage that holds more has several.
  static var largestSegment: Int { 1 << 16 }

  /// - Parameters:
  ///   - capacity: messages, 1 or more.
  ///   - byteCapacity: bytes under way; a message that is larger alone passes when the ring is empty.
  ///   - share: of the run's budget, for what is under way and what the reader has in its hands.
  init(capacity: Int, byteCapacity: Int, share: BudgetShare?, readers: Waiter, writers: Waiter) {
    precondition(capacity >= 1, "a linkage holds one message at least")
    let largest = min(Self.largestSegment, 1 << min(40, Int.bitWidth - (capacity - 1).leadingZeroBitCount))
    let first = Segment<M>(size: min(Self.firstSegment, largest))
    writer = Marks.allocate(
      before: WriterEnd(first, capacity: capacity, byteCapacity: byteCapacity, largestSegment: largest, share: share))
    reader = Marks.allocate(before: ReaderEnd(first, share: share))
    readerWaits = readers.word.pointer
    writerWaits = writers.word.pointer
    self.readers = .passUnretained(readers)
    self.writers = .passUnretained(writers)
  }

  /// Frees what is under way and the ring itself, when both sides have gone.
  func free() {
    discardAll()
    Marks.free(before: writer)
    Marks.free(before: reader)
  }

  /// How far the writer is; from any thread.
  @inlinable var written: UnsafeMutablePointer<Marks> { Marks.find(before: writer) }
  /// How far the reader is; from any thread.
  @inlinable var taken: UnsafeMutablePointer<Marks> { Marks.find(before: reader) }

  @usableFromInline var capacity: Int { writer.pointee.capacity }
  @usableFromInline var byteCapacity: Int { writer.pointee.byteCapacity }

  /// Writer only. False where there is no room.
  @inlinable
  func push(_ message: M) -> Bool {
    let bytes = M.hasVariableSize ? message.byteCount : 0
    guard takes(bytes) else { return false }
    put(message, bytes)
    return true
  }

  /// Writer only, when `takes` has said that there is room.
  ///
  /// - Parameter bytes: the size of the message, where messages differ in size.
  @inlinable
  func put(_ message: consuming M, _ bytes: Int) {
    let tail = written.pointee.messages.load(ordering: .relaxed)
    if M.hasVariableSize {
      written.pointee.bytes.store(written.pointee.bytes.load(ordering: .relaxed) &+ bytes, ordering: .relaxed)
    }
    (writer.pointee.slots + (tail & writer.pointee.mask)).initialize(to: message)
    written.pointee.messages.store(tail &+ 1, ordering: .releasing)
  }

  /// Reader only. Nil where there is nothing.
  @inlinable
  func pop() -> M? {
    let head = taken.pointee.messages.load(ordering: .relaxed)
    guard head < reader.pointee.limit || find() else { return nil }
    let message = (reader.pointee.slots + (head & reader.pointee.mask)).move()
    if M.hasVariableSize {
      let bytes = taken.pointee.bytes.load(ordering: .relaxed) &+ message.byteCount
      taken.pointee.bytes.store(bytes, ordering: .releasing)
    }
    taken.pointee.messages.store(head &+ 1, ordering: .releasing)
    return message
  }

  /// Writer only: whether `push` would take a message of so many bytes now.
  @inlinable
  func takes(_ bytes: Int) -> Bool {
    let tail = written.pointee.messages.load(ordering: .relaxed)
    guard tail < writer.pointee.limit || makeRoom() else { return false }
    guard M.hasVariableSize else { return true }
    let all = written.pointee.bytes.load(ordering: .relaxed) &+ bytes
    return all <= writer.pointee.byteLimit || makeByteRoom(all)
  }

  /// Reader only, after it has taken: wakes a writer that waits on this linkage once half of it is free, so that it is not
  /// woken for every message.
  @inlinable
  func wakeWriter() {
    guard writerWaits.pointee.load(ordering: .relaxed) != 0, isHalfEmpty else { return }
    if written.pointee.stalled.load(ordering: .relaxed) > 0 { writers._withUnsafeGuaranteedRef { $0.wake() } }
  }

  /// Writer only: looks how far the reader is and takes a larger segment where that helps.
  @inlinable
  func makeRoom() -> Bool {
    let tail = written.pointee.messages.load(ordering: .relaxed)
    let head = taken.pointee.messages.load(ordering: .acquiring)
    guard tail - head < capacity else { return false }
    if tail - max(head, writer.pointee.segmentStart) > writer.pointee.mask { grow(tail) }
    guard writer.pointee.budget > 0 else { return false }
    let free = max(head, writer.pointee.segmentStart) + writer.pointee.mask + 1
    // No further than the budget: a large linkage is no leave to go on for long.
    let most = min(head.saturating(plus: capacity), free) - tail
    var count = min(most, writer.pointee.budget)
    if let share = writer.pointee.share {
      count = 1
      if !M.hasVariableSize, !share.take(MemoryLayout<M>.size, isAlone: head == tail) { return false }
    }
    writer.pointee.limit = tail + count
    writer.pointee.budget -= count
    return true
  }

  @usableFromInline
  func grow(_ tail: Int) {
    let larger = Segment<M>(size: min(writer.pointee.segment.size * 4, writer.pointee.largestSegment))
    writer.pointee.segment.next = larger
    writer.pointee.segment.end.store(tail, ordering: .releasing)
    writer.pointee.segment = larger
    writer.pointee.segmentStart = tail
    writer.pointee.slots = larger.slots
    writer.pointee.mask = larger.size - 1
  }

  /// Writer only: so many more messages before `push` fails for want of a budget.
  @inlinable
  func allowWriting(_ messages: Int) {
    writer.pointee.budget = messages
    writer.pointee.byteBudget = Self.byteQuantum
  }

  /// How many bytes go along with one look: with large messages a component gives way early, so that they are still in the
  /// processor's cache when the reader gets them. Half of what a core has to itself on common machines; with a sixteenth, one
  /// large message at a time went through a chain, at half the speed.
  @usableFromInline static var byteQuantum: Int { 512 << 10 }

  /// Reader only: so many more messages before `pop` fails for want of a budget.
  @inlinable
  func allowReading(_ messages: Int) { reader.pointee.budget = messages }

  /// Writer only: looks how many bytes the reader has taken.
  @inlinable
  func makeByteRoom(_ bytes: Int) -> Bool {
    let taken = self.taken.pointee.bytes.load(ordering: .acquiring)
    let limit = taken.saturating(plus: byteCapacity)
    let isEmpty = isEmpty
    guard bytes <= limit || isEmpty else { return false }
    if let share = writer.pointee.share {
      return share.take(bytes &- written.pointee.bytes.load(ordering: .relaxed), isAlone: isEmpty)
    }
    guard writer.pointee.byteBudget > 0 else { return false }
    let next = written.pointee.bytes.load(ordering: .relaxed).saturating(plus: writer.pointee.byteBudget)
    writer.pointee.byteLimit = max(bytes, min(limit, next))
    writer.pointee.byteBudget = 0
    return true
  }

  /// Reader only: looks how far the writer is and goes on to the next segment where this one is at its end.
  @inlinable
  func find() -> Bool {
    let head = taken.pointee.messages.load(ordering: .relaxed)
    if let share = reader.pointee.share { giveBack(to: share) }
    let tail = written.pointee.messages.load(ordering: .acquiring)
    guard head < tail else { return false }
    // What the writer wrote before it published `tail` is seen from here on, the end of the segment included.
    var end = reader.pointee.segment.end.load(ordering: .acquiring)
    if head >= end { end = goOn(head) }
    guard reader.pointee.budget > 0 else { return false }
    let most = reader.pointee.share == nil ? reader.pointee.budget : 1
    let count = min(min(tail, end) - head, most)
    reader.pointee.limit = head + count
    reader.pointee.budget -= count
    return true
  }

  /// Reader only: what was taken before has been dealt with, since the reader asks for more.
  @usableFromInline
  func giveBack(to share: BudgetShare) {
    let marks = taken
    let now =
      M.hasVariableSize
      ? marks.pointee.bytes.load(ordering: .relaxed)
      : marks.pointee.messages.load(ordering: .relaxed) * MemoryLayout<M>.size
    share.give(now - reader.pointee.given)
    reader.pointee.given = now
  }

  /// Goes on to the segment that holds the message of that number.
  ///
  /// - Returns: where it ends.
  @usableFromInline
  func goOn(_ head: Int) -> Int {
    var end = reader.pointee.segment.end.load(ordering: .acquiring)
    while head >= end, let next = reader.pointee.segment.next {
      reader.pointee.segment = next
      reader.pointee.slots = next.slots
      reader.pointee.mask = next.size - 1
      end = next.end.load(ordering: .acquiring)
    }
    return end
  }

  /// Whether nothing is under way; from either side, true for a moment.
  @inlinable var isEmpty: Bool { waiting == 0 }

  /// The number of messages under way; from any thread.
  @inlinable var waiting: Int {
    // In one order with the waiters' words, so that who has armed one may rely on what is said here.
    let head = taken.pointee.messages.load(ordering: .sequentiallyConsistent)
    return max(0, written.pointee.messages.load(ordering: .sequentiallyConsistent) - head)
  }

  /// The number of messages written so far; from any thread.
  var sent: Int { written.pointee.messages.load(ordering: .relaxed) }

  /// The number of bytes written so far; from any thread.
  var sentBytes: Int {
    M.hasVariableSize ? written.pointee.bytes.load(ordering: .relaxed) : sent * MemoryLayout<M>.size
  }

  /// Whether the writer could write a message of so many bytes; from the writer's side.
  @inlinable
  func hasRoom(for bytes: Int) -> Bool {
    guard waiting < capacity else { return false }
    return !M.hasVariableSize || isEmpty || bytesWaiting.saturating(plus: bytes) <= byteCapacity
  }

  /// Whether a writer that waits for room is worth waking; from the reader's side.
  @inlinable var isHalfEmpty: Bool {
    let waiting = waiting
    return waiting == 0 || (waiting <= capacity / 2 && (!M.hasVariableSize || bytesWaiting <= byteCapacity / 2))
  }

  @inlinable var bytesWaiting: Int {
    let taken = self.taken.pointee.bytes.load(ordering: .acquiring)
    return max(0, written.pointee.bytes.load(ordering: .relaxed) - taken)
  }

  /// Reader only, or when both sides have gone: drops what is under way.
  ///
  /// - Returns: how many messages were dropped.
  @discardableResult
  func discardAll() -> Int {
    var count = 0
    allowReading(.max)
    while pop() != nil { count += 1 }
    return count
  }
}

extension Int {
  /// The sum, or the largest number there is where it would be larger.
  @inlinable
  func saturating(plus other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }
}
