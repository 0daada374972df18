import Synchronization

/// The blocking calls of one run that have not been answered yet.
///
/// For a scheduler whose runs must not depend on how fast a disk is: it lets nothing else run while such a call is open, and
/// gives the answers itself, so that none comes in the middle of a step.
package final class OpenCalls: Sendable {
  private struct State {
    /// When each open call began, by its number.
    var begun: [UInt64: ContinuousClock.Instant] = [:]
    /// What tells the callers of those that have returned.
    var answers: [UInt64: @Sendable () -> Void] = [:]
    var last: UInt64 = 0
  }

  private let state = Lock(State())
  private let count = Atomic<Int>(0)
  private let whenReturned: @Sendable () -> Void

  /// - Parameter whenReturned: called whenever a call has returned, from any thread; ``answer(atMost:_:)`` is to be called then.
  package init(whenReturned: @escaping @Sendable () -> Void) { self.whenReturned = whenReturned }

  deinit { for answer in state.withLock({ $0.answers }).values { answer() } }

  /// A call begins.
  ///
  /// - Returns: takes what tells the caller, once the call has returned.
  func begin() -> @Sendable (@escaping @Sendable () -> Void) -> Void {
    count.add(1, ordering: .sequentiallyConsistent)
    let number = state.withLock { state in
      state.last += 1
      state.begun[state.last] = .now
      return state.last
    }
    return { [weak self] answer in
      guard let self else { return answer() }
      state.withLock { state in
        state.begun[number] = nil
        state.answers[number] = answer
      }
      whenReturned()
    }
  }

  /// Waits until all calls have returned but those that have been open for longer than `longest`, and tells the callers, in the
  /// order in which they called.
  ///
  /// - Parameter wait: waits for so long at most, and for less where a call returns before.
  package func answer(atMost longest: Duration, _ wait: (Duration) -> Void) {
    while count.load(ordering: .sequentiallyConsistent) > 0 {
      let (latest, answers) = state.withLock { state -> (ContinuousClock.Instant?, [Answer]) in
        let latest = state.begun.values.max()
        guard latest.map({ ContinuousClock.now - $0 >= longest }) ?? true else { return (latest, []) }
        defer { state.answers = [:] }
        return (nil, state.answers.sorted { $0.key < $1.key }.map { Answer(give: $0.value) })
      }
      if let latest {
        wait(max(longest - (ContinuousClock.now - latest), .microseconds(1)))
        continue
      }
      for answer in answers { answer.give() }
      count.subtract(answers.count, ordering: .sequentiallyConsistent)
      return
    }
  }

  private struct Answer: Sendable {
    let give: @Sendable () -> Void
  }
}

extension BlockingThreads {
  /// Where the calls of the task that runs are counted; nil where nobody asks.
  @TaskLocal package static var openCalls: OpenCalls?

  /// A call of the task that runs begins.
  ///
  /// - Returns: takes what tells the caller, once the call has returned.
  static func beginCall() -> @Sendable (@escaping @Sendable () -> Void) -> Void {
    if let openCalls { return openCalls.begin() }
    return { answer in answer() }
  }
}
