import Synchronization

/// What came of offering a message to a linkage.
@usableFromInline
enum Offer {
  case taken
  /// There is no room, and the policy is to wait.
  case full
  /// There is no room, and the policy is to fail.
  case refused
  /// The reader has left.
  case gone
}

/// The near end of a linkage, as an outbox of `M` sees it, whatever the far end takes.
@usableFromInline
class NearEnd<M: Message>: @unchecked Sendable {
  // Has no state of its own.
  func offer(_ message: M) -> Offer { preconditionFailure("a port is a linkage or converts for one") }
  func hasRoom(for message: M) -> Bool { preconditionFailure("a port is a linkage or converts for one") }
  var linkage: any AnyLinkage { preconditionFailure("a port is a linkage or converts for one") }
}

/// The queue between an outbox and an inbox.
///
/// One component writes and one reads, each on its own serial executor. A linkage that may take messages back
/// (`dropOldest`, `latest`, `ttl`) has a queue under a lock; all others have a ring.
@usableFromInline
final class Linkage<M: Message>: NearEnd<M>, AnyLinkage, @unchecked Sendable {
  // Besides the ring, all is atomic or set before the linkage is used.
  @usableFromInline let ring: Ring<M>
  let shared: SharedQueue<M>?
  package let options: LinkageOptions
  package let name: LinkageName
  @usableFromInline let readers: Waiter
  @usableFromInline let writers: Waiter
  /// Where the writer waits for the reader to leave.
  private let mourners: Waiter
  private let finished = Atomic<Bool>(false)
  private let abandoned = Atomic<Bool>(false)
  private let refused = Atomic<Int>(0)
  private let leftOver = Atomic<Int>(0)

  init(
    _ name: LinkageName, _ options: LinkageOptions, readers: Waiter, writers: Waiter, mourners: Waiter = Waiter(),
    timekeeper: any Timekeeper
  ) {
    self.name = name
    self.options = options
    self.readers = readers
    self.writers = writers
    self.mourners = mourners
    let isShared = options.timeToLive != nil || [.dropOldest, .latest].contains(options.overflow)
    shared = isShared ? SharedQueue(options, timekeeper) : nil
    ring = Ring(
      capacity: options.capacity, byteCapacity: options.byteCapacity, readers: readers, writers: writers)
  }

  deinit { ring.free() }

  /// Whether both ends may use the ring without asking anything else.
  var isPlain: Bool { shared == nil && options.overflow == .block }

  override var linkage: any AnyLinkage { self }

  override func offer(_ message: M) -> Offer {
    if abandoned.load(ordering: .acquiring) { return .gone }
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

  override func hasRoom(for message: M) -> Bool {
    if abandoned.load(ordering: .acquiring) { return true }
    return shared?.hasRoom(for: message.byteCount) ?? ring.hasRoom(for: message.byteCount)
  }

  /// Reader only.
  func take() -> M? {
    let message = shared.map { $0.pop() } ?? ring.pop()
    if message != nil, writers.isArmed, isRoomWorthAWake { writers.wake() }
    return message
  }

  /// A writer that waits is woken when half of the room is free, not for every message.
  @usableFromInline
  var isRoomWorthAWake: Bool {
    if let shared {
      let waiting = shared.waiting
      return waiting == 0 || (waiting <= options.capacity / 2 && shared.waitingBytes <= options.byteCapacity / 2)
    }
    return ring.isHalfEmpty
  }

  package var waiting: Int { shared?.waiting ?? ring.waiting }
  package var sent: Int { shared?.sent ?? ring.sent }
  package var lost: Int { (shared?.lost ?? 0) + refused.load(ordering: .relaxed) }
  package var bytes: Int { shared?.sentBytes ?? ring.sentBytes }
  package var discarded: Int { leftOver.load(ordering: .relaxed) }

  package var isFinished: Bool { finished.load(ordering: .acquiring) }
  package var isAbandoned: Bool { abandoned.load(ordering: .acquiring) }

  package func finish() {
    finished.store(true, ordering: .sequentiallyConsistent)
    readers.wake()
  }

  package func abandon() {
    guard !abandoned.exchange(true, ordering: .sequentiallyConsistent) else { return }
    var count = ring.discardAll()
    while shared?.pop() != nil { count += 1 }
    leftOver.store(count, ordering: .relaxed)
    writers.wake()
    mourners.wake()
  }

  package func allowWriting(_ messages: Int) { ring.allowWriting(messages) }

  package func wakeReaderIfNeeded() {
    if readers.isArmed, waiting > 0 || isFinished { readers.wake() }
  }

  @usableFromInline
  package func wakeWriterIfNeeded() {
    if writers.isArmed, isRoomWorthAWake || isAbandoned { writers.wake() }
  }
}

/// Changes the type of what passes, where a linkage widens: `Int -> Double`, anything `-> Any`.
final class Converter<M: Message, Target: Message>: NearEnd<M>, @unchecked Sendable {
  // Immutable.
  private let target: Linkage<Target>
  private let convert: @Sendable (M) -> Target

  init(_ target: Linkage<Target>, _ convert: @escaping @Sendable (M) -> Target) {
    self.target = target
    self.convert = convert
  }

  override var linkage: any AnyLinkage { target }
  override func offer(_ message: M) -> Offer { target.offer(convert(message)) }
  override func hasRoom(for message: M) -> Bool { target.hasRoom(for: convert(message)) }
}

/// A linkage, whatever it carries: what the runtime counts, closes and reports.
package protocol AnyLinkage: AnyObject, Sendable {
  var name: LinkageName { get }
  var options: LinkageOptions { get }
  /// Messages under way.
  var waiting: Int { get }
  /// Messages that were put on the linkage, those that were lost later included.
  var sent: Int { get }
  /// Messages lost by the linkage's policy.
  var lost: Int { get }
  /// Messages that were under way when the reader left.
  var discarded: Int { get }
  /// Bytes put on the linkage.
  var bytes: Int { get }
  var isFinished: Bool { get }
  var isAbandoned: Bool { get }
  /// The writer sends nothing more.
  func finish()
  /// The reader takes nothing more. On the reader's executor.
  func abandon()
  func allowWriting(_ messages: Int)
  func wakeReaderIfNeeded()
  func wakeWriterIfNeeded()
}

/// The two ends of a linkage, for messages: `tail.outbox`, `lines.inbox`.
package struct LinkageName: Sendable, Hashable {
  package let from: String
  package let to: String

  package init(from: String, to: String) {
    self.from = from
    self.to = to
  }
}

extension LinkageName: CustomStringConvertible {
  package var description: String { "\(from) -> \(to)" }
}
