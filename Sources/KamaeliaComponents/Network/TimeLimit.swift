import Kamaelia

/// Does `body`, but for no longer than `time`: it is cancelled then, and waited for.
///
/// - Returns: nil where the time was too short.
/// - Throws: what `body` throws; `CancellationError` when the component is to stop.
func withTimeLimit<Result: Sendable>(
  _ time: Duration, _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result? {
  try await withThrowingTaskGroup(of: Result?.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await Time.sleep(for: time)
      return nil
    }
    defer { group.cancelAll() }
    return try await group.next() ?? nil
  }
}
