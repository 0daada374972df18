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
  @usableFromInline let end = Atomic<Int>(.max)
  /// Written once, before `end` is.
  var next: Segment<M>?

  init(size: Int) {
    self.size = size
    slots = .allocate(capacity: size)
  }

  deinit { slots.deallocate() }
}
