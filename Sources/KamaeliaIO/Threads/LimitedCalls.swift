import Dispatch
import Glibc

/// Calls that compute and may never come to an end: whoever waits for one gives up after a while, and its thread is left
/// to it.
///
/// The calls run one after another on a thread of their own, which is made for the first one and ends with this. Nothing can end
/// a call from outside, so one that was given up goes on, at the lowest priority, until it ends by itself; there are at most
/// ``most`` such calls in a process.
package final class LimitedCalls: Sendable {
  /// Calls that were given up and have not ended.
  package static let most = 16

  private let name: String
  private let limit: Duration
  private let state = Lock(CallingThread?.none)

  /// - Parameters:
  ///   - name: of the thread, as `top -H` shows it; 15 bytes at most are used.
  ///   - limit: time of a processor for a call; on a machine that is busy with other things it may take longer by the clock,
  ///     up to ten times.
  package init(name: String, limit: Duration) {
    self.name = name
    self.limit = limit
  }

  deinit { state.withLock { $0 }?.end() }

  /// Runs `body` on the thread and gives its result; one call at a time.
  ///
  /// - Throws: what `body` throws; ``CallGivenUp``; `CancellationError`; ``SystemError`` where no thread can be made.
  package func run<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try Task.checkCancellation()
    let thread = try thread()
    let answer = CallAnswer<Result>()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        answer.expect(continuation)
        thread.start(
          run: {
            let result = Swift.Result(catching: body)
            return { answer.give(result) }
          },
          giveUp: { [weak self, limit] in
            self?.leave(thread)
            answer.give(.failure(CallGivenUp(limit: limit)))
          })
        if Task.isCancelled { thread.giveUp() }
      }
    } onCancel: {
      leave(thread)
      answer.give(.failure(CancellationError()))
    }
  }

  private func thread() throws -> CallingThread {
    if let thread = state.withLock({ $0 }) { return thread }
    guard CallingThread.countOfLeft < Self.most else { throw TooManyCalls(most: Self.most) }
    let thread = try CallingThread(name: name, limit: limit)
    state.withLock { $0 = thread }
    return thread
  }

  /// Leaves a thread to its call, which does not end.
  private func leave(_ thread: CallingThread) {
    let isOurs = state.withLock { current in
      guard current === thread else { return false }
      current = nil
      return true
    }
    if isOurs { thread.leave() }
  }
}

/// A call took too long.
package struct CallGivenUp: Error, Hashable {
  package let limit: Duration
}

/// Too many calls that took too long are still running.
package struct TooManyCalls: Error, Hashable, CustomStringConvertible {
  package let most: Int
  package var description: String { "\(most) calls that took too long are still running" }
}

/// The answer to a call: the first one that is given, by whomever.
private final class CallAnswer<Value: Sendable>: Sendable {
  private enum State {
    case open
    case expected(CheckedContinuation<Value, any Error>)
    case given(Result<Value, any Error>)
    case over
  }

  private let state = Lock(State.open)

  func expect(_ continuation: CheckedContinuation<Value, any Error>) {
    let early = state.withLock { state -> Result<Value, any Error>? in
      if case .given(let answer) = state {
        state = .over
        return answer
      }
      state = .expected(continuation)
      return nil
    }
    if let early { continuation.resume(with: early) }
  }

  func give(_ answer: Result<Value, any Error>) {
    let continuation = state.withLock { state -> CheckedContinuation<Value, any Error>? in
      switch state {
      case .open: state = .given(answer)
      case .expected(let continuation):
        state = .over
        return continuation
      case .given, .over: break
      }
      return nil
    }
    continuation?.resume(with: answer)
  }
}
