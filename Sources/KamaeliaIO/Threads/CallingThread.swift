import CSystem
import Dispatch
import Glibc
import Synchronization

/// A thread that makes one call after another, and that may be left to a call which does not end.
final class CallingThread: Sendable {
  /// Threads whose calls were given up and have not ended.
  static var countOfLeft: Int { left.load(ordering: .relaxed) }
  private static let left = Atomic(0)
  /// Where it is seen to that calls are given up.
  private static let limits = DispatchQueue(label: "kamaelia.limits")

  private struct Call {
    /// Makes the call and gives what tells the caller.
    let run: @Sendable () -> @Sendable () -> Void
    let giveUp: @Sendable () -> Void
    /// What the thread's own clock showed when it began; nil as long as it has not.
    var began: Duration?
    /// How often it was looked at in vain.
    var looks = 0
  }

  private struct State {
    var call: Call?
    /// Counts calls.
    var number = 0
    var isOver = false
    var isLeft = false
    /// Whether somebody will look whether the call takes too long.
    var isWatched = false
    var ids: (clock: clockid_t, thread: pid_t)?
  }

  private let limit: Duration
  private let state = Lock(State())
  private let bell = DispatchSemaphore(value: 0)

  /// - Parameter limit: time of a processor for a call.
  /// - Throws: ``SystemError`` where no thread can be made.
  init(name: String, limit: Duration) throws(SystemError) {
    self.limit = limit
    let error = Thread.detach(named: name) { self.serve() }
    if error != 0 { throw SystemError(errno: error, operation: .makeThread, path: "") }
  }

  /// Makes a call; only when the one before has given its answer.
  ///
  /// - Parameters:
  ///   - run: makes the call and gives what tells the caller.
  ///   - giveUp: called, from another thread, when that is over.
  func start(
    run: @escaping @Sendable () -> @Sendable () -> Void, giveUp: @escaping @Sendable () -> Void
  ) {
    let isWatched = state.withLock { state in
      state.call = Call(run: run, giveUp: giveUp)
      state.number += 1
      defer { state.isWatched = true }
      return state.isWatched
    }
    bell.signal()
    // Most calls are over long before: they are looked at once in that time, not each.
    if !isWatched { watch(after: limit) }
  }

  /// Gives up the call that runs.
  func giveUp() { state.withLock { $0.call }?.giveUp() }

  /// Ends the thread; to be called while it makes no call.
  func end() {
    state.withLock { $0.isOver = true }
    bell.signal()
  }

  /// Ends the thread with the call that it makes, and lets all others go before it.
  func leave() {
    let thread = state.withLock { state -> pid_t? in
      state.isOver = true
      guard state.call != nil, !state.isLeft else { return nil }
      state.isLeft = true
      Self.left.add(1, ordering: .relaxed)
      return state.ids?.thread
    }
    bell.signal()
    if let thread { csys_lower_priority(thread) }
  }

  private func serve() {
    var clock = clockid_t()
    guard pthread_getcpuclockid(pthread_self(), &clock) == 0 else { return }
    state.withLock { $0.ids = (clock, csys_thread_number()) }
    while true {
      bell.wait()
      let run = state.withLock { state -> (@Sendable () -> @Sendable () -> Void)? in
        state.call?.began = Self.time(of: clock)
        return state.call?.run
      }
      let tell = run?()
      // Before the caller goes on, who may make the next call.
      let isOver = state.withLock { state in
        state.call = nil
        if state.isLeft { Self.left.subtract(1, ordering: .relaxed) }
        return state.isOver
      }
      tell?()
      if isOver { return }
    }
  }

  private func watch(after time: Duration) {
    let number = state.withLock { $0.number }
    Self.limits.asyncAfter(deadline: .now() + time.dispatch) { [weak self] in self?.look(since: number) }
  }

  /// Gives the call up if it has had its time, and else looks again later.
  private func look(since number: Int) {
    let next = state.withLock { state -> (again: Duration?, giveUp: (@Sendable () -> Void)?) in
      state.isWatched = false
      guard var call = state.call, !state.isLeft else { return (nil, nil) }
      let used = state.ids.map { Self.time(of: $0.clock) - (call.began ?? Self.time(of: $0.clock)) } ?? .zero
      if number == state.number { call.looks += 1 }
      state.call = call
      if used >= limit || call.looks >= 10 { return (nil, call.giveUp) }
      state.isWatched = true
      return (max(limit - used, .milliseconds(1)), nil)
    }
    next.giveUp?()
    if let again = next.again { watch(after: again) }
  }

  /// Time that a processor has spent on a thread.
  private static func time(of clock: clockid_t) -> Duration {
    var time = timespec()
    clock_gettime(clock, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
}
