import KamaeliaIO
import Synchronization

/// Counts what a graph waits for that is none of its boxes: while it is not 0, the graph is not stuck.
package final class Outside: Sendable {
  private let count = Atomic<Int>(0)
  private let computations = Atomic<Int>(0)
  private let whenNone: @Sendable () -> Void
  /// Calls that block, for a scheduler that waits for each of them; nil where none does.
  package let calls: OpenCalls?

  /// - Parameter whenNone: called, from any thread, whenever the count comes down to 0.
  package init(calls: OpenCalls? = nil, whenNone: @escaping @Sendable () -> Void) {
    self.calls = calls
    self.whenNone = whenNone
  }

  package var isNone: Bool { count.load(ordering: .sequentiallyConsistent) == 0 }

  /// Whether some of it is a computation that comes to its end by itself: a test is not quiet before.
  package var isComputing: Bool { computations.load(ordering: .sequentiallyConsistent) > 0 }

  fileprivate func beginComputing() { computations.add(1, ordering: .sequentiallyConsistent) }
  fileprivate func endComputing() { computations.subtract(1, ordering: .sequentiallyConsistent) }

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

/// The same for what this process computes on another thread, and gives up after a while if it has to: somebody who waits for
/// something outside only for so long waits for this to its end.
package func computing<Result>(_ body: () async throws -> Result) async rethrows -> Result {
  let outside = Instance.current?.outside
  outside?.beginComputing()
  defer { outside?.endComputing() }
  return try await Kamaelia.outside(body)
}
