import KamaeliaIO
import Testing

/// Lets only a few tests run networks at the same time.
///
/// Each network has workers of its own, which hold Dispatch threads, and Dispatch makes 256 at most in a process: a hundred
/// networks at once would wait for each other's threads.
struct Gate: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await body() }
    await Self.permits.take()
    defer { Self.permits.give() }
    try await body()
  }

  private static let permits = Permits(count: 4)
}

extension Trait where Self == Gate {
  /// Waits until few enough other tests run networks.
  static var fewAtATime: Gate { Gate() }
}

/// So many may go on at the same time; the others wait in order.
private final class Permits: Sendable {
  private struct State {
    var free: Int
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Lock<State>

  init(count: Int) { state = Lock(State(free: count)) }

  func take() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.free == 0 {
          state.waiting.append(continuation)
          return false
        }
        state.free -= 1
        return true
      }
      if isFree { continuation.resume() }
    }
  }

  func give() {
    let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
      if state.waiting.isEmpty {
        state.free += 1
        return nil
      }
      return state.waiting.removeFirst()
    }
    next?.resume()
  }
}
