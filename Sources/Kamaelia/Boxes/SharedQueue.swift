import KamaeliaIO

/// A queue for the policies under which the writer may take messages back: both sides use it under a lock.
///
/// What is kept of the messages beside themselves is of types that are not generic: where the compiler has no copy of this code
/// for a type of message, looking up types made of it would cost more than all the rest.
final class SharedQueue<M: Message>: @unchecked Sendable {
  private let state: Lock<QueueState>
  /// The messages, each in the slot that the state says. Unsafe: touched only by who holds the lock, and what is in the slots
  /// from `state.first` on, `state.count` of them, is initialized.
  private var slots: UnsafeMutablePointer<M>
  private let timekeeper: any Timekeeper
  private let overflow: LinkageOptions.Overflow
  private let capacity: Int
  private let byteCapacity: Int
  private let timeToLive: Duration?
  /// What the linkage has of the run's budget; nil where there is none.
  private let share: BudgetShare?

  init(_ options: LinkageOptions, _ timekeeper: any Timekeeper, _ share: BudgetShare?) {
    self.share = share
    self.timekeeper = timekeeper
    overflow = options.overflow
    capacity = options.overflow == .latest ? 1 : options.capacity
    byteCapacity = options.byteCapacity
    timeToLive = options.timeToLive
    state = Lock(QueueState())
    slots = .allocate(capacity: QueueState.fewestSlots)
  }

  deinit {
    state.withLock { state in
      while state.count > 0 { (slots + state.removeFirst()).deinitialize(count: 1) }
    }
    slots.deallocate()
  }

  /// The present moment where messages have a time to live; before everything where they have none.
  private var now: Instant { timeToLive == nil ? .start : timekeeper.now }

  /// - Returns: false where there is no room and the policy is to wait, to fail or to drop the message.
  func push(_ message: M) -> Bool {
    let bytes = message.byteCount
    let now = now
    let due = timeToLive.map { now + $0 } ?? .distantFuture
    let mayDrop = overflow == .dropOldest || overflow == .latest
    var isTaken = false
    withState { state in
      expire(&state, now)
      while !hasRoom(state, for: bytes) || !takeShare(&state, for: bytes) {
        guard mayDrop else { return }
        dropFirst(&state)
      }
      if state.isFull { enlarge(&state) }
      (slots + state.append(bytes, due)).initialize(to: message)
      isTaken = true
    }
    return isTaken
  }

  func pop() -> M? {
    let now = now
    var message: M?
    withState { state in
      expire(&state, now)
      if state.count > 0 { message = (slots + state.removeFirst()).move() }
    }
    return message
  }

  func hasRoom(for bytes: Int) -> Bool {
    let now = now
    var hasRoom = false
    withState { state in
      expire(&state, now)
      hasRoom = self.hasRoom(state, for: bytes)
    }
    return hasRoom
  }

  /// Gives back what has left to the budget after the lock is released, since that wakes others.
  private func withState(_ body: (inout QueueState) -> Void) {
    let freed = state.withLock { state in
      body(&state)
      defer { state.freed = 0 }
      return state.freed
    }
    share?.give(freed)
  }

  private func dropFirst(_ state: inout QueueState) {
    guard state.count > 0 else { return }
    (slots + state.removeFirst()).deinitialize(count: 1)
    state.lost += 1
  }

  /// Drops what has waited for too long.
  private func expire(_ state: inout QueueState, _ now: Instant) {
    while let due = state.firstDue, due <= now { dropFirst(&state) }
  }

  private func enlarge(_ state: inout QueueState) {
    let larger = UnsafeMutablePointer<M>.allocate(capacity: state.slotCount * 2)
    let inFront = min(state.count, state.slotCount - state.first)
    larger.moveInitialize(from: slots + state.first, count: inFront)
    (larger + inFront).moveInitialize(from: slots, count: state.count - inFront)
    slots.deallocate()
    slots = larger
    state.enlarge()
  }

  /// What has left just now makes room first.
  private func takeShare(_ state: inout QueueState, for bytes: Int) -> Bool {
    guard let share else { return true }
    let reused = min(state.freed, bytes)
    guard share.take(bytes - reused, isAlone: state.count == 0) else { return false }
    state.freed -= reused
    return true
  }

  /// A message that is too large for the queue passes when the queue is empty.
  private func hasRoom(_ state: QueueState, for bytes: Int) -> Bool {
    state.count == 0 || (state.count < capacity && state.bytes.saturating(plus: bytes) <= byteCapacity)
  }

  /// When the time of the first message runs out; nil where messages wait for ever.
  var firstDue: Instant? { timeToLive == nil ? nil : state.withLock { $0.firstDue } }

  var waiting: Int { state.withLock { $0.count } }
  var lost: Int { state.withLock { $0.lost } }
  var sent: Int { state.withLock { $0.sent } }
  var sentBytes: Int { state.withLock { $0.sentBytes } }
  var waitingBytes: Int { state.withLock { $0.bytes } }
}
