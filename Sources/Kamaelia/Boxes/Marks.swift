import Synchronization

/// How far one end of a ring is: what that end writes and the other end, and whoever counts, reads.
///
/// They lie right before what the end keeps for itself, on cache lines that the other end's do not share.
@usableFromInline
struct Marks: ~Copyable {
  /// Messages written or taken so far.
  @usableFromInline let messages = Atomic<Int>(0)
  /// Bytes written or taken so far; kept where messages differ in size.
  @usableFromInline let bytes = Atomic<Int>(0)
  /// Whether this end has gone: the writer has finished, or the reader has left.
  @usableFromInline let isOver = Atomic<Bool>(false)
  /// How many of the writer's tasks wait for room on this linkage; those that wait on its others share a waiter. The
  /// writer's only.
  @usableFromInline let stalled = Atomic<Int>(0)

  /// Four words; what follows them is aligned to words.
  @usableFromInline static var size: Int { 32 }

  // Unsafe: one piece of memory holds the marks and, `size` bytes behind them, the end; `allocate` makes both and `free`
  // ends both. Nothing else tells where they are.

  static func allocate<End>(before end: End) -> UnsafeMutablePointer<End> {
    let bytes = (size + MemoryLayout<End>.size + 63) & ~63
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    memory.bindMemory(to: Marks.self, capacity: 1).initialize(to: Marks())
    let pointer = (memory + size).bindMemory(to: End.self, capacity: 1)
    pointer.initialize(to: end)
    return pointer
  }

  @inlinable
  static func find<End>(before end: UnsafeMutablePointer<End>) -> UnsafeMutablePointer<Marks> {
    (UnsafeMutableRawPointer(end) - size).assumingMemoryBound(to: Marks.self)
  }

  static func free<End>(before end: UnsafeMutablePointer<End>) {
    let marks = find(before: end)
    end.deinitialize(count: 1)
    marks.deinitialize(count: 1)
    UnsafeMutableRawPointer(marks).deallocate()
  }
}
