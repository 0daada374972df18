import Synchronization

extension Outbox {
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

  /// Gives each of several rings a copy, if all have room.
  @inlinable
  func sendToSeveral(_ message: M, _ bytes: Int) -> Bool {
    if several.isEmpty { return false }
    for index in several.indices where !several[index].takes(bytes) { return false }
    for index in several.indices {
      several[index].put(message, bytes)
    }
    return true
  }
}
