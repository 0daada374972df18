import KamaeliaIO

/// Parts of a component that run side by side, each on a serial executor of its own, such as a server's connections.
///
/// A strand has boxes of its own (of graphs that it makes) and does not share the component's: what costs the executor
/// time for each box stays the same however many strands there are. It is not told to stop with the component's
/// task, so that it can bring to its end what is under way; see ``withStrands(grace:_:)``.
package final class Strands: Sendable {
  private struct Strand: Sendable {
    var task: Task<Void, Never>?
    let whenStopped: @Sendable () -> Void
  }

  private struct State {
    var running: [Int: Strand] = [:]
    var last = 0
    var isStopped = false
    var isCancelled = false
  }

  private let state = Lock(State())
  private let host: Instance
  private let waiter = Waiter()

  fileprivate init(_ host: Instance) { self.host = host }

  /// How many run.
  package var count: Int { state.withLock { $0.running.count } }

  /// Starts a strand.
  ///
  /// A task keeps the room that its functions have taken, until it ends. So where a strand goes on with something else for
  /// long, such as another protocol, `body` returns that, and it gets a task of its own.
  ///
  /// - Parameters:
  ///   - name: for messages; it follows the component's.
  ///   - whenStopped: called once, from any thread, when the component is to stop: the strand's work should come to its end.
  ///   - body: what it does, which may return what it goes on with.
  package func start(
    named name: String, whenStopped: @escaping @Sendable () -> Void,
    _ body: @escaping @Sendable () async -> (@Sendable () async -> Void)?
  ) {
    let instance = host.beside(named: name)
    let (number, isStopped) = state.withLock { state in
      state.last += 1
      state.running[state.last] = Strand(whenStopped: whenStopped)
      return (state.last, state.isStopped)
    }
    if isStopped { whenStopped() }
    let task = Task.detached(executorPreference: instance) { [self] in
      if let next = await Instance.$ofTask.withValue(instance, operation: body) {
        goOn(number, on: instance, next)
      } else {
        end(number, instance)
      }
    }
    let isCancelled = state.withLock { state in
      // The strand may have gone on, with another task, before this one is known here.
      if state.running[number]?.task == nil { state.running[number]?.task = task }
      return state.isCancelled
    }
    if isCancelled { task.cancel() }
  }

  private func goOn(_ number: Int, on instance: Instance, _ body: @escaping @Sendable () async -> Void) {
    let task = Task.detached(executorPreference: instance) { [self] in
      await Instance.$ofTask.withValue(instance, operation: body)
      end(number, instance)
    }
    let isCancelled = state.withLock { state in
      state.running[number]?.task = task
      return state.isCancelled
    }
    if isCancelled { task.cancel() }
  }

  /// Does `body` on the component's own executor, soon: for boxes of the component, which strands may not touch.
  package func tell(_ body: @escaping @Sendable () -> Void) { host.post(body) }

  private func end(_ number: Int, _ instance: Instance) {
    instance.close()
    state.withLock { $0.running[number] = nil }
    waiter.wake()
  }

  /// Waits until fewer than `limit` run.
  ///
  /// - Throws: `CancellationError`.
  package func untilFewer(than limit: Int) async throws {
    while count >= limit {
      try Task.checkCancellation()
      await waiter.wait { count < limit }
    }
    try Task.checkCancellation()
  }

  /// Tells all to stop and waits for their end, also where the task is cancelled; cancels those that take longer.
  fileprivate func end(within grace: Duration) async {
    let strands = state.withLock { state in
      state.isStopped = true
      return Array(state.running.values)
    }
    for strand in strands { strand.whenStopped() }
    await outside {
      let deadline = host.timekeeper.schedule(at: host.timekeeper.now + grace) { [self] in cancel() }
      defer { host.timekeeper.cancel(deadline) }
      if host.isCut { cancel() }
      while count > 0 { await waiter.waitOut { count == 0 } }
    }
  }

  private func cancel() {
    let strands = state.withLock { state in
      state.isCancelled = true
      return Array(state.running.values)
    }
    for strand in strands { strand.task?.cancel() }
  }
}

/// Does `body`, which may start strands; ends when they have ended, which they are told to do when `body` has ended.
///
/// - Parameter grace: how long they may take to end before they are cancelled.
package func withStrands<Result>(
  grace: Duration, _ body: (Strands) async throws -> Result
) async rethrows -> Result {
  guard let host = Instance.current else { preconditionFailure("only a running component has strands") }
  let strands = Strands(host)
  do {
    let result = try await body(strands)
    await strands.end(within: grace)
    return result
  } catch {
    await strands.end(within: grace)
    throw error
  }
}
