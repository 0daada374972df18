import Synchronization

/// Where a component puts messages.
///
/// Several linkages each get a copy. An outbox that no graph has linked drops what it is sent, unless it is declared
/// with `needsReader`: then the component fails, so that an error that nobody listens to is not lost.
///
/// A component with several outboxes goes on while one of them is read: what it sends to those whose readers have left is dropped.
public final class Outbox<M: Message>: @unchecked Sendable {
  // Used on its component's serial executor only, but for what the runtime reads to report (see `AnyOutbox`).
  package let details: BoxDetails
  /// The ring of the one linkage there is, where it has a plain ring and carries the same type: the fast path's.
  @usableFromInline let fast: UnsafeMutablePointer<Ring<M>?>
  /// The rings of all linkages that have a plain one and carry the same type, where they are not `fast` and all others are `quick`.
  @exclusivity(unchecked) @usableFromInline var several: [Ring<M>] = []
  /// The linkages without such a ring that take messages quickly all the same, where all others have one: those that may lose
  /// messages, and those that convert them.
  @exclusivity(unchecked) @usableFromInline var quick: [NearEnd<M>] = []
  var ports: [NearEnd<M>] = []
  @usableFromInline let waiter = Waiter()
  /// Apart from `waiter`, so that who waits for the readers to leave is not woken by each message that they take.
  let mourners = Waiter(isQuiet: true)
  /// A linkage that the graph has no more, on which the component waits for room with a message.
  private var leaving: NearEnd<M>?
  /// Whether there is one.
  @usableFromInline var mustLeave: Bool { leaving != nil }
  /// Linkages that were let go of while the component waited for room there: once it is awake it still touches the ring.
  private var former: [NearEnd<M>] = []
  private var isClosed = false
  package private(set) var hadReaders = false
  /// What `send` does when all readers have left.
  var whenUnread: WhenUnread
  // Held, since a box may be used after its instance has let go of it; the instance lets go of its boxes when it ends.
  @exclusivity(unchecked) @usableFromInline var owner: Instance?
  var name = BoxName("outbox")

  /// - Parameters:
  ///   - description: a sentence that says what a message means; its type is shown beside it.
  ///   - main: whether it is meant where a graph names no box; a box named `outbox` is anyway.
  ///   - needsReader: whether sending fails where no graph has linked it; for error outboxes.
  ///   - isReport: whether it only tells of what the component does for other reasons, as a writer does that tells which files
  ///     are complete: then the component goes on when its readers have left, and does not go on for their sake.
  ///   - refinements: what is known of the messages beyond their type.
  ///   - file: where an editor finds the component.
  public init(
    _ description: String, main: Bool = false, needsReader: Bool = false, isReport: Bool = false,
    refinements: [BoxRefinement] = [], file: StaticString = #filePath
  ) {
    whenUnread = isReport ? .drops : .stops
    details = BoxDetails(description, isMain: main, isRequired: needsReader, refinements: refinements, file: file)
    fast = .allocate(capacity: 1)
    fast.initialize(to: nil)
    RollCall.current?.add(self)
  }

  deinit {
    fast.deinitialize(count: 1)
    fast.deallocate()
  }

  /// Sends a copy along every linkage; waits where a linkage that blocks is full.
  ///
  /// - Throws: ``Stopped`` when all readers of all outboxes of the component have left; `CancellationError` when the component
  ///   is to stop;
  ///   ``LinkageFull`` on a linkage with `fail`; ``Unheard`` where the outbox needs a reader and has none.
  @inlinable @inline(__always)
  public func send(_ message: consuming M) async throws {
    let bytes = M.hasVariableSize ? message.byteCount : 0
    if let ring = fast.pointee {
      if ring.takes(bytes) {
        // A reader that sleeps is woken when this activation ends, or by the watch: so that it finds more than one message.
        ring.put(message, bytes)
        return
      }
    } else if sendToSeveral(message, bytes) {
      return
    }
    try await sendWhenReady(message, bytes)
  }

  /// Whether a graph links it.
  public var isLinked: Bool { !ports.isEmpty }

  /// Waits until all readers have left, which `send` would only tell with the next message; see ``whileHeard(_:_:)``.
  ///
  /// Waits for ever where no graph links it; returns when the task is cancelled.
  public func untilAbandoned() async {
    while !Task.isCancelled, !isAbandoned { await mourners.wait { isAbandoned } }
  }

  package var isAbandoned: Bool { hadReaders && ports.allSatisfy { $0.linkage.isAbandoned } }

  /// Sends nothing more: the readers see the end once they have taken what is under way.
  public func close() {
    isClosed = true
    fast.pointee = nil
    several = []
    quick = []
    let isIncomplete = owner?.isIncomplete ?? false
    for port in ports { port.linkage.finish(isIncomplete: isIncomplete) }
    leaving?.linkage.finish(isIncomplete: isIncomplete)
    ports = []
    leaving = nil
    owner?.boxesChanged()
  }

  @usableFromInline
  func sendSlowly(_ message: M) async throws {
    try Task.checkCancellation()
    guard !isClosed, let owner else { throw Stopped() }
    await owner.giveWayIfDue()
    owner.spend(1)
    if let port = leaving {
      leaving = nil
      port.isLeaving = true
      _ = try await deliver(message, [port], owner, isTaken: false)
      return
    }
    if ports.isEmpty {
      if hadReaders { return try stopIfUnread() }
      if details.isRequired { throw Unheard(outbox: "\(name)", message: message.text) }
      return
    }
    var full: [NearEnd<M>] = []
    var refused: (any AnyLinkage)?
    var hasGone = false
    var isTaken = false
    for port in ports {
      port.linkage.allowWriting(owner.quantum)
      switch port.offer(message) {
      case .taken: isTaken = true
      case .gone: hasGone = true
      case .refused: refused = port.linkage
      case .full: full.append(port)
      }
    }
    if !full.isEmpty, try await deliver(message, full, owner, isTaken: isTaken) { hasGone = true }
    if hasGone { try letGo() }
    if let refused { throw LinkageFull(linkage: "\(refused.ends)", capacity: refused.options.capacity) }
  }

  /// Waits for room on all of `ports`.
  ///
  /// - Parameter isTaken: whether others have got the message. Then the rest gets it even if the component is to stop by now,
  ///   so that all have got the same.
  /// - Returns: whether a reader has left.
  private func deliver(_ message: M, _ ports: [NearEnd<M>], _ owner: Instance, isTaken: Bool) async throws -> Bool {
    for port in ports { port.pending += 1 }
    defer { for port in ports { port.letGoOfPending() } }
    var isTaken = isTaken
    var hasGone = false
    for port in ports {
      if try await deliver(message, port, owner, mustArrive: isTaken) == .gone {
        hasGone = true
      } else {
        isTaken = true
      }
    }
    return hasGone
  }

  private func deliver(
    _ message: M, _ first: NearEnd<M>, _ owner: Instance, mustArrive: Bool
  ) async throws -> Offer {
    var port = first
    while true {
      await waitForRoom(message, port, owner, regardless: mustArrive)
      if mustArrive { try owner.checkCut() } else { try Task.checkCancellation() }
      while let next = port.replacement { port = next }
      guard port.isLeaving || ports.contains(where: { $0 === port }) else { return .gone }
      port.linkage.allowWriting(owner.quantum)
      let offer = port.offer(message)
      if offer == .refused {
        throw LinkageFull(linkage: "\(port.linkage.ends)", capacity: port.linkage.options.capacity)
      }
      if offer != .full { return offer }
    }
  }

  private func waitForRoom(_ message: M, _ port: NearEnd<M>, _ owner: Instance, regardless: Bool) async {
    let linkage = port.linkage
    linkage.stall(true)
    defer { linkage.stall(false) }
    // Room also comes by itself when a message's time runs out.
    let timer = linkage.firstExpiry.map { owner.timekeeper.schedule(at: $0) { [waiter] in waiter.wake() } }
    defer { if let timer { owner.timekeeper.cancel(timer) } }
    func isReady() -> Bool { port.hasRoom(for: message) || port.replacement != nil }
    if regardless {
      await waiter.waitOut { isReady() || owner.isCut }
    } else {
      await waiter.wait(until: isReady)
    }
  }

  /// Sends to everyone who has room, and never waits.
  package func sendAtOnce(_ message: M) {
    for port in ports {
      port.linkage.allowWriting(1)
      _ = port.offer(message)
    }
  }

  /// Sends also where the component is to stop, and waits for room as long as it may: for what must be said in the end.
  ///
  /// - Throws: `CancellationError` when the component is ended at once; ``LinkageFull``.
  package func sendInTheEnd(_ message: M) async throws {
    guard let owner else { return }
    var full: [NearEnd<M>] = []
    for port in ports {
      port.linkage.allowWriting(1)
      if port.offer(message) == .full { full.append(port) }
    }
    if !full.isEmpty { _ = try await deliver(message, full, owner, isTaken: true) }
  }

  /// Drops the linkages whose reader has left.
  private func letGo() throws {
    ports.removeAll { $0.linkage.isAbandoned }
    chooseFastPath()
    if ports.isEmpty, hadReaders { try stopIfUnread() }
  }

  /// All readers have left.
  private func stopIfUnread() throws {
    switch whenUnread {
    case .drops: return
    case .stopsWithOthers where owner?.hasReaders == true: return
    case .stopsWithOthers, .stops: throw Stopped()
    }
  }

  /// The fast path with one more linkage, without a look at those there are: there may be a hundred thousand.
  private func addToFastPath(_ port: NearEnd<M>) {
    guard several.count + 1 == ports.count, several.count > 1, quick.isEmpty, let ring = port.plainRing else {
      return chooseFastPath()
    }
    several.append(ring)
    owner?.boxesChanged()
  }

  func chooseFastPath() {
    hadReaders = hadReaders || !ports.isEmpty
    defer { owner?.boxesChanged() }
    // What most have, without making arrays.
    if ports.count == 1, !isClosed, let ring = ports[0].plainRing {
      fast.pointee = ring
      if !several.isEmpty { several = [] }
      if !quick.isEmpty { quick = [] }
      return
    }
    // Not by key paths, here and wherever linkages are made: in generic code each use makes them anew.
    let ports = isClosed ? [] : ports
    let plain = ports.compactMap { $0.plainRing }
    let others = ports.filter { $0.plainRing == nil }
    let areQuick = others.allSatisfy { $0.isQuick }
    fast.pointee = others.isEmpty && plain.count == 1 ? plain[0] : nil
    several = areQuick && fast.pointee == nil ? plain : []
    quick = areQuick ? others : []
  }

  // MARK: Wiring

  func link(_ port: NearEnd<M>) {
    guard !isClosed else { return port.linkage.finish() }
    if ports.count >= 16, ports.count & (ports.count - 1) == 0 { ports.removeAll { $0.linkage.isAbandoned } }
    ports.append(port)
    addToFastPath(port)
    owner?.wrote(to: port.linkage)
  }

  /// Lets go of a linkage, and sends along another one instead where there is one.
  func unlink(_ linkage: any AnyLinkage, replacement: NearEnd<M>?) {
    guard let index = ports.firstIndex(where: { $0.linkage === linkage }) else {
      if let replacement { link(replacement) }
      return
    }
    // Its reader may sleep and has messages: when this activation ends, nobody looks after that linkage any more.
    owner?.settle()
    let old = ports[index]
    former.removeAll { !$0.linkage.isStalled }
    if old.linkage.isStalled { former.append(old) }
    if let replacement {
      old.replacement = replacement
      ports[index] = replacement
      owner?.wrote(to: replacement.linkage)
    } else {
      ports.remove(at: index)
      // Nobody has left: the graph has taken the linkage away, and what is sent goes nowhere.
      hadReaders = !ports.isEmpty
    }
    // What is pending for it goes the new way where there is one, and else the old one.
    if replacement == nil, old.pending > 0 {
      old.isLeaving = true
    } else if replacement == nil, old.linkage.isStalled {
      leaving = old
    } else {
      old.linkage.finish()
    }
    chooseFastPath()
    waiter.wake()
    mourners.wake()
    owner?.readerLeft()
  }
}
