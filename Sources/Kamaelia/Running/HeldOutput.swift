import KamaeliaIO

/// What components write to standard output and standard error while nobody is to see it at once, as in a test.
package final class HeldOutput: Sendable {
  private struct State {
    var bytes: [UInt8] = []
    var lost = 0
  }

  private let state = Lock(State())
  private let capacity: Int

  /// - Parameter capacity: how many of the last bytes are kept at least; up to twice as many are.
  package init(capacity: Int = 16_384) { self.capacity = capacity }

  package func write(_ bytes: [UInt8]) {
    state.withLock { state in
      state.bytes += bytes
      guard state.bytes.count > 2 * capacity else { return }
      let excess = state.bytes.count - capacity
      state.bytes.removeFirst(excess)
      state.lost += excess
    }
  }

  /// What was written, and how many bytes before it are lost.
  package var written: (bytes: [UInt8], lost: Int) { state.withLock { ($0.bytes, $0.lost) } }
}
