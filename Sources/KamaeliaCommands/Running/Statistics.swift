import Dispatch
import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime

/// Shows what flows while a graph runs: live below everything else on a terminal, and as a table at the end.
final class Statistics: @unchecked Sendable {
  // All that changes is touched on `queue` only.
  private let network: Network
  private let terminal: Terminal
  private let memory: MemoryBudget?
  private let queue = DispatchQueue(label: "kamaelia.statistics")
  private let timer: any DispatchSourceTimer
  private let began = DispatchTime.now()
  private var last = DispatchTime.now()
  private var before: [String: Int] = [:]

  /// Linkages that are shown live.
  private static let liveRows = 12

  init(_ network: Network, _ terminal: Terminal, _ memory: MemoryBudget? = nil) {
    self.memory = memory
    self.network = network
    self.terminal = terminal
    timer = DispatchSource.makeTimerSource(queue: queue)
    timer.setEventHandler { [weak self] in self?.show() }
    timer.schedule(deadline: .now() + .milliseconds(500), repeating: .milliseconds(500))
  }

  func begin() {
    if terminal.isLive { timer.activate() }
  }

  private func show() {
    let counters = network.counters()
    let now = DispatchTime.now()
    let table = StatisticsTable(
      counters: counters, memory: memory, before: before, seconds: Self.seconds(last, now))
    // With a header, a line for the others, and perhaps one for the memory; half of the window is the graph's.
    let rows = min(Self.liveRows, (terminal.height ?? 24) / 2 - (memory == nil ? 2 : 3))
    guard rows > 0 else { return }
    // The last column of a terminal stays empty: a line that reaches it may wrap.
    terminal.show(table.lines(width: terminal.width - 1, rows: rows, isColoured: terminal.saysColoured))
    before = Dictionary(counters.map { ($0.from + $0.to, $0.sent) }) { first, _ in first }
    last = now
  }

  /// Takes the live lines away and writes the table of the whole run.
  func finish() async {
    await withUnsafeContinuation { continuation in
      queue.async { [self] in
        // A source that was never activated may not be let go of.
        if !terminal.isLive { timer.activate() }
        timer.cancel()
        terminal.show([])
        let table = StatisticsTable(
          counters: network.counters() + network.removedCounters(), memory: memory, seconds: Self.seconds(began, .now())
        )
        let lines = table.lines(width: terminal.width, isColoured: terminal.saysColoured)
        terminal.say(lines.map { $0 + "\n" }.joined())
        continuation.resume()
      }
    }
  }

  private static func seconds(_ from: DispatchTime, _ to: DispatchTime) -> Double {
    Double(to.uptimeNanoseconds - from.uptimeNanoseconds) / 1e9
  }
}
