import Dispatch
import Kamaelia
import KamaeliaIO

/// Something that happens once, and that threads and tasks wait for by name.
final class Flag: Sendable {
  private struct State {
    var isUp = false
    var watchers: [AsyncStream<Void>.Continuation] = []
  }

  private let state = Lock(State())
  private let gate = DispatchSemaphore(value: 0)

  private static let all = Lock<[String: Flag]>([:])

  /// The flag of that name, down until somebody raises it.
  static func named(_ name: String) -> Flag {
    all.withLock { flags in
      let flag = flags[name] ?? Flag()
      flags[name] = flag
      return flag
    }
  }

  var isUp: Bool { state.withLock { $0.isUp } }

  func raise() {
    let watchers = state.withLock { state in
      defer { state = State(isUp: true) }
      return state.watchers
    }
    for watcher in watchers { watcher.finish() }
    gate.signal()
  }

  /// Holds the thread until the flag is up.
  func wait() {
    gate.wait()
    // For whoever waits as well.
    gate.signal()
  }

  /// Returns when the flag is up, or when the test's time is over.
  func untilUp() async {
    let (raised, continuation) = AsyncStream.makeStream(of: Void.self)
    let isUp = state.withLock { state in
      if !state.isUp { state.watchers.append(continuation) }
      return state.isUp
    }
    if !isUp { for await _ in raised {} }
  }
}
