import KamaeliaIO

/// A queue for the policies under which the writer may take messages back: both sides use it under a lock.
final class SharedQueue<M: Message>: Sendable {
  private struct Entry {
    let message: M
    let bytes: Int
    let due: Instant
  }

  private struct State {
    var entries = Fifo<Entry>()
    var bytes = 0
    var lost = 0
    var sent = 0
    var sentBytes = 0
    /// Bytes of messages that have left and are still to be given back to the budget.
    var freed = 0

    mutating func pop() -> Entry? {
      guard let entry = entries.popFirst() else { return nil }
      bytes -= entry.bytes
      freed += entry.bytes
      return entry
    }

    mutating func drop() { if pop() != nil { lost += 1 } }

    /// Drops what has waited for too long.
    mutating func expire(_ now: Instant) { while let first = entries.first, first.due <= now { drop() } }
  }

  private let state = Lock(State())
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
  }

  /// The present moment where messages have a time to live; before everything where they have none.
  private var now: Instant { timeToLive == nil ? .start : timekeeper.now }

  /// - Returns: false where there is no room and the policy is to wait, to fail or to drop the message.
  func push(_ message: M) -> Bool {
    let bytes = message.byteCount
    let now = now
    let due = timeToLive.map { now + $0 } ?? .distantFuture
    let mayDrop = overflow == .dropOldest || overflow == .latest
    return withState { state in
      state.expire(now)
      while !hasRoom(state, for: bytes) || !takeShare(&state, for: bytes) {
        guard mayDrop else { return false }
        state.drop()
      }
      state.entries.append(Entry(message: message, bytes: bytes, due: due))
      state.bytes += bytes
      state.sent += 1
      state.sentBytes += bytes
      return true
    }
  }

  func pop() -> M? {
    let now = now
    return withState { state in
      state.expire(now)
      return state.pop()?.message
    }
  }

  func hasRoom(for bytes: Int) -> Bool {
    let now = now
    return withState { state in
      state.expire(now)
      return hasRoom(state, for: bytes)
    }
  }

  /// Gives back what has left to the budget after the lock is released, since that wakes others.
  private func withState<Result>(_ body: (inout State) -> sending Result) -> sending Result {
    var freed = 0
    let result = state.withLock { state in
      defer {
        freed = state.freed
        state.freed = 0
      }
      return body(&state)
    }
    share?.give(freed)
    return result
  }

  /// What has left just now makes room first.
  private func takeShare(_ state: inout State, for bytes: Int) -> Bool {
    guard let share else { return true }
    let reused = min(state.freed, bytes)
    guard share.take(bytes - reused, isAlone: state.entries.isEmpty) else { return false }
    state.freed -= reused
    return true
  }

  /// A message that is too large for the queue passes when the queue is empty.
  private func hasRoom(_ state: State, for bytes: Int) -> Bool {
    state.entries.isEmpty
      || (state.entries.count < capacity && state.bytes.saturating(plus: bytes) <= byteCapacity)
  }

  /// When the time of the first message runs out; nil where messages wait for ever.
  var firstDue: Instant? { timeToLive == nil ? nil : state.withLock { $0.entries.first?.due } }

  var waiting: Int { state.withLock { $0.entries.count } }
  var lost: Int { state.withLock { $0.lost } }
  var sent: Int { state.withLock { $0.sent } }
  var sentBytes: Int { state.withLock { $0.sentBytes } }
  var waitingBytes: Int { state.withLock { $0.bytes } }
}
