extension Outbox {
  /// Sends a block: the same as sending its messages one after the other, for less.
  ///
  /// Waits where a linkage that blocks is full, also in the middle of the block: the readers can take what is sent by then.
  /// An empty block sends nothing.
  ///
  /// - Throws: what ``send(_:)`` throws; the messages before the one that it throws for have been sent.
  @inlinable
  public func send(contentsOf messages: [M]) async throws {
    var index = sendAtOnce(messages, from: 0)
    while index < messages.count {
      // By the way that waits, counts and looks after what is unusual.
      try await send(messages[index])
      index += 1
      index += sendAtOnce(messages, from: index)
    }
  }

  /// Sends what there is room for, where nothing is unusual.
  ///
  /// - Returns: how many of `messages`, from the one at `start` on.
  @inlinable
  func sendAtOnce(_ messages: [M], from start: Int) -> Int {
    guard start < messages.count else { return 0 }
    if let ring = fast.pointee { return messages.withUnsafeBufferPointer { ring.push($0, from: start) } }
    if several.isEmpty || !quick.isEmpty || M.hasVariableSize { return 0 }
    var count = messages.count - start
    for index in several.indices {
      guard several[index].takes(0) else { return 0 }
      count = min(count, several[index].room)
    }
    messages.withUnsafeBufferPointer { all in
      let part = UnsafeBufferPointer(rebasing: all[..<(start + count)])
      for index in several.indices { _ = several[index].push(part, from: start) }
    }
    return count
  }
}
