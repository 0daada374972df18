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
  /// The ring that is read now, where all linkages have plain rings and nobody needs to see each message: the fast path's.
  @usableFromInline let fast: UnsafeMutablePointer<Ring<M>?>
  /// All rings, where there are several and all are plain.
  @exclusivity(unchecked) @usableFromInline var several: [Ring<M>] = []
  /// Which of them is read now.
  @exclusivity(unchecked) @usableFromInline var current = 0
  var linkages: [Linkage<M>] = []
  @usableFromInline let waiter = Waiter()
  var turn = 0
  private(set) var isClosed = false
  /// Whether a linkage that is gone was incomplete.
  private var hasIncomplete = false
  /// Set for the inbox that a component has for the messages of a graph that it made: how that ends is told by the graph.
  var isOfGraph = false
  /// How many there are who may still link something to it while it runs.
  let holds = Atomic<Int>(0)
  /// How many wait for a message until a certain time only.
  let deadlines = Atomic<Int>(0)
  /// For components that are restarted: the message that `main` has not come back from.
  var inHand: InHand<M>?
  /// Called when a message has been dealt with, since the component asks for the next one or has ended.
  var whenDone: (@Sendable () -> Void)?
  /// Whether a message was taken that has not been dealt with; kept where `inHand` or `whenDone` ask for it.
  private var isTaken = false
  /// Whether `nextIfReady` has given nothing beside that message.
  private var hasEndedBatch = false
  /// Whether a linkage has one that takes its place when it has ended.
  private var hasSuccessors = false
  // Held, since a box may be used after its instance has let go of it; the instance lets go of its boxes when it ends.
  @exclusivity(unchecked) @usableFromInline var owner: Instance?

  /// - Parameters:
  ///   - description: a sentence that says what a message means; its type is shown beside it.
  ///   - main: whether it is meant where a graph names no box; a box named `inbox` is anyway.
  ///   - isRequired: whether a graph must link it.
  ///   - takesOne: whether only one linkage may lead to it.
  ///   - takesArrays: of a generic component whose inbox takes lists, `[T]`: whether JSON may come as well. The component for
  ///     `JSON` has an `Inbox<JSON>` of that name then, and lists of JSON come to it as arrays.
  ///   - refinements: what is known of the messages beyond their type.
  ///   - file: where an editor finds the component.
  public init(
    _ description: String, main: Bool = false, isRequired: Bool = true, takesOne: Bool = false,
    takesArrays: Bool = false, refinements: [BoxRefinement] = [], file: StaticString = #filePath
  ) {
    details = BoxDetails(
      description, isMain: main, isRequired: isRequired, takesOne: takesOne, takesArrays: takesArrays,
      refinements: refinements, file: file)
    fast = .allocate(capacity: 1)
    fast.initialize(to: nil)
    RollCall.current?.add(self)
  }

  deinit {
    fast.deinitialize(count: 1)
    fast.deallocate()
  }

  @usableFromInline
  func nextIfReadySlowly() -> M? {
    // Who may start again has one message at a time in hand, so that none is lost beside it. It has to hear once that there
    // is no other beside; whoever asks again after that is done with the one in hand.
    if isTaken, !hasEndedBatch {
      hasEndedBatch = true
      return nil
    }
    finishLast()
    return takeNow()
  }

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
    guard !isClosed, let owner else { return .finished }
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
    finishLast()
    await owner?.giveWayIfDue()
    while !Task.isCancelled {
      if let message = takeNow() { return .message(message) }
      if isInterrupted() { return .interrupted }
      if isAtEnd { return .finished }
      await waiter.wait { hasArrivals || isAtEnd || isInterrupted() }
    }
    return .finished
  }

  /// Whether no message will come any more: every producer has finished and nothing is under way.
  public var isFinished: Bool { isAtEnd }

  /// Whether what has come is not all there was to come, once a loop over the inbox has ended: a component before this one has
  /// failed or was stopped before its end, however far before, or this one was told to stop while more was under way.
  ///
  /// Whoever makes a result of all messages, such as a sum or a file
  /// that takes another one's place, gives none then: half of the input is no result.
  public var isIncomplete: Bool { endedEarly || (owner?.isTold ?? false) && !isAtEnd }

  /// Whether a component before this one has ended early, or the graph was ended at once.
  var endedEarly: Bool { hasIncomplete || owner?.isCut ?? false || linkages.contains { $0.isIncomplete } }

  /// Whether a graph links it.
  public var isLinked: Bool { !linkages.isEmpty }

  /// Takes nothing more: producers that send to nobody else are stopped. For components that have read enough.
  public func close() {
    guard !isClosed else { return }
    finishLast()
    hasIncomplete = endedEarly
    isClosed = true
    fast.pointee = nil
    several = []
    for linkage in linkages { linkage.abandon() }
    linkages = []
    owner?.boxesChanged()
    waiter.wake()
  }

  @usableFromInline
  func nextSlowly() async -> M? { await nextSlowly(until: nil) }

  private func nextSlowly(until deadline: Instant?) async -> M? {
    finishLast()
    guard !isClosed, let owner else { return nil }
    await owner.giveWayIfDue()
    var timer: Int?
    defer {
      if let timer {
        owner.timekeeper.cancel(timer)
        deadlines.subtract(1, ordering: .relaxed)
      }
    }
    while !Task.isCancelled {
      if let message = takeNow() { return message }
      if isAtEnd { return nil }
      letGoOfEnded()
      if let deadline {
        if owner.timekeeper.now >= deadline { return nil }
        if timer == nil {
          timer = owner.timekeeper.schedule(at: deadline) { [waiter] in waiter.wake() }
          deadlines.add(1, ordering: .relaxed)
        }
      }
      await waiter.wait { [self] in
        hasArrivals || isAtEnd || deadline.map { owner.timekeeper.now >= $0 } ?? false
      }
    }
    return nil
  }

  /// Takes from the linkages in turn.
  private func takeNow() -> M? {
    if let message = inHand?.redelivered() {
      hasEndedBatch = false
      return message
    }
    if hasSuccessors { succeed() }
    let quantum = fast.pointee == nil ? 1 : several.isEmpty ? (owner?.quantum ?? 1) : Self.share
    var index = turn < linkages.count ? turn : 0
    for _ in 0..<linkages.count {
      let linkage = linkages[index]
      linkage.ring.allowReading(quantum)
      index = index + 1 == linkages.count ? 0 : index + 1
      if let message = linkage.take() {
        turn = index
        if !several.isEmpty { current = index == 0 ? several.count - 1 : index - 1; fast.pointee = several[current] }
        owner?.spend(1)
        note(message)
        return message
      }
    }
    return nil
  }

  /// A message that is there now, as long as nobody needs to see each one by itself; never waits.
  func takeBeside() -> M? {
    inHand == nil && whenDone == nil && owner?.memory == nil && !isClosed ? takeNow() : nil
  }

  private func note(_ message: M) {
    inHand?.take(message)
    isTaken = inHand != nil || whenDone != nil
    hasEndedBatch = false
  }

  /// The message taken last has been dealt with, unless it is to be given once more.
  private func finishLast() {
    guard isTaken, inHand?.isToBeRedelivered != true else { return }
    isTaken = false
    inHand?.finish()
    whenDone?()
  }

  /// Gives up the message that is in hand, as if it had been dealt with.
  func giveUp() -> M? {
    guard isTaken, let message = inHand?.message else { return nil }
    isTaken = false
    inHand?.finish()
    whenDone?()
    return message
  }

  /// Lets the linkages that take the place of ended ones come in.
  private func succeed() {
    for (index, linkage) in linkages.enumerated() where linkage.isAtEnd {
      guard let successor = linkage.successor else { continue }
      hasIncomplete = hasIncomplete || linkage.isIncomplete
      linkage.successor = nil
      linkages[index] = successor
    }
    chooseFastPath()
  }

  /// Forgets linkages that are at their end, so that the fast path comes back.
  private func letGoOfEnded() {
    guard linkages.count > 1, linkages.contains(where: \.isAtEnd) else { return }
    hasIncomplete = endedEarly
    linkages.removeAll { $0.isAtEnd && $0.successor == nil }
    chooseFastPath()
  }

  private var hasArrivals: Bool {
    inHand?.isToBeRedelivered == true
      || linkages.contains { $0.inQueue > 0 || ($0.successor != nil && $0.isFinished) }
  }

  private var isAtEnd: Bool {
    if isClosed { return true }
    if inHand?.isToBeRedelivered == true || holds.load(ordering: .acquiring) > 0 { return false }
    return linkages.allSatisfy { $0.isAtEnd && $0.successor == nil }
  }

  /// Uses the fast path where nobody needs to see each message.
  func chooseFastPath() {
    defer { owner?.boxesChanged() }
    // What most have, without making arrays.
    if linkages.count == 1, linkages[0].successor == nil, linkages[0].isPlain, inHand == nil, whenDone == nil, !isClosed
    {
      hasSuccessors = false
      if !several.isEmpty { several = [] }
      current = 0
      fast.pointee = linkages[0].ring
      return
    }
    hasSuccessors = linkages.contains { $0.successor != nil }
    let isPlain = linkages.allSatisfy { $0.isPlain } && !hasSuccessors && inHand == nil && whenDone == nil && !isClosed
    several = isPlain && linkages.count > 1 ? linkages.map { $0.ring } : []
    // The one before that whose turn it is: the fast path begins by going on to the next one.
    current = several.isEmpty ? 0 : (turn < several.count ? turn : 0) + several.count - 1
    if current >= several.count, !several.isEmpty { current -= several.count }
    fast.pointee = isPlain ? linkages.isEmpty ? nil : linkages[current].ring : nil
  }

  // MARK: Wiring

  func link(_ linkage: Linkage<M>, after replaced: (any AnyLinkage)?) {
    guard !isClosed else { return linkage.abandon() }
    if let replaced, let old = linkages.lazy.compactMap({ $0.find(replaced) }).first {
      old.successor = linkage
      chooseFastPath()
    } else {
      linkages.append(linkage)
      addToFastPath(linkage)
    }
    waiter.wake()
  }

  /// The fast path with one more linkage, without a look at those there are: there may be a hundred thousand.
  private func addToFastPath(_ linkage: Linkage<M>) {
    guard several.count + 1 == linkages.count, several.count > 1, let ring = linkage.plainRing else {
      return chooseFastPath()
    }
    several.append(ring)
    owner?.boxesChanged()
  }
}

extension Inbox: AsyncSequence {
  public struct AsyncIterator: AsyncIteratorProtocol {
    @usableFromInline let inbox: Inbox<M>

    @usableFromInline
    init(_ inbox: Inbox<M>) { self.inbox = inbox }

    @inlinable @inline(__always)
    public mutating func next() async -> M? { await inbox.next() }

    @inlinable @inline(__always)
    public mutating func next(isolation actor: (any Actor)?) async -> M? { await inbox.next() }
  }

  @inlinable @inline(__always)
  public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(self) }
}
