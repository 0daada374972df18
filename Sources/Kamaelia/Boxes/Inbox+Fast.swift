import Synchronization

/// What comes of a fast path that has nothing to do for the moment.
@usableFromInline
enum Pause {
  /// It goes on at once.
  case goesOn
  /// The component waits for the other side.
  case mustWait
  /// The component has had its share and gives way to others.
  case mustGiveWay
  /// The slow path looks after it: the other side has gone, or the component is told to stop.
  case isSpecial
}

extension Inbox {
  /// The next message, or nil when no more will come.
  @inlinable @inline(__always)
  public func next() async -> M? {
    if let ring = fast.pointee, let message = ring.pop() {
      ring.wakeWriter()
      return message
    }
    return await nextWhenReady()
  }

  /// A message that is there now, or nil; never waits.
  ///
  /// For more messages beside one that ``next()`` gave. Where the component may be started again with the message in its hands, or
  /// is one of several replicas whose answers are put in order, there is none beside.
  @inlinable
  public func nextIfReady() -> M? {
    if let ring = fast.pointee {
      if let message = ring.pop() {
        ring.wakeWriter()
        return message
      }
      if several.isEmpty, ring.isEmpty { return nil }
    }
    return nextIfReadySlowly()
  }

  // Apart from `next`, which is to be in line wherever it is called: the compiler cannot split everything that has waits in line.
  @inlinable @inline(never)
  func nextWhenReady() async -> M? {
    while let ring = fast.pointee {
      if let message = ring.pop() {
        ring.wakeWriter()
        return message
      }
      guard let owner else { return nil }
      switch pause(ring, owner) {
      case .goesOn: continue
      case .isSpecial: return await nextSlowly()
      case .mustGiveWay:
        await owner.giveWay()
        continue
      case .mustWait: break
      }
      var isComponent = false
      await withUnsafeContinuation { isComponent = sleep($0) }
      if !isComponent { return await nextSlowly() }
    }
    return await nextSlowly()
  }

  /// How many messages are taken from one linkage before the others have their turn.
  @usableFromInline static var share: Int { 16 }

  /// The ring that is read now has nothing, or has had its share.
  @inlinable
  func pause(_ ring: Ring<M>, _ owner: Instance) -> Pause {
    if owner.isTold { return .isSpecial }
    if !several.isEmpty { return turnToNext(owner) }
    if ring.isEmpty { return ring.written.pointee.isOver.load(ordering: .acquiring) ? .isSpecial : .mustWait }
    guard owner.mayGoOn() else { return .mustGiveWay }
    ring.allowReading(owner.quantum)
    return .goesOn
  }

  /// The next one of several rings that has something.
  @inlinable
  func turnToNext(_ owner: Instance) -> Pause {
    guard owner.mayGoOn() else { return .mustGiveWay }
    var hasEnded = false
    for offset in 1...several.count {
      let index = current + offset < several.count ? current + offset : current + offset - several.count
      let ring = several[index]
      if ring.isEmpty {
        hasEnded = hasEnded || ring.written.pointee.isOver.load(ordering: .acquiring)
        continue
      }
      ring.allowReading(Self.share)
      current = index
      fast.pointee = ring
      return .goesOn
    }
    return hasEnded ? .isSpecial : .mustWait
  }

  /// Lets the component's own task sleep until something comes.
  ///
  /// - Returns: false for another task, which does not sleep: a child task can be cancelled by itself, and needs more care.
  @inlinable
  func sleep(_ continuation: UnsafeContinuation<Void, Never>) -> Bool {
    let sleeper = Sleeper(continuation)
    guard let owner, owner.isMain(sleeper) else {
      continuation.resume()
      return false
    }
    arm(sleeper, owner)
    return true
  }

  /// Lets a wake reach the sleeper, who is woken at once where there is a reason already.
  @inlinable
  func arm(_ sleeper: Sleeper, _ owner: Instance) {
    waiter.arm(sleeper)
    if owner.isTold || hasNews { waiter.wake() }
  }

  /// Whether something has come or a writer has finished; in one order with the waiter's word.
  @inlinable var hasNews: Bool {
    if several.isEmpty { return fast.pointee.map(Self.hasNews) ?? true }
    for index in several.indices where Self.hasNews(several[index]) { return true }
    return false
  }

  @inlinable
  static func hasNews(_ ring: Ring<M>) -> Bool {
    !ring.isEmpty || ring.written.pointee.isOver.load(ordering: .sequentiallyConsistent)
  }
}
