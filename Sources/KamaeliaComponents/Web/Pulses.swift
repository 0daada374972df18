import Kamaelia

/// Asks the other ends of many connections again and again whether they are there.
///
/// One task does it for all, since a task for each would be much of what an idle connection costs.
actor Pulses {
  /// The connections are asked in so many groups, so that they do not all answer at once.
  private static let groups = 16

  private struct Ask {
    let instance: Instance?
    let body: @Sendable () async -> Void
  }

  private var asks: [Int: Ask] = [:]
  private var last = 0
  private let waiter = Waiter()

  /// Calls `ask` on the executor that runs now whenever it is time, until ``remove(_:)``.
  ///
  /// - Returns: its number.
  nonisolated func add(_ ask: @escaping @Sendable () async -> Void) async -> Int {
    await add(Ask(instance: Instance.current, body: ask))
  }

  private func add(_ ask: Ask) -> Int {
    last += 1
    asks[last] = ask
    waiter.wake()
    return last
  }

  /// Does not ask that one any more.
  func remove(_ number: Int) { asks[number] = nil }

  /// Asks each connection once in `pulse`, until the task is cancelled.
  ///
  /// - Throws: `CancellationError`.
  func run(every pulse: Duration) async throws {
    try await withThrowingDiscardingTaskGroup { tasks in
      var group = 0
      while true {
        try Task.checkCancellation()
        guard !asks.isEmpty else {
          await outside { await waiter.wait { false } }
          continue
        }
        try await Time.sleep(for: pulse / Self.groups)
        for (number, ask) in asks where number % Self.groups == group {
          tasks.addTask(executorPreference: ask.instance) {
            await Instance.$ofTask.withValue(ask.instance) { await ask.body() }
          }
        }
        group = (group + 1) % Self.groups
      }
    }
  }
}
