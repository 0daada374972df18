import CSystem

/// What the process does with memory that it has freed.
///
/// The system's allocator gives the end of its heap back as soon as 128 KiB of it are free, and asks for it anew with the
/// next large message: for graphs that pass blocks of bytes on, that is most of the work.
package enum FreedMemory {
  /// Bytes that stay with the process once they are free.
  static let kept: Int32 = 64 << 20
  /// Blocks of so many bytes and more come from the system one by one, and go back to it.
  static let largest: Int32 = 4 << 20

  /// Keeps freed memory for the next use, for the whole process; once is enough.
  package static func keep() { _ = once }

  /// Gives all that is free back to the system now: for measurements of what comes next.
  package static func giveBack() { csys_return_freed_memory() }

  private static let once: Bool = csys_keep_freed_memory(kept, largest)
}
