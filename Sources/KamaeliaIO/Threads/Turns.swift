/// Lets one task at a time do something that must not be mixed with what others do, in the order in which they ask.
///
/// For what waits in the middle, such as a write; a ``Lock`` is for what does not.
package final class Turns: Sendable {
  private struct State {
    var isTaken = false
    var isOver = false
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

  /// There are no more turns: the last one is over, or was cut short.
  package struct Over: Error {}

  /// Whether there are no more turns, since ``takeUnlessOver(isLast:_:)`` has had its last.
  package var isOver: Bool { state.withLock { $0.isOver } }

  /// As ``take(_:)``, for what must follow the one before it whole: where `body` throws, nothing can follow.
  ///
  /// - Parameter isLast: nothing is to follow in any case.
  /// - Throws: what `body` throws; ``Over``.
  package func takeUnlessOver(isLast: Bool, _ body: () async throws -> Void) async throws {
    try await take {
      if isOver { throw Over() }
      do { try await body() } catch {
        state.withLock { $0.isOver = true }
        throw error
      }
      if isLast { state.withLock { $0.isOver = true } }
    }
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
