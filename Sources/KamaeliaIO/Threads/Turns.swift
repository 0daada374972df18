/// Lets one task at a time do something that must not be mixed with what others do, in the order in which they ask.
///
/// For what waits in the middle, such as a write; a ``Lock`` is for what does not.
package final class Turns: Sendable {
  private struct State {
    var isTaken = false
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Lock(State())

  package init() {}

  /// Does `body` when it is this task's turn. Cancellation is for `body` to notice.
  package func take<Result>(_ body: () async throws -> Result) async rethrows -> Result {
    if !beginAtOnce() { await begin() }
    defer { end() }
    return try await body()
  }

  private func beginAtOnce() -> Bool {
    state.withLock { state in
      defer { state.isTaken = true }
      return !state.isTaken
    }
  }

  private func begin() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.isTaken { state.waiting.append(continuation) }
        defer { state.isTaken = true }
        return !state.isTaken
      }
      if isFree { continuation.resume() }
    }
  }

  private func end() {
    let next = state.withLock { state in
      guard state.waiting.isEmpty else { return Optional(state.waiting.removeFirst()) }
      state.isTaken = false
      return nil
    }
    next?.resume()
  }
}
