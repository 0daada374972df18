import CSystem
import Glibc

/// Those who wait for one descriptor.
final class Interest: Sendable {
  enum Direction: Sendable {
    case reading, writing
    /// As `reading`, and not ended by ``Interest/stopReading()``.
    case draining
    /// Nothing but that the other end is gone, or the descriptor in error.
    case end
  }

  /// Why a wait ended.
  enum Wake: Sendable {
    case ready
    /// The other end is gone, and the direction waited for was not reported: try once, but do not wait again.
    case hungUp
  }

  let token: UInt64
  private let descriptor: Int32
  private let name: String
  private let readiness: Readiness
  private let state = Lock(State())

  init(descriptor: Int32, name: String, token: UInt64, readiness: Readiness) {
    self.descriptor = descriptor
    self.name = name
    self.token = token
    self.readiness = readiness
  }

  /// How many wait.
  var waiting: Int { state.withLock { $0.waiters.count } }

  /// Suspends until the descriptor is ready for `direction`.
  ///
  /// - Throws: `CancellationError` at once when the task is cancelled; ``SystemError`` when the descriptor is closed
  ///   meanwhile, or cannot be waited for (`EPERM`: a regular file).
  func wait(for direction: Direction) async throws -> Wake {
    let id = state.withLock { $0.newNumber() }
    return try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        add(Waiter(id: id, direction: direction) { continuation.resume(with: $0) })
        // The handler may have run before there was anything to take out.
        if Task.isCancelled { withdraw(id) }
      }
    } onCancel: {
      withdraw(id)
    }
  }

  /// Calls `body` once, when the descriptor is ready for `direction` or was closed.
  func whenReady(for direction: Direction, _ body: @escaping @Sendable (Result<Wake, any Error>) -> Void) {
    add(Waiter(id: state.withLock { $0.newNumber() }, direction: direction, resume: body))
  }

  /// Whether ``stopReading()`` was called.
  var isReadingStopped: Bool { state.withLock { $0.isReadingStopped } }

  /// Ends all waits for reading, and those to come, as if there were something to read.
  func stopReading() {
    let woken = state.withLock { state in
      state.isReadingStopped = true
      let woken = state.waiters.filter { $0.direction == .reading }
      state.waiters.removeAll { $0.direction == .reading }
      return woken
    }
    for waiter in woken { waiter.resume(.success(.ready)) }
  }

  /// Ends all waits, with ``SystemError/isClosed``; from here on the descriptor may be closed.
  func close() {
    let waiters = state.withLock { state in
      guard !state.isClosed else { return [Waiter]() }
      state.isClosed = true
      if state.isRegistered { _ = csys_epoll_remove(readiness.epoll, descriptor) }
      defer { state.waiters = [] }
      return state.waiters
    }
    readiness.forget(self)
    for waiter in waiters { waiter.resume(.failure(closed(waiter))) }
  }

  func deliver(_ report: csys_ready) {
    // Most often one waits, and for just this.
    if let waiter = state.withLock({ $0.takeOnly(report) }) { return waiter.resume(.success(.ready)) }
    let (woken, failed, error) = state.withLock { state -> ([(Waiter, Wake)], [Waiter], SystemError?) in
      var woken: [(Waiter, Wake)] = []
      state.waiters.removeAll { waiter in
        let isReady = waiter.isMet(by: report)
        guard isReady || report.hung_up else { return false }
        woken.append((waiter, isReady ? .ready : .hungUp))
        return true
      }
      guard let error = arm(&state) else { return (woken, [], nil) }
      defer { state.waiters = [] }
      return (woken, state.waiters, error)
    }
    for (waiter, wake) in woken { waiter.resume(.success(wake)) }
    if let error { for waiter in failed { waiter.resume(.failure(error)) } }
  }

  private func closed(_ waiter: Waiter) -> SystemError {
    SystemError(errno: EBADF, operation: waiter.direction == .writing ? .write : .read, path: name)
  }

  private func add(_ waiter: Waiter) {
    let outcome = state.withLock { state -> Result<Wake, any Error>? in
      if state.isClosed { return .failure(closed(waiter)) }
      if state.isReadingStopped, waiter.direction == .reading { return .success(.ready) }
      state.waiters.append(waiter)
      guard let error = arm(&state) else { return nil }
      state.waiters.removeAll { $0.id == waiter.id }
      return .failure(error)
    }
    if let outcome { waiter.resume(outcome) }
  }

  private func withdraw(_ id: UInt64) {
    // The set stays armed: at worst one report finds nobody.
    let waiter = state.withLock { state in
      state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
    }
    waiter?.resume(.failure(CancellationError()))
  }

  /// Asks for a report of what is waited for; under the lock, so that the latest list is what the set knows.
  private func arm(_ state: inout State) -> SystemError? {
    let reading = state.waiters.contains { $0.direction == .reading || $0.direction == .draining }
    let writing = state.waiters.contains { $0.direction == .writing }
    if state.waiters.isEmpty { return nil }
    guard csys_epoll_arm(readiness.epoll, descriptor, !state.isRegistered, reading, writing, token) == 0 else {
      return .latest(.wait, name)
    }
    state.isRegistered = true
    return nil
  }

  private struct Waiter: Sendable {
    let id: UInt64
    let direction: Direction
    let resume: @Sendable (Result<Wake, any Error>) -> Void

    func isMet(by report: csys_ready) -> Bool {
      switch direction {
      case .reading, .draining: report.readable
      case .writing: report.writable
      case .end: false
      }
    }
  }

  private struct State {
    var waiters: [Waiter] = []
    var isRegistered = false
    var isClosed = false
    var isReadingStopped = false
    private var lastNumber: UInt64 = 0

    /// Takes out the only one who waits, if the report is of what it waits for.
    mutating func takeOnly(_ report: csys_ready) -> Waiter? {
      guard waiters.count == 1, waiters[0].isMet(by: report) else { return nil }
      return waiters.removeLast()
    }

    mutating func newNumber() -> UInt64 {
      lastNumber += 1
      return lastNumber
    }
  }
}
