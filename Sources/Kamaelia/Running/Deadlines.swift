import KamaeliaIO
import Synchronization

/// Deadlines that are moved often and seldom pass, such as those of a server's connections.
///
/// To move one costs as much as to write a number; who watches looks at all of them twice a second, and sleeps while
/// there are none.
package final class Deadlines: Sendable {
  private struct Entry: Sendable {
    let deadline: Deadline
    let whenPassed: @Sendable (Duration) -> Void
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var last = 0
  }

  private let state = Lock(State())
  private let waiter = Waiter()

  package init() {}

  /// Makes a deadline, which lies in the far future at first, and is watched until ``remove(_:)``.
  ///
  /// - Parameter whenPassed: called from the watching task for as long as the deadline has passed, with how long ago that
  ///   was.
  package func add(whenPassed: @escaping @Sendable (Duration) -> Void) -> Deadline {
    let deadline = state.withLock { state in
      state.last += 1
      let deadline = Deadline(number: state.last)
      state.entries[state.last] = Entry(deadline: deadline, whenPassed: whenPassed)
      return deadline
    }
    waiter.wake()
    return deadline
  }

  /// Watches it no more.
  package func remove(_ deadline: Deadline) { state.withLock { $0.entries[deadline.number] = nil } }

  /// Watches until the task is cancelled.
  ///
  /// - Throws: `CancellationError`.
  package func watch() async throws {
    while true {
      try Task.checkCancellation()
      guard state.withLock({ !$0.entries.isEmpty }) else {
        await outside { await waiter.wait { state.withLock { !$0.entries.isEmpty } } }
        continue
      }
      try await Time.sleep(for: .milliseconds(500))
      let now = Time.now
      let passed = state.withLock { $0.entries.values.filter { $0.deadline.moment <= now } }
      for entry in passed { entry.whenPassed(now - entry.deadline.moment) }
    }
  }
}

/// A moment by which something should have happened.
package final class Deadline: Sendable {
  fileprivate let number: Int
  private let nanoseconds = Atomic<Int64>(.max)

  fileprivate init(number: Int) { self.number = number }

  fileprivate var moment: Instant { Instant(nanoseconds: nanoseconds.load(ordering: .relaxed)) }

  /// It is that long from now.
  package func set(in time: Duration) { set(at: Time.now + time) }

  /// It is then.
  package func set(at moment: Instant) { nanoseconds.store(moment.nanoseconds, ordering: .relaxed) }

  /// There is none.
  package func clear() { nanoseconds.store(.max, ordering: .relaxed) }

  /// Whether it has passed.
  package var hasPassed: Bool { moment <= Time.now }
}
