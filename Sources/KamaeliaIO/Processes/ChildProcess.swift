import CSystem
import Dispatch
import Glibc

/// The process behind a ``Child``: its end, its group, and who waits.
///
/// It lives until the process is reaped. The group is signalled only under the lock and while the process is not
/// reaped, so its number cannot have become another's.
final class ChildProcess: Sendable {
  /// Serial, and apart from ``Readiness``, since looking for the members of a group takes milliseconds.
  static let queue = DispatchQueue(label: "kamaelia.processes")
  /// How long a process may take to go after SIGKILL.
  private static let patience = DispatchTimeInterval.seconds(10)

  let pid: Int32
  private let leftovers: Launch.Leftovers
  private let guardian: Guardian
  private let readiness: Readiness
  private let state = Lock(State())

  init(pid: Int32, leftovers: Launch.Leftovers, guardian: Guardian, readiness: Readiness) {
    self.pid = pid
    self.leftovers = leftovers
    self.guardian = guardian
    self.readiness = readiness
  }

  /// Begins to watch for the end.
  ///
  /// - Parameter pidfd: readable at the end, and owned from here on; -1 where the kernel has none, and a thread waits.
  func watch(pidfd: Int32, name: String) {
    let look: @Sendable () -> Void = {
      let status = self.guardian.wait(for: self.pid)
      Self.queue.async { self.ended(status) }
    }
    let waitOnThread: @Sendable () -> Void = {
      guard Thread.detach(named: "wait", look) != 0 else { return }
      // Without a watcher its end would never be known, so it ends now, and `look` does not wait for long.
      kill(-self.pid, SIGKILL)
      look()
    }
    guard pidfd >= 0 else { return waitOnThread() }
    readiness.whenEnded(pidfd, name: name) { $0 ? look() : waitOnThread() }
  }

  func exitStatus() async throws -> Exit {
    let id = state.withLock { $0.newNumber() }
    return try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let status = state.withLock { state in
          if state.status == nil {
            state.waiters.append(Waiter(id: id) { continuation.resume(with: $0) })
          }
          return state.status
        }
        if let status { return continuation.resume(returning: status) }
        // The handler may have run before there was anything to take out.
        if Task.isCancelled { withdraw(id) }
      }
    } onCancel: {
      withdraw(id)
    }
  }

  func signal(_ number: Int32) -> Bool {
    state.withLock { state in !state.isReaped && kill(-pid, number) == 0 }
  }

  func terminate(grace: Duration) async -> Exit? {
    let isFirst = state.withLock { state in
      guard !state.isTerminating, !state.isReaped else { return false }
      state.isTerminating = true
      // Before its parents have ended, and nobody can tell any more whose they are.
      state.strays = Stray.descendants(of: pid)
      kill(-pid, SIGTERM)
      // What is stopped cannot act on it.
      kill(-pid, SIGCONT)
      for stray in state.strays {
        stray.signal(SIGTERM)
        stray.signal(SIGCONT)
      }
      return true
    }
    if isFirst {
      Self.queue.asyncAfter(deadline: .now() + grace.dispatch) { [weak self] in self?.endGroup() }
      Self.queue.async { self.reapIfAlone() }
    }
    return await withCheckedContinuation { continuation in
      let (isOver, status) = state.withLock { state in
        let isOver = state.isReaped || state.isGivenUp
        if !isOver { state.terminators.append { continuation.resume(returning: $0) } }
        return (isOver, state.status)
      }
      if isOver { continuation.resume(returning: status) }
    }
  }

  /// Nobody can ask for it any more.
  func abandon() { endGroup() }

  /// Kills the group; reaps the process, now or when it has ended.
  private func endGroup() {
    let calls = state.withLock { state -> [Call] in
      guard !state.isReaped else { return [] }
      state.isKilled = true
      kill(-pid, SIGKILL)
      for stray in state.strays { stray.signal(SIGKILL) }
      return state.status == nil ? [] : reap(&state)
    }
    for call in calls { call() }
    let isOver = state.withLock { $0.isReaped || $0.terminators.isEmpty }
    guard !isOver else { return }
    Self.queue.asyncAfter(deadline: .now() + Self.patience) { [weak self] in self?.giveUp() }
  }

  /// The program itself has ended; it is a zombie until it is reaped, and its group may have others in it.
  private func ended(_ status: Exit) {
    let (calls, mustLook) = state.withLock { state -> ([Call], Bool) in
      state.status = status
      if state.isTerminating && !state.isKilled { return (state.tellWaiters(), true) }
      if leftovers == .keep && !state.isKilled { return (state.tellWaiters(), false) }
      kill(-pid, SIGKILL)
      return (reap(&state), false)
    }
    for call in calls { call() }
    if mustLook { reapIfAlone() }
  }

  /// Reaps the process if it has ended and nobody else is in its group; looks again when those have ended.
  private func reapIfAlone() {
    guard state.withLock({ $0.status != nil && !$0.isReaped }) else { return }
    let strays = state.withLock { $0.strays }
    let members = ProcessGroup.members(of: pid) + strays.filter { !$0.hasEnded }.map(\.pid)
    guard members.isEmpty else {
      ProcessGroup.whenEnded(members, readiness) { Self.queue.async { self.reapIfAlone() } }
      return
    }
    let calls = state.withLock { state in state.isReaped ? [] : reap(&state) }
    for call in calls { call() }
  }

  private func giveUp() {
    let calls = state.withLock { state -> [Call] in
      guard !state.isReaped else { return [] }
      state.isGivenUp = true
      return state.tellTerminators()
    }
    for call in calls { call() }
  }

  /// Gives the number back; who is to be told then is told outside the lock.
  private func reap(_ state: inout State) -> [Call] {
    guardian.reap(pid)
    state.isReaped = true
    return state.tellWaiters() + state.tellTerminators()
  }

  private func withdraw(_ id: UInt64) {
    let waiter = state.withLock { state in
      state.waiters.firstIndex { $0.id == id }.map { state.waiters.remove(at: $0) }
    }
    waiter?.resume(.failure(CancellationError()))
  }

  private typealias Call = @Sendable () -> Void

  private struct Waiter: Sendable {
    let id: UInt64
    let resume: @Sendable (Result<Exit, any Error>) -> Void
  }

  private struct State {
    /// Set when the program itself has ended.
    var status: Exit?
    var isTerminating = false
    var isKilled = false
    var isReaped = false
    var isGivenUp = false
    /// What it has started outside of its group, as far as that was to be found when it was told to end.
    var strays: [Stray] = []
    var waiters: [Waiter] = []
    var terminators: [@Sendable (Exit?) -> Void] = []
    private var lastNumber: UInt64 = 0

    mutating func newNumber() -> UInt64 {
      lastNumber += 1
      return lastNumber
    }

    mutating func tellWaiters() -> [Call] {
      guard let status else { return [] }
      defer { waiters = [] }
      return waiters.map { waiter in { waiter.resume(.success(status)) } }
    }

    mutating func tellTerminators() -> [Call] {
      defer { terminators = [] }
      return terminators.map { [status] tell in { tell(status) } }
    }
  }
}
