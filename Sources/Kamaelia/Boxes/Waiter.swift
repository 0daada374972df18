import KamaeliaIO
import Synchronization

/// Where tasks of one component wait for something that another component does to a box.
///
/// The one who waits arms the waiter and looks once more; the other one acts and then looks whether it is armed. With
/// a full barrier between on both sides, one of them sees the other. The side that acts leaves its barrier out of the
/// hot path: it is made up at the end of its activation (`Instance.settle`), and by the pool's watch for the
/// activations that take long.
@usableFromInline
package final class Waiter: Sendable {
  /// Whether somebody waits. The hot paths of the other side look at it without touching the waiter itself; it lies on a
  /// cache line of its own, since they look often and it changes seldom.
  let armed: CacheLine<Atomic<Bool>>
  private let sleepers = Lock<[UnsafeContinuation<Void, Never>]>([])

  package init() { armed = CacheLine(Atomic(false)) }

  deinit { armed.free() }

  /// Whether somebody waits; a moment old, and true for a moment too long after a wake.
  var isArmed: Bool { armed.pointer.pointee.load(ordering: .relaxed) }

  /// Whether somebody waits; from any thread.
  var hasSleepers: Bool { sleepers.withLock { !$0.isEmpty } }

  /// Waits until somebody calls `wake`, unless `isReady` holds by then or the task is cancelled.
  ///
  /// May return early, so that callers look again. `isReady` is also asked once the waiter is armed.
  package func wait(until isReady: () -> Bool) async {
    await withTaskCancellationHandler {
      await sleep { isReady() || Task.isCancelled }
    } onCancel: {
      wake()
    }
  }

  /// Waits like `wait`, also when the task is cancelled.
  func waitOut(until isReady: () -> Bool) async { await sleep(unless: isReady) }

  private func sleep(unless isReady: () -> Bool) async {
    await withUnsafeContinuation { continuation in
      sleepers.withLock { $0.append(continuation) }
      // An exchange and no store: a `wake` that came just before and found nobody is seen, with all that was done before it.
      _ = armed.pointer.pointee.exchange(true, ordering: .sequentiallyConsistent)
      atomicMemoryFence(ordering: .sequentiallyConsistent)
      if isReady() { wake() }
    }
  }

  /// Lets all who wait look again. From any thread.
  @usableFromInline
  package func wake() {
    guard armed.pointer.pointee.exchange(false, ordering: .sequentiallyConsistent) else { return }
    let woken = sleepers.withLock { sleepers in
      let all = sleepers
      sleepers = []
      return all
    }
    for sleeper in woken { sleeper.resume() }
  }
}
