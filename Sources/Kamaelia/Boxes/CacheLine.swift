/// A value in memory of its own, on cache lines that nothing else lies on unless it is said to be seldom looked at.
///
/// Whoever makes one frees it; copies name the same memory.
@usableFromInline
struct CacheLine<Value: ~Copyable>: @unchecked Sendable {
  // Unsafe: the pointer says nothing of who may touch what; each use does.
  @usableFromInline let pointer: UnsafeMutablePointer<Value>

  init(_ value: consuming Value, isQuiet: Bool = false) {
    let layout = MemoryLayout<Value>.self
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: isQuiet ? layout.size : (layout.size + 63) & ~63, alignment: isQuiet ? layout.alignment : 64)
    pointer = memory.bindMemory(to: Value.self, capacity: 1)
    pointer.initialize(to: value)
  }

  func free() {
    pointer.deinitialize(count: 1)
    UnsafeMutableRawPointer(pointer).deallocate()
  }
}
