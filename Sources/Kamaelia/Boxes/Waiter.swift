import KamaeliaIO
import Synchronization

/// Where those wait who want something that another component does to a box: a task of a component, or an instance that
/// goes on by steps.
///
/// The one who waits arms the waiter and looks once more; the other one acts and then looks whether it is armed. With
/// a full barrier between on both sides, one of them sees the other. The side that acts leaves its barrier out of the
/// hot path: it is made up at the end of its activation (`Instance.settle`), and by the pool's watch for the
/// activations that take long.
@usableFromInline
package final class Waiter: Sendable {
  /// Who waits: nobody (0), one sleeper, or several (`Sleeper.several`). The hot paths of the other side look at it without
  /// touching the waiter itself; it lies on a cache line of its own, since they look often and it changes seldom.
  @usableFromInline let word: CacheLine<Atomic<UInt>>
  private let others = Lock<[Sleeper]>([])

  /// - Parameter isQuiet: whether nobody looks at it often, so that it needs no cache line of its own.
  package init(isQuiet: Bool = false) { word = CacheLine(Atomic(0), isQuiet: isQuiet) }

  deinit { word.free() }

  /// Whether somebody waits; a moment old.
  @usableFromInline
  var isArmed: Bool { word.pointer.pointee.load(ordering: .relaxed) != 0 }

  /// Whether somebody waits; from any thread.
  var hasSleepers: Bool { word.pointer.pointee.load(ordering: .sequentiallyConsistent) != 0 }

  /// Whether that sleeper waits; from any thread.
  func holds(_ bits: UInt) -> Bool {
    let word = word.pointer.pointee.load(ordering: .sequentiallyConsistent)
    if word == Sleeper.several { return others.withLock { $0.contains { $0.bits == bits } } }
    return word == bits && bits > Sleeper.several
  }

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
      arm(Sleeper(continuation))
      atomicMemoryFence(ordering: .sequentiallyConsistent)
      if isReady() { wake() }
    }
  }

  /// From here on a `wake` reaches the sleeper. What was done before a `wake` that found nobody is seen once this returns.
  @usableFromInline
  func arm(_ sleeper: Sleeper) {
    let (isAlone, _) = word.pointer.pointee.compareExchange(
      expected: 0, desired: sleeper.bits, ordering: .sequentiallyConsistent)
    if !isAlone { armWithOthers(sleeper) }
  }

  private func armWithOthers(_ sleeper: Sleeper) {
    others.withLock { others in
      others.append(sleeper)
      let first = word.pointer.pointee.exchange(Sleeper.several, ordering: .sequentiallyConsistent)
      if first > Sleeper.several { others.append(Sleeper(bits: first)) }
    }
  }

  /// Lets all who wait look again. From any thread.
  @usableFromInline
  package func wake() {
    let bits = word.pointer.pointee.exchange(0, ordering: .sequentiallyConsistent)
    if bits > Sleeper.several { return Sleeper(bits: bits).wake() }
    if bits == Sleeper.several { wakeOthers() }
  }

  private func wakeOthers() {
    let woken = others.withLock { others in
      let all = others
      others = []
      return all
    }
    for sleeper in woken { sleeper.wake() }
  }
}

/// Who waits at a box, in one word.
@usableFromInline
struct Sleeper: Sendable {
  // Unsafe: the word is a task that waits in a continuation, which is resumed once, or the reference to an instance with
  // its lowest bit set, which owns one count of it. Both are aligned to 8 bytes at least. Whoever takes the word from its
  // waiter wakes the sleeper, once.
  @usableFromInline let bits: UInt

  /// Stands for all who are listed in the waiter.
  static var several: UInt { 1 }

  init(bits: UInt) { self.bits = bits }

  /// A task.
  @usableFromInline
  init(_ continuation: UnsafeContinuation<Void, Never>) { bits = unsafeBitCast(continuation, to: UInt.self) }

  /// An instance that goes on by steps.
  @usableFromInline
  init(_ instance: Instance) { bits = UInt(bitPattern: Unmanaged.passRetained(instance).toOpaque()) | 1 }

  func wake() {
    if bits & 1 == 0 { return unsafeBitCast(bits, to: UnsafeContinuation<Void, Never>.self).resume() }
    guard let pointer = UnsafeRawPointer(bitPattern: bits & ~1) else { return }
    Instance.step(.fromOpaque(pointer))
  }
}
