import KamaeliaIO
import Synchronization

/// Counts what a graph waits for that is none of its boxes: while it is not 0, the graph is not stuck.
package final class Outside: Sendable {
  private let count = Atomic<Int>(0)
  private let whenNone: @Sendable () -> Void
  /// Calls that block, for a scheduler that waits for each of them; nil where none does.
  package let calls: OpenCalls?

  /// - Parameter whenNone: called, from any thread, whenever the count comes down to 0.
  package init(calls: OpenCalls? = nil, whenNone: @escaping @Sendable () -> Void) {
    self.calls = calls
    self.whenNone = whenNone
  }

  package var isNone: Bool { count.load(ordering: .sequentiallyConsistent) == 0 }

  package func begin() { count.add(1, ordering: .sequentiallyConsistent) }

  package func end() {
    if count.subtract(1, ordering: .sequentiallyConsistent).newValue == 0 { whenNone() }
  }
}

/// Waits for something that is none of the graph's boxes: a descriptor, a program, a call that blocks.
///
/// A graph of which every component waits for another one is stuck, and ends; what runs in here counts as something
/// that can still wake one.
public func outside<Result>(_ body: () async throws -> Result) async rethrows -> Result {
  let instance = Instance.current
  instance?.beginOutside()
  defer { instance?.endOutside() }
  guard let calls = instance?.openCalls else { return try await body() }
  return try await BlockingThreads.$openCalls.withValue(calls) { try await body() }
}
