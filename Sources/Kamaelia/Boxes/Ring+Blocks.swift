import Synchronization

// Many messages at once: what either end publishes is published once for each stretch of slots.
extension Ring {
  /// Writer only: copies what there is room for, in stretches.
  ///
  /// - Returns: how many of `messages`, from the one at `start` on, are in the ring by now; 0 where `push` would not take one.
  @inlinable
  func push(_ messages: UnsafeBufferPointer<M>, from start: Int) -> Int {
    guard let base = messages.baseAddress else { return 0 }
    if M.hasVariableSize { return pushOneByOne(messages, from: start) }
    var index = start
    while index < messages.count, takes(0) {
      let tail = written.pointee.messages.load(ordering: .relaxed)
      let place = tail & writer.pointee.mask
      let count = min(messages.count - index, writer.pointee.limit - tail, writer.pointee.mask + 1 - place)
      // Unsafe: `limit` says that so many slots are free, and up to the segment's last slot they lie side by side.
      (writer.pointee.slots + place).initialize(from: base + index, count: count)
      written.pointee.messages.store(tail &+ count, ordering: .releasing)
      index += count
    }
    return index - start
  }

  /// Writer only: how many messages `push` takes without looking at the reader again.
  @inlinable var room: Int { writer.pointee.limit - written.pointee.messages.load(ordering: .relaxed) }

  /// Where messages differ in size, the room for each is a question of its own.
  @inlinable
  func pushOneByOne(_ messages: UnsafeBufferPointer<M>, from start: Int) -> Int {
    var index = start
    while index < messages.count, push(messages[index]) { index += 1 }
    return index - start
  }

  /// Reader only: moves what is there to uninitialised memory, in stretches.
  ///
  /// - Parameter count: the most messages to move, 1 or more.
  /// - Returns: how many there were within the budget.
  @inlinable
  func pop(into memory: UnsafeMutablePointer<M>, atMost count: Int) -> Int {
    var moved = 0
    while moved < count {
      let head = taken.pointee.messages.load(ordering: .relaxed)
      guard head < reader.pointee.limit || find() else { break }
      let place = head & reader.pointee.mask
      let stretch = min(count - moved, reader.pointee.limit - head, reader.pointee.mask + 1 - place)
      // Unsafe: `limit` says that so many slots are filled, and up to the segment's last slot they lie side by side.
      (memory + moved).moveInitialize(from: reader.pointee.slots + place, count: stretch)
      if M.hasVariableSize {
        var bytes = taken.pointee.bytes.load(ordering: .relaxed)
        for index in moved..<moved + stretch { bytes &+= memory[index].byteCount }
        taken.pointee.bytes.store(bytes, ordering: .releasing)
      }
      taken.pointee.messages.store(head &+ stretch, ordering: .releasing)
      moved += stretch
    }
    return moved
  }
}
