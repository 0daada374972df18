import Dispatch
import Glibc
import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime

/// Lets a network run to its end, and ends it when the user asks for that.
///
/// The first SIGINT or SIGTERM stops the sources and lets the rest drain; a second one, or the end of the grace, ends
/// everything at once.
final class Conductor: Sendable {
  private let network: Network
  private let terminal: Terminal
  private let grace: Duration
  private let queue = DispatchQueue(label: "kamaelia.conductor")
  private let executor = QueueExecutor(label: "kamaelia.conductor.end")
  private let state = Lock(State())

  private struct State {
    var signals = 0
    var last: (signal: Int32, moment: ContinuousClock.Instant)?
    var abandoned: CheckedContinuation<Ending, Never>?
    var isOver = false
  }

  /// How long components may take to notice that they were ended.
  static let patience = Duration.seconds(1)

  init(_ network: Network, terminal: Terminal, grace: Duration) {
    self.network = network
    self.terminal = terminal
    self.grace = grace
  }

  func run() async throws(SystemError) -> Ending {
    let observation = try Signals.observe([SIGINT, SIGTERM]) { [self] signal in
      queue.async { [self] in asked(by: signal) }
    }
    defer { observation.end() }
    network.start()
    return await withCheckedContinuation { continuation in
      state.withLock { $0.abandoned = continuation }
      Task(executorPreference: executor) { [self] in
        let ending = await network.ended()
        finish(ending)
      }
    }
  }

  /// Whether a signal has asked for the end.
  var wasAsked: Bool { state.withLock { $0.signals > 0 } }

  /// The same signal once more within this time is meant as one: `timeout` and shells send it to a program and then to its group.
  private static let doubling = Duration.milliseconds(100)

  private func asked(by signal: Int32) {
    let now = ContinuousClock.now
    let count: Int? = state.withLock { state in
      if let last = state.last, last.signal == signal, now - last.moment < Self.doubling { return nil }
      state.last = (signal, now)
      state.signals += 1
      return state.signals
    }
    guard let count else { return }
    if count > 1 {
      cut()
      return
    }
    // Behind the `^C` that the terminal shows.
    if terminal.isLive { terminal.say("\nstopping; what is under way is delivered (again to end at once)\n") }
    network.stop()
    queue.asyncAfter(deadline: .now() + .nanoseconds(Int(clamping: grace.nanoseconds))) { [weak self] in self?.cut() }
  }

  /// Ends all components at once, and goes on without those that do not notice.
  private func cut() {
    guard !state.withLock({ $0.isOver }) else { return }
    network.cancel()
    queue.asyncAfter(deadline: .now() + .nanoseconds(Int(clamping: Self.patience.nanoseconds))) { [weak self] in
      guard let self else { return }
      let running = network.running
      finish(.cutShort(lost: network.lostAtEnd, running: running))
    }
  }

  private func finish(_ ending: Ending) {
    let continuation = state.withLock { state in
      defer { state.abandoned = nil }
      state.isOver = true
      return state.abandoned
    }
    continuation?.resume(returning: ending)
  }
}
