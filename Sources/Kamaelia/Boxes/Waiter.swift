import Synchronization

/// Where tasks of one component wait for something that another component does to a box.
///
/// The one who waits arms the waiter and looks once more; the other one acts and then looks whether it is armed. With
/// a full barrier between on both sides, one of them sees the other. The side that acts leaves its barrier out of the
/// hot path: it is made up at the end of its activation (`Instance.settle`), and by the pool's watch for the
/// activations that take long.
@usableFromInline
package final class Waiter: Sendable {
  private let armed = Atomic<Bool>(false)
  private let sleepers = Lock<[UnsafeContinuation<Void, Never>]>([])

  package init() {}

  /// Whether somebody waits; a moment old.
  @usableFromInline
  var isArmed: Bool { armed.load(ordering: .relaxed) }

  /// Waits until somebody calls `wake`, unless `isReady` holds by then or the task is cancelled.
  ///
  /// May return early, so that callers look again. `isReady` is also asked once the waiter is armed.
  package func wait(until isReady: () -> Bool) async {
    await withTaskCancellationHandler {
      await withUnsafeContinuation { continuation in
        sleepers.withLock { $0.append(continuation) }
        armed.store(true, ordering: .sequentiallyConsistent)
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        if isReady() || Task.isCancelled { wake() }
      }
    } onCancel: {
      wake()
    }
  }

  /// Lets all who wait look again. From any thread.
  @usableFromInline
  package func wake() {
    guard armed.exchange(false, ordering: .sequentiallyConsistent) else { return }
    let woken = sleepers.withLock { sleepers in
      let all = sleepers
      sleepers = []
      return all
    }
    for sleeper in woken { sleeper.resume() }
  }
}
