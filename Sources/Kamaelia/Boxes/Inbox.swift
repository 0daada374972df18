import Synchronization

/// Where a component takes messages from.
///
/// ```swift
/// for await line in inbox { … }
/// ```
/// The loop ends when every producer has finished and all that was under way is taken, and when the component is told
/// to stop. An inbox with several linkages takes from them in turn, and keeps the order within each.
public final class Inbox<M: Message>: @unchecked Sendable {
  // Used on its component's serial executor only, but for what the runtime reads to report (see `AnyInbox`).
  package let details: BoxDetails
  /// The ring of the one linkage there is, where it has a plain ring and nobody needs to see each message: the fast path's.
  @usableFromInline let fast: UnsafeMutablePointer<Ring<M>?>
  var linkages: [Linkage<M>] = []
  let waiter = Waiter()
  private var turn = 0
  private var isClosed = false
  /// How many there are who may still link something to it while it runs.
  let holds = Atomic<Int>(0)
  /// For components that are restarted: the message that `main` has not come back from.
  var inHand: InHand<M>?
  /// Called before each message but the first, when the one before has been dealt with, and once at the end.
  var whenDone: (@Sendable () async -> Void)?
  unowned var owner: Instance?

  /// - Parameters:
  ///   - description: a sentence that says what a message means; its type is shown beside it.
  ///   - main: whether it is meant where a graph names no box; a box named `inbox` is anyway.
  ///   - isRequired: whether a graph must link it.
  ///   - takesOne: whether only one linkage may lead to it.
  ///   - refinements: what is known of the messages beyond their type.
  public init(
    _ description: String, main: Bool = false, isRequired: Bool = true, takesOne: Bool = false,
    refinements: [BoxRefinement] = []
  ) {
    details = BoxDetails(
      description, isMain: main, isRequired: isRequired, takesOne: takesOne, refinements: refinements)
    fast = .allocate(capacity: 1)
    fast.initialize(to: nil)
  }

  deinit {
    fast.deinitialize(count: 1)
    fast.deallocate()
  }

  /// The next message, or nil when no more will come.
  @inlinable
  public func next() async -> M? {
    if let ring = fast.pointee, let message = ring.pop() {
      if ring.writerWaits.pointee.load(ordering: .relaxed) { wakeWriter() }
      return message
    }
    return await nextSlowly()
  }

  /// A message that is there now, or nil; never waits.
  public func nextIfReady() -> M? { takeNow() }

  /// What came before `deadline`.
  public enum Arrival: Sendable {
    case message(M)
    /// No more will come.
    case finished
    /// Nothing came in time.
    case timeout
  }

  /// The next message if it comes before `deadline`.
  public func next(until deadline: Instant) async -> Arrival {
    guard let owner else { return .finished }
    if let message = await nextSlowly(until: deadline) { return .message(message) }
    return isAtEnd || Task.isCancelled || owner.timekeeper.now < deadline ? .finished : .timeout
  }

  /// What ended a wait that something else than a message can end.
  enum Interruptible {
    case message(M)
    case interrupted
    case finished
  }

  /// The next message, unless `isInterrupted` holds first; whoever makes it hold wakes the inbox.
  func next(orWhen isInterrupted: () -> Bool) async -> Interruptible {
    while !Task.isCancelled {
      if let message = takeNow() { return .message(message) }
      if isInterrupted() { return .interrupted }
      if isAtEnd { return .finished }
      owner?.settle()
      await waiter.wait { hasArrivals || isAtEnd || isInterrupted() }
    }
    return .finished
  }

  /// Whether no message will come any more: every producer has finished and nothing is under way.
  public var isFinished: Bool { isAtEnd }

  /// Whether a graph links it.
  public var isLinked: Bool { !linkages.isEmpty }

  /// Takes nothing more: producers that send to nobody else are stopped. For components that have read enough.
  public func close() {
    isClosed = true
    fast.pointee = nil
    for linkage in linkages { linkage.abandon() }
    linkages = []
    waiter.wake()
  }

  @usableFromInline
  func wakeWriter() { linkages.first?.wakeWriterIfNeeded() }

  @usableFromInline
  func nextSlowly() async -> M? { await nextSlowly(until: nil) }

  private func nextSlowly(until deadline: Instant?) async -> M? {
    if let whenDone { await whenDone() }
    guard let owner else { return nil }
    await owner.giveWayIfDue()
    var timer: Int?
    defer { if let timer { owner.timekeeper.cancel(timer) } }
    while !Task.isCancelled {
      if let message = takeNow() { return message }
      if isAtEnd { return nil }
      letGoOfEnded()
      if let deadline {
        if owner.timekeeper.now >= deadline { return nil }
        if timer == nil { timer = owner.timekeeper.schedule(at: deadline) { [waiter] in waiter.wake() } }
      }
      owner.settle()
      await waiter.wait { [self] in
        hasArrivals || isAtEnd || deadline.map { owner.timekeeper.now >= $0 } ?? false
      }
    }
    return nil
  }

  /// Takes from the linkages in turn.
  private func takeNow() -> M? {
    if let message = inHand?.redelivered() { return message }
    let quantum = fast.pointee == nil ? 1 : (owner?.quantum ?? 1)
    var index = turn < linkages.count ? turn : 0
    for _ in 0..<linkages.count {
      let linkage = linkages[index]
      linkage.ring.allowReading(quantum)
      index = index + 1 == linkages.count ? 0 : index + 1
      if let message = linkage.take() {
        turn = index
        owner?.spend(1)
        inHand?.message = message
        return message
      }
    }
    return nil
  }

  /// Forgets linkages that are at their end, but for the last one, so that the fast path comes back.
  private func letGoOfEnded() {
    guard linkages.count > 1, linkages.contains(where: { $0.isFinished && $0.waiting == 0 }) else { return }
    linkages.removeAll { $0.isFinished && $0.waiting == 0 }
    chooseFastPath()
  }

  private var hasArrivals: Bool { inHand?.isToBeRedelivered == true || linkages.contains { $0.waiting > 0 } }

  private var isAtEnd: Bool {
    if isClosed { return true }
    if inHand?.isToBeRedelivered == true || holds.load(ordering: .acquiring) > 0 { return false }
    return linkages.allSatisfy { $0.isFinished && $0.waiting == 0 }
  }

  /// Uses the fast path where nobody needs to see each message.
  func chooseFastPath() {
    let isPlain = linkages.count == 1 && linkages[0].isPlain && inHand == nil && whenDone == nil && !isClosed
    fast.pointee = isPlain ? linkages[0].ring : nil
  }
}

/// The message that a component took last and has not dealt with yet, kept for the case that the component fails.
struct InHand<M: Message> {
  var message: M?
  var isToBeRedelivered = false

  mutating func redelivered() -> M? {
    guard isToBeRedelivered else { return nil }
    isToBeRedelivered = false
    return message
  }
}

extension Inbox: AsyncSequence {
  public struct AsyncIterator: AsyncIteratorProtocol {
    @usableFromInline let inbox: Inbox<M>

    @usableFromInline
    init(_ inbox: Inbox<M>) { self.inbox = inbox }

    @inlinable
    public mutating func next() async -> M? { await inbox.next() }

    @inlinable
    public mutating func next(isolation actor: (any Actor)?) async -> M? { await inbox.next() }
  }

  @inlinable
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
