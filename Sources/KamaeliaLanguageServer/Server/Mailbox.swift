import KGraph
import KamaeliaRuntime
import Synchronization

/// What the server has to deal with.
enum Event: Sendable {
  case message([UInt8])
  /// What a request led to whose work takes its time.
  case finished(RequestID, Result<Plain, ResponseError>)
  /// What tests of a version of a file have found.
  case tested(uri: String, version: Int, [TestResult])
  /// The editor is not there any more.
  case editorEnded
  /// Nothing more comes; why, where that is an error.
  case ended(String?)
}

/// Events in the order in which they came, with room for a bounded number of bytes.
final class Mailbox: Sendable {
  private struct State {
    var events: [Event] = []
    var size = 0
    var reader: CheckedContinuation<Void, Never>?
    var writer: CheckedContinuation<Void, Never>?
  }

  private static let room = 64 << 20
  private let state = Mutex(State())

  /// Puts an event in, without waiting.
  func put(_ event: Event) {
    let reader = state.withLock { state in
      state.events.append(event)
      if case .message(let bytes) = event { state.size += bytes.count + 64 }
      defer { state.reader = nil }
      return state.reader
    }
    reader?.resume()
  }

  /// Waits until there is room for more. For the one that reads the input.
  func hasRoom() async {
    await withCheckedContinuation { continuation in
      let isFree = state.withLock { state in
        if state.size <= Self.room { return true }
        state.writer = continuation
        return false
      }
      if isFree { continuation.resume() }
    }
  }

  /// All that is there.
  func takeAll() -> [Event] {
    let (events, writer) = state.withLock { state in
      defer {
        state.events = []
        state.size = 0
        state.writer = nil
      }
      return (state.events, state.writer)
    }
    writer?.resume()
    return events
  }

  /// Waits until something is there. For the one that takes it.
  func hasMail() async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if !state.events.isEmpty { return true }
        state.reader = continuation
        return false
      }
      if isThere { continuation.resume() }
    }
  }
}
