import Synchronization

/// The queue between an outbox and an inbox.
///
/// One component writes and one reads, each on its own serial executor. A linkage that may take messages back
/// (`dropOldest`, `latest`, `ttl`) has a queue under a lock; all others have a ring.
@usableFromInline
final class Linkage<M: Message>: NearEnd<M>, AnyLinkage, @unchecked Sendable {
  // Besides the ring, all is atomic or set before the linkage is used; `successor` is touched on the reader's executor only.
  @usableFromInline let ring: Ring<M>
  let shared: SharedQueue<M>?
  package let options: LinkageOptions
  package let ends: LinkageEnds
  let readers: Waiter
  let writers: Waiter
  // The ring's, found once: where this code is not made for a type of message, finding them costs more than looking at them.
  private let written: UnsafeMutablePointer<Marks>
  private let taken: UnsafeMutablePointer<Marks>
  /// Where the writer waits for the reader to leave.
  private let mourners: Waiter
  /// What it has of the run's budget; nil where there is none.
  private let share: BudgetShare?
  private let refused = Atomic<Int>(0)
  private let leftOver = Atomic<Int>(0)
  private let endedEarly = Atomic<Bool>(false)
  private var toleratesFailure = false
  private var overAction: (@Sendable () -> Void)?
  /// So many more messages go quickly along a linkage that loses what it has no room for, before the writer gives way. On the
  /// writer's executor only.
  private var allowance = 0
  /// What the reader takes from once this linkage has ended, so that the order is kept.
  var successor: Linkage<M>?

  init(
    _ ends: LinkageEnds, _ options: LinkageOptions, readers: Waiter, writers: Waiter,
    mourners: Waiter = Waiter(isQuiet: true), timekeeper: any Timekeeper, memory: MemoryBudget? = nil
  ) {
    self.ends = ends
    self.options = options
    self.readers = readers
    self.writers = writers
    self.mourners = mourners
    let isShared = options.timeToLive != nil || [.dropOldest, .latest].contains(options.overflow)
    share = memory.map { BudgetShare($0) }
    shared = isShared ? SharedQueue(options, timekeeper, share) : nil
    ring = Ring(
      capacity: options.capacity, byteCapacity: options.byteCapacity, share: share, readers: readers, writers: writers)
    written = ring.written
    taken = ring.taken
  }

  deinit { ring.free() }

  /// Whether both ends may use the ring without asking anything else.
  var isPlain: Bool { shared == nil && share == nil && options.overflow == .block }

  override var linkage: any AnyLinkage { self }
  override var plainRing: Ring<M>? { isPlain ? ring : nil }

  override func offer(_ message: M) -> Offer {
    if isAbandoned { return .gone }
    let isTaken = shared?.push(message) ?? ring.push(message)
    if isTaken {
      if readers.isArmed { readers.wake() }
      return .taken
    }
    switch options.overflow {
    case .dropNewest:
      refused.add(1, ordering: .relaxed)
      return .taken
    case .fail: return .refused
    case .block, .dropOldest, .latest: return .full
    }
  }

  override var isQuick: Bool { isPlain || (share == nil && options.losesMessages) }

  override func takesQuickly(_ message: M) -> Bool {
    let bytes = M.hasVariableSize ? message.byteCount : 0
    guard options.losesMessages else { return ring.takes(bytes) }
    guard allowance > 0, !taken.pointee.isOver.load(ordering: .relaxed) else { return false }
    return shared != nil || ring.takes(bytes) || !ring.hasRoom(for: bytes)
  }

  override func putQuickly(_ message: M) {
    guard options.losesMessages else { return ring.put(message, M.hasVariableSize ? message.byteCount : 0) }
    allowance -= 1
    if let shared {
      _ = shared.push(message)
    } else if !ring.push(message) {
      refused.add(1, ordering: .relaxed)
    }
  }

  override func hasRoom(for message: M) -> Bool {
    if isAbandoned { return true }
    let bytes = message.byteCount
    guard hasRoom(forBytes: bytes) else { return false }
    return share?.hasRoom(for: bytes, isAlone: inQueue == 0, orWake: writers) ?? true
  }

  package func exemptFromBudget() { share?.exempt() }

  private func hasRoom(forBytes bytes: Int) -> Bool { shared?.hasRoom(for: bytes) ?? ring.hasRoom(for: bytes) }

  /// Reader only.
  func take() -> M? {
    let message = shared.map { $0.pop() } ?? ring.pop()
    if writers.isArmed { wakeWriterIfNeeded() }
    return message
  }

  private var isRoomWorthAWake: Bool {
    if let shared {
      let waiting = shared.waiting
      return waiting == 0 || (waiting <= options.capacity / 2 && shared.waitingBytes <= options.byteCapacity / 2)
    }
    return ring.isHalfEmpty
  }

  // MARK: Ends

  package var isFinished: Bool { written.pointee.isOver.load(ordering: .sequentiallyConsistent) }
  package var isAbandoned: Bool { taken.pointee.isOver.load(ordering: .sequentiallyConsistent) }

  /// Whether the writer has finished before it has sent all that it would have.
  var isIncomplete: Bool { isFinished && endedEarly.load(ordering: .relaxed) }
  package func whenOver(_ action: @escaping @Sendable () -> Void) { overAction = action }
  package func tolerateFailure() { toleratesFailure = true }

  /// Whether the writer has finished and all is taken. On the reader's executor.
  var isAtEnd: Bool { isFinished && inQueue == 0 }

  /// This linkage or the one of those that come after it that `other` is.
  func find(_ other: any AnyLinkage) -> Linkage<M>? { self === other ? self : successor?.find(other) }

  package func finish(isIncomplete: Bool) {
    if isIncomplete, !toleratesFailure { endedEarly.store(true, ordering: .relaxed) }
    written.pointee.isOver.store(true, ordering: .sequentiallyConsistent)
    readers.wake()
    overAction?()
  }

  package func abandon() {
    guard !taken.pointee.isOver.exchange(true, ordering: .sequentiallyConsistent) else { return }
    var count = ring.discardAll()
    while shared?.pop() != nil { count += 1 }
    share?.close()
    leftOver.store(count, ordering: .relaxed)
    writers.wake()
    mourners.wake()
    ends.from.instance?.readerLeft()
    overAction?()
    successor?.abandon()
  }

  // MARK: Wakes

  package var readerEnd: OtherEnd? { OtherEnd(self, isReader: true) }
  package var writerEnd: OtherEnd? { OtherEnd(self, isReader: false) }

  package func allowWriting(_ messages: Int) {
    ring.allowWriting(messages)
    allowance = messages
  }

  package func stall(_ isWaiting: Bool) { written.pointee.stalled.add(isWaiting ? 1 : -1, ordering: .relaxed) }

  package var isStalled: Bool { written.pointee.stalled.load(ordering: .relaxed) > 0 }

  package func wakeReaderIfNeeded() {
    if readers.isArmed, waiting > 0 || isFinished { readers.wake() }
  }

  package func wakeWriterIfNeeded() {
    if writers.isArmed, isStalled, isRoomWorthAWake || isAbandoned { writers.wake() }
  }

  package func wakeWriterForAnyRoom() {
    if writers.isArmed, isStalled, hasRoom(forBytes: 0) || isAbandoned { writers.wake() }
  }

  // MARK: Counters

  var inQueue: Int { shared?.waiting ?? ring.waiting }
  // What a writer that has not noticed yet puts in after the reader has left is lost to nobody's surprise, and counted.
  package var waiting: Int { isAbandoned ? 0 : inQueue }
  package var sent: Int { (shared?.sent ?? ring.sent) + refused.load(ordering: .relaxed) }
  package var lost: Int { (shared?.lost ?? 0) + refused.load(ordering: .relaxed) }
  package var bytes: Int { shared?.sentBytes ?? ring.sentBytes }
  package var discarded: Int { leftOver.load(ordering: .relaxed) + (isAbandoned ? inQueue : 0) }
  package var isWriterWaiting: Bool { writers.isArmed && isStalled }
  package var isReaderWaiting: Bool { readers.isArmed && waiting == 0 && !isFinished }
  package var firstExpiry: Instant? { shared?.firstDue }
}
