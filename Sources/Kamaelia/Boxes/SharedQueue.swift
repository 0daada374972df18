import KamaeliaIO

/// A queue for the policies under which the writer may take messages back: both sides use it under a lock.
final class SharedQueue<M: Message>: Sendable {
  struct State {
    var messages: [(message: M, due: Instant)?] = []
    var first = 0
    var bytes = 0
    var lost = 0
    var sent = 0
    var sentBytes = 0

    var count: Int { messages.count - first }
  }

  private let state = Lock(State())
  let options: LinkageOptions
  let timekeeper: any Timekeeper

  init(_ options: LinkageOptions, _ timekeeper: any Timekeeper) {
    self.options = options
    self.timekeeper = timekeeper
  }

  /// - Returns: false where there is no room and the policy is to wait or to fail.
  func push(_ message: M) -> Bool {
    let size = message.byteCount
    let now = timekeeper.now
    let due = options.timeToLive.map { now + $0 } ?? .distantFuture
    let limit = options.overflow == .latest ? 1 : options.capacity
    return state.withLock { state in
      expire(&state, now)
      while state.count > 0, state.count >= limit || state.bytes + size > options.byteCapacity {
        switch options.overflow {
        case .dropOldest, .latest: drop(&state)
        case .dropNewest:
          state.lost += 1
          return true
        case .block, .fail: return false
        }
      }
      state.messages.append((message, due))
      state.bytes += size
      state.sent += 1
      state.sentBytes += size
      return true
    }
  }

  func pop() -> M? {
    let now = options.timeToLive == nil ? Instant.start : timekeeper.now
    return state.withLock { state in
      expire(&state, now)
      guard let entry = state.messages.dropFirst(state.first).first ?? nil else { return nil }
      remove(&state, entry.message)
      return entry.message
    }
  }

  var waiting: Int { state.withLock { $0.count } }
  var lost: Int { state.withLock { $0.lost } }
  var sent: Int { state.withLock { $0.sent } }
  var sentBytes: Int { state.withLock { $0.sentBytes } }
  var waitingBytes: Int { state.withLock { $0.bytes } }

  func hasRoom(for bytes: Int) -> Bool {
    let now = timekeeper.now
    return state.withLock { state in
      expire(&state, now)
      return state.count == 0 || (state.count < options.capacity && state.bytes + bytes <= options.byteCapacity)
    }
  }

  private func expire(_ state: inout State, _ now: Instant) {
    guard options.timeToLive != nil else { return }
    while state.count > 0, let entry = state.messages[state.first], entry.due <= now { drop(&state) }
  }

  private func drop(_ state: inout State) {
    guard let entry = state.messages[state.first] else { return }
    state.lost += 1
    remove(&state, entry.message)
  }

  /// Takes the first message out; moves the rest up once the gap before it is the larger part.
  private func remove(_ state: inout State, _ message: M) {
    state.bytes -= message.byteCount
    state.messages[state.first] = nil
    state.first += 1
    if state.first > 32, state.first * 2 > state.messages.count {
      state.messages.removeFirst(state.first)
      state.first = 0
    }
  }
}
