import Synchronization

/// A stretch of a ring: slots that the writer fills in order and the reader empties in order.
///
/// A ring that needs more room than a segment has gets a larger one behind it, so that an idle linkage costs
/// next to nothing. Message number *n* of the linkage lies in slot *n* mod `size`.
@usableFromInline
final class Segment<M: Message>: @unchecked Sendable {
  // Unsafe: the writer initialises a slot before it publishes the slot's number and the reader moves it out before it
  // publishes that it did, so that no slot is touched from both sides.
  @usableFromInline let slots: UnsafeMutablePointer<M>
  /// A power of two.
  @usableFromInline let size: Int
  /// The number of the first message behind this segment; `Int.max` while it is the last one.
  let end = Atomic<Int>(.max)
  /// Written once, before `end` is.
  var next: Segment<M>?

  init(size: Int) {
    self.size = size
    slots = .allocate(capacity: size)
  }

  deinit { slots.deallocate() }
}

/// The writer's end of a ring, on a cache line that the reader seldom looks at.
@usableFromInline
struct WriterEnd<M: Message>: ~Copyable {
  /// The number of messages written so far; what the reader may take lies before it.
  @usableFromInline let tail = Atomic<Int>(0)
  /// Up to where the writer may go without looking at the reader again.
  @usableFromInline var limit = 0
  @usableFromInline var slots: UnsafeMutablePointer<M>
  @usableFromInline var mask: Int
  /// Bytes written so far; kept where messages differ in size.
  @usableFromInline let bytes = Atomic<Int>(0)
  @usableFromInline var byteLimit: Int
  var segment: Segment<M>
  /// Where the segment in use began.
  var segmentStart = 0
  /// How many more messages may be written before the component gives way to others.
  var budget = 0

  let capacity: Int
  let byteCapacity: Int
  let largestSegment: Int

  init(_ segment: Segment<M>, capacity: Int, byteCapacity: Int, largestSegment: Int) {
    self.segment = segment
    self.capacity = capacity
    self.byteCapacity = byteCapacity
    byteLimit = byteCapacity
    self.largestSegment = largestSegment
    slots = segment.slots
    mask = segment.size - 1
  }
}

/// The reader's end of a ring.
@usableFromInline
struct ReaderEnd<M: Message>: ~Copyable {
  /// The number of messages taken so far.
  @usableFromInline let head = Atomic<Int>(0)
  /// Up to where the reader may go without looking at the writer again.
  @usableFromInline var limit = 0
  @usableFromInline var slots: UnsafeMutablePointer<M>
  @usableFromInline var mask: Int
  /// Bytes taken so far; kept where messages differ in size.
  @usableFromInline let bytes = Atomic<Int>(0)
  var segment: Segment<M>
  /// How many more messages may be taken before the component gives way to others.
  var budget = 0

  init(_ segment: Segment<M>) {
    self.segment = segment
    slots = segment.slots
    mask = segment.size - 1
  }
}
