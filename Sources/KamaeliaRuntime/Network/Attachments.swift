import KamaeliaIO

/// Ends of linkages that are still to be attached on the executors of backplanes that run already.
final class Attachments: Sendable {
  private struct State {
    var pending = 0
    var action: (@Sendable () -> Void)?
  }

  private let state = Lock(State())

  func begin() { state.withLock { $0.pending += 1 } }

  /// From any thread.
  func end() {
    let action = state.withLock { state -> (@Sendable () -> Void)? in
      state.pending -= 1
      guard state.pending == 0 else { return nil }
      defer { state.action = nil }
      return state.action
    }
    action?()
  }

  /// Calls `action` once nothing is pending, which may be at once. One action at a time.
  func whenDone(_ action: @escaping @Sendable () -> Void) {
    let isDone = state.withLock { state in
      if state.pending > 0 { state.action = action }
      return state.pending == 0
    }
    if isDone { action() }
  }
}
