import KamaeliaIO

/// Runs a call that blocks on a thread of its own, so that no worker is held up by it.
///
/// There are 64 such threads at most; when all are taken, calls wait in order.
///
/// - Throws: what `body` throws; `CancellationError` when the component was told to stop before the call began. One that
///   has begun is waited for, since nothing can end a call from outside.
public func offload<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
  try await outside { try await BlockingThreads.shared.offload(body) }
}
