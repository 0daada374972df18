/// Does `body` until it ends or until the readers of all these outboxes have left.
///
/// For sources that wait for something outside of the graph, such as a line that a person types: without it they would
/// notice only with the next message that nobody wants any more. Outboxes that no graph has linked do not count; where
/// none is linked, `body` is simply done.
///
/// - Throws: what `body` throws; ``Stopped`` when the readers have left, once `body` has ended by being cancelled.
package func whileHeard(_ outboxes: any AnyOutbox..., body: @escaping @Sendable () async throws -> Void) async throws {
  let linked = outboxes.filter(\.isLinked)
  if linked.isEmpty { return try await body() }
  try await withThrowingTaskGroup { group in
    group.addTask { try await body() }
    group.addTask {
      for outbox in linked { await outbox.untilAbandoned() }
      try Task.checkCancellation()
      throw Stopped()
    }
    defer { group.cancelAll() }
    try await group.next()
  }
}
