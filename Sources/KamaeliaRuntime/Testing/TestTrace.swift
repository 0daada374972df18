import Kamaelia
import KamaeliaIO

/// What happened in a test, step by step: which component ran at which moment, and what it sent.
///
/// A line for each step: `1s  loud  loud.outbox -> box:text.inbox +2`. The same seed gives the same lines, on every machine.
package final class TestTrace: Sendable {
  private struct State {
    var lines: [String] = []
    var left = 0
    var sent: [String: Int] = [:]
  }

  /// Lines that are kept; of what comes after them only the number is.
  package static let most = 100_000

  private let state = Lock(State())

  package init() {}

  /// The lines, and how many steps came after them.
  package var steps: (lines: [String], left: Int) { state.withLock { ($0.lines, $0.left) } }

  /// Takes down a step that has just been done.
  ///
  /// - Parameter counters: of all linkages, as they are now.
  func add(_ instance: String, at moment: Instant, _ counters: [LinkageCounters]) {
    state.withLock { state in
      guard state.lines.count < Self.most else {
        state.left += 1
        return
      }
      var sent: [String] = []
      for counter in counters {
        let name = "\(counter.from) -> \(counter.to)"
        let more = counter.sent - state.sent[name, default: 0]
        guard more > 0 else { continue }
        state.sent[name] = counter.sent
        sent.append("\(name) +\(more)")
      }
      // Graphs that components have made come in no order.
      let words = ["\(Value.duration(moment - .start))", instance, sent.sorted().joined(separator: ", ")]
      state.lines.append(words.filter { !$0.isEmpty }.joined(separator: "  "))
    }
  }
}
