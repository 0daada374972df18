import Synchronization

extension Outbox {
  // Apart from `send`, which is to be in line wherever it is called: the compiler cannot split everything that has waits in line.
  @inlinable @inline(never)
  func sendWhenReady(_ message: consuming M, _ bytes: Int) async throws {
    while let ring = fast.pointee {
      if ring.takes(bytes) { return ring.put(message, bytes) }
      guard let owner else { throw Stopped() }
      switch pause(ring, bytes, owner) {
      case .goesOn: continue
      case .isSpecial: return try await sendSlowly(message)
      case .mustGiveWay:
        await owner.giveWay()
        continue
      case .mustWait: break
      }
      var isComponent = false
      await withUnsafeContinuation { isComponent = sleep($0, ring, bytes) }
      if !isComponent { return try await sendSlowly(message) }
      ring.written.pointee.stalled.subtract(1, ordering: .relaxed)
      if mustLeave { return try await sendSlowly(message) }
    }
    try await sendSlowly(message)
  }

  /// The ring does not take the message: there is no room, or the component has had its share.
  @inlinable
  func pause(_ ring: Ring<M>, _ bytes: Int, _ owner: Instance) -> Pause {
    guard !owner.isTold, !ring.taken.pointee.isOver.load(ordering: .acquiring) else { return .isSpecial }
    guard ring.hasRoom(for: bytes) else { return .mustWait }
    guard owner.mayGoOn(after: bytes) else { return .mustGiveWay }
    ring.allowWriting(owner.quantum)
    return .goesOn
  }

  /// Lets the component's own task sleep until there is room.
  ///
  /// - Returns: false for another task, which does not sleep: a child task can be cancelled by itself, and needs more care.
  @inlinable
  func sleep(_ continuation: UnsafeContinuation<Void, Never>, _ ring: Ring<M>, _ bytes: Int) -> Bool {
    let sleeper = Sleeper(continuation)
    guard let owner, owner.isMain(sleeper) else {
      continuation.resume()
      return false
    }
    arm(sleeper, owner, ring, bytes)
    return true
  }

  /// Lets a wake reach the sleeper, who is woken at once where there is a reason already.
  @inlinable
  func arm(_ sleeper: Sleeper, _ owner: Instance, _ ring: Ring<M>, _ bytes: Int) {
    ring.written.pointee.stalled.add(1, ordering: .relaxed)
    waiter.arm(sleeper)
    if owner.isTold || ring.hasRoom(for: bytes)
      || ring.taken.pointee.isOver.load(ordering: .sequentiallyConsistent)
    {
      waiter.wake()
    }
  }

  /// Gives each of several linkages a copy, if all have room.
  @inlinable
  func sendToSeveral(_ message: M, _ bytes: Int) -> Bool {
    if several.isEmpty, quick.isEmpty { return false }
    for index in several.indices where !several[index].takes(bytes) { return false }
    if !quick.isEmpty, !sendQuickly(message) { return false }
    for index in several.indices {
      several[index].put(message, bytes)
    }
    return true
  }

  /// Gives each of the quick linkages a copy, if all take it.
  @usableFromInline
  func sendQuickly(_ message: M) -> Bool {
    for index in quick.indices where !quick[index].takesQuickly(message) { return false }
    for index in quick.indices { quick[index].putQuickly(message) }
    return true
  }
}
