import Dispatch
import Glibc

/// Threads of our own for calls that block, so that no worker of a pool is held by one.
///
/// At most `limit` calls run at once; more wait in order. Threads are made on demand, the one idle for the shortest
/// time is taken first, and one that has been idle for `idle` ends. Signals are blocked on them.
package final class BlockingThreads: Sendable {
  /// The set that descriptors use unless they are given another: 64 threads, which end after 10 s without work.
  package static let shared = BlockingThreads(limit: 64)

  package let limit: Int
  private let idle: Duration?
  private let name: String
  private let state = Lock(State())

  /// - Parameter limit: threads at most, 1 or more.
  /// - Parameter idle: how long a thread stays without work; `nil` for as long as the process lives.
  /// - Parameter name: of the threads, as `top -H` shows it; 15 bytes at most are used.
  package init(limit: Int, idle: Duration? = .seconds(10), name: String = "blocking") {
    precondition(limit > 0)
    self.limit = limit
    self.idle = idle
    self.name = name
  }

  /// Calls that run now.
  package var busy: Int { state.withLock { $0.busy } }
  /// Calls that wait for a thread.
  package var waiting: Int { state.withLock { $0.queue.count } }
  /// Threads that exist, busy or idle.
  package var threads: Int { state.withLock { $0.threads } }

  /// Runs `body` on one of the threads and gives its result.
  ///
  /// Cancellation takes a call that still waits out of the queue; one that runs is waited for, since nothing can end
  /// a call to the system from outside. The thread may hold the result for a moment after the caller has it.
  ///
  /// - Throws: what `body` throws; `CancellationError` if it did not run; ``SystemError`` if there is no thread and
  ///   none can be made.
  package func offload<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try Task.checkCancellation()
    let id = state.withLock { $0.newNumber() }
    let give = Self.beginCall()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        enqueue(
          Call(
            id: id,
            run: {
              let result = Swift.Result(catching: body)
              return { give { continuation.resume(with: result) } }
            },
            refuse: { error in give { continuation.resume(throwing: error) } }))
        // The handler may have run before there was anything to take out.
        if Task.isCancelled { withdraw(id) }
      }
    } onCancel: {
      withdraw(id)
    }
  }

  /// As ``offload(_:)``, but cancellation does not wait for a call that runs: its result is dropped. For calls that change
  /// nothing, such as the look-up of a name.
  package func offloadUntilCancelled<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    let caller = Caller<Result>()
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        guard caller.waits(continuation) else { return }
        enqueue(
          Call(
            id: state.withLock { $0.newNumber() },
            run: {
              let result = Swift.Result(catching: body)
              return { caller.hear(result) }
            },
            refuse: { caller.hear(.failure($0)) }))
      }
    } onCancel: {
      caller.hear(.failure(CancellationError()))
    }
  }

  private func enqueue(_ call: Call) {
    let next = state.withLock { state -> Next in
      state.queue.append(call)
      // A thread that is woken stays in `idle` no longer, so each call wakes a thread of its own.
      if let thread = state.idle.popLast() { return .wake(thread) }
      if state.threads < limit {
        state.threads += 1
        return .make
      }
      return .queued
    }
    switch next {
    case .queued: break
    case .wake(let thread): thread.bell.signal()
    case .make: makeThread()
    }
  }

  private func withdraw(_ id: UInt64) {
    let call = state.withLock { state in
      state.queue.firstIndex { $0.id == id }.map { state.queue.remove(at: $0) }
    }
    call?.refuse(CancellationError())
  }

  private func makeThread() {
    let error = Thread.detach(named: name) { self.serve(Idler()) }
    guard error != 0 else { return }
    // Those that exist will come to the queue; if there is none, nobody would.
    let refused = state.withLock { state in
      state.threads -= 1
      guard state.threads == 0 else { return [Call]() }
      defer { state.queue = [] }
      return state.queue
    }
    for call in refused { call.refuse(SystemError(errno: error, operation: .makeThread, path: "")) }
  }

  private func serve(_ thread: Idler) {
    while let call = next(for: thread) {
      let tell = call.run()
      // Before the caller goes on, so that what it sees is true.
      state.withLock { $0.busy -= 1 }
      tell()
    }
  }

  /// The call to run next on `thread`; `nil` if the thread is to end.
  private func next(for thread: Idler) -> Call? {
    while true {
      let call = state.withLock { state -> Call? in
        guard !state.queue.isEmpty else {
          state.idle.append(thread)
          return nil
        }
        state.busy += 1
        return state.queue.removeFirst()
      }
      if let call { return call }
      guard let idle, thread.bell.wait(timeout: .now() + idle.dispatch) == .timedOut else {
        if idle == nil { thread.bell.wait() }
        continue
      }
      let ends = state.withLock { state in
        guard let place = state.idle.firstIndex(where: { $0 === thread }) else { return false }
        state.idle.remove(at: place)
        state.threads -= 1
        return true
      }
      if ends { return nil }
      // Woken in the very moment the time was up: the ring is still to be heard.
      thread.bell.wait()
    }
  }

  private struct State {
    var queue: [Call] = []
    var idle: [Idler] = []
    var threads = 0
    var busy = 0
    private var lastNumber: UInt64 = 0

    mutating func newNumber() -> UInt64 {
      lastNumber += 1
      return lastNumber
    }
  }

  private struct Call: Sendable {
    let id: UInt64
    /// Makes the call and gives what tells the caller.
    let run: @Sendable () -> @Sendable () -> Void
    let refuse: @Sendable (any Error) -> Void
  }

  private enum Next: Sendable {
    case queued
    case wake(Idler)
    case make
  }

  /// A thread as the queue sees it: something that can be woken.
  private final class Idler: Sendable {
    let bell = DispatchSemaphore(value: 0)
  }
}

/// Who waits for the result of a call, and hears one thing only.
private final class Caller<Result: Sendable>: Sendable {
  private enum State: Sendable {
    case notYetThere
    case waits(CheckedContinuation<Result, any Error>)
    case hasHeard
  }

  private let state = Lock(State.notYetThere)

  /// - Returns: false where the task was cancelled before; it has heard that then.
  func waits(_ continuation: CheckedContinuation<Result, any Error>) -> Bool {
    let isThere = state.withLock { state in
      if case .hasHeard = state { return false }
      state = .waits(continuation)
      return true
    }
    if !isThere { continuation.resume(throwing: CancellationError()) }
    return isThere
  }

  func hear(_ result: Swift.Result<Result, any Error>) {
    let continuation = state.withLock { state -> CheckedContinuation<Result, any Error>? in
      defer { state = .hasHeard }
      if case .waits(let continuation) = state { return continuation }
      return nil
    }
    continuation?.resume(with: result)
  }
}
