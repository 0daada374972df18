import Synchronization

/// Where a component puts messages.
///
/// Several linkages each get a copy. An outbox that no graph has linked drops what it is sent, unless it is declared
/// with `needsReader`: then the component fails, so that an error that nobody listens to is not lost.
public final class Outbox<M: Message>: @unchecked Sendable {
  // Used on its component's serial executor only, but for what the runtime reads to report (see `AnyOutbox`).
  package let details: BoxDetails
  /// The ring of the one linkage there is, where it has a plain ring and carries the same type: the fast path's.
  @usableFromInline let fast: UnsafeMutablePointer<Ring<M>?>
  var ports: [NearEnd<M>] = []
  let waiter = Waiter()
  /// Apart from `waiter`, so that who waits for the readers to leave is not woken by each message that they take.
  let mourners = Waiter()
  private var isClosed = false
  private var hadReaders = false
  unowned var owner: Instance?
  var name = "outbox"

  /// - Parameters:
  ///   - description: a sentence that says what a message means; its type is shown beside it.
  ///   - main: whether it is meant where a graph names no box; a box named `outbox` is anyway.
  ///   - needsReader: whether sending fails where no graph has linked it; for error outboxes.
  ///   - refinements: what is known of the messages beyond their type.
  public init(
    _ description: String, main: Bool = false, needsReader: Bool = false, refinements: [BoxRefinement] = []
  ) {
    details = BoxDetails(description, isMain: main, isRequired: needsReader, refinements: refinements)
    fast = .allocate(capacity: 1)
    fast.initialize(to: nil)
  }

  deinit {
    fast.deinitialize(count: 1)
    fast.deallocate()
  }

  /// Sends a copy along every linkage; waits where a linkage that blocks is full.
  ///
  /// - Throws: ``Stopped`` when all readers have left; `CancellationError` when the component is to stop;
  ///   ``LinkageFull`` on a linkage with `fail`; ``Unheard`` where the outbox needs a reader and has none.
  @inlinable
  public func send(_ message: M) async throws {
    if let ring = fast.pointee, ring.push(message) {
      if ring.readerWaits.pointee.load(ordering: .relaxed) { wakeReader() }
      return
    }
    try await sendSlowly(message)
  }

  /// Whether a graph links it.
  public var isLinked: Bool { !ports.isEmpty }

  /// Waits until all readers have left, which `send` would only tell with the next message; see ``whileHeard(_:_:)``.
  ///
  /// Waits for ever where no graph links it; returns when the task is cancelled.
  public func untilAbandoned() async {
    while !Task.isCancelled, !isAbandoned { await mourners.wait { isAbandoned } }
  }

  private var isAbandoned: Bool { hadReaders && ports.allSatisfy { $0.linkage.isAbandoned } }

  /// Sends nothing more: the readers see the end once they have taken what is under way.
  public func close() {
    isClosed = true
    fast.pointee = nil
    for port in ports { port.linkage.finish() }
    ports = []
  }

  @usableFromInline
  func wakeReader() { ports.first?.linkage.wakeReaderIfNeeded() }

  @usableFromInline
  func sendSlowly(_ message: M) async throws {
    try Task.checkCancellation()
    guard let owner, !isClosed else { throw Stopped() }
    await owner.giveWayIfDue()
    owner.spend(1)
    if ports.isEmpty {
      if hadReaders { throw Stopped() }
      if details.isRequired { throw Unheard(outbox: name, message: message.text) }
      return
    }
    var full: [NearEnd<M>] = []
    var hasGone = false
    for port in ports {
      port.linkage.allowWriting(owner.quantum)
      switch port.offer(message) {
      case .taken: break
      case .gone: hasGone = true
      case .refused: throw LinkageFull(linkage: "\(port.linkage.name)", capacity: port.linkage.options.capacity)
      case .full: full.append(port)
      }
    }
    for port in full where try await deliver(message, port, owner) == .gone { hasGone = true }
    if hasGone { try letGo() }
  }

  private func deliver(_ message: M, _ port: NearEnd<M>, _ owner: Instance) async throws -> Offer {
    while true {
      owner.settle()
      await waiter.wait { port.hasRoom(for: message) }
      try Task.checkCancellation()
      if !ports.contains(where: { $0 === port }) { return .gone }
      port.linkage.allowWriting(owner.quantum)
      let offer = port.offer(message)
      if offer != .full { return offer }
    }
  }

  /// Drops the linkages whose reader has left.
  private func letGo() throws {
    ports.removeAll { $0.linkage.isAbandoned }
    chooseFastPath()
    if ports.isEmpty { throw Stopped() }
  }

  func chooseFastPath() {
    hadReaders = hadReaders || !ports.isEmpty
    let only = ports.count == 1 ? ports[0] as? Linkage<M> : nil
    fast.pointee = isClosed ? nil : only.flatMap { $0.isPlain ? $0.ring : nil }
  }
}

/// All readers of an outbox have left: the end of a component's work, as a broken pipe is. Not a failure.
public struct Stopped: Error, Sendable, CustomStringConvertible {
  public init() {}
  public var description: String { "all readers have left" }
}

/// A linkage whose policy is `fail` was full.
public struct LinkageFull: Error, Sendable, Hashable, CustomStringConvertible {
  public let linkage: String
  public let capacity: Int
  public var description: String { "the linkage \(linkage) is full (\(capacity) messages) and its policy is `fail`" }
}

/// There was something to send on an outbox that needs a reader, and no graph has linked it.
public struct Unheard: Error, Sendable, Hashable, CustomStringConvertible {
  public let outbox: String
  public let message: String
  public var description: String { "\(message) (link the outbox `\(outbox)` to take such messages elsewhere)" }
}
