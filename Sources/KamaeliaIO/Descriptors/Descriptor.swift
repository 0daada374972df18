import CSystem
import Glibc

/// An open file, pipe, socket or terminal, closed exactly once: by ``close()`` or with the last reference to it.
///
/// Reads and writes wait without holding a thread, and end at once with `CancellationError` when the task is
/// cancelled, or with a ``SystemError`` (`isClosed`) when the descriptor is closed meanwhile. What the system cannot
/// wait for, such as a regular file, is read and written on ``BlockingThreads``.
///
/// One reader and one writer at a time are meant. More are safe, and each byte goes to one of them; whose comes first
/// is not said.
package final class Descriptor: Sendable {
  /// How its calls are kept from holding a thread.
  enum Style: Sendable {
    /// Ours alone and non-blocking: try, and wait when there is nothing.
    case nonBlocking
    /// A socket that others may share: non-blocking call by call (MSG_DONTWAIT).
    case socket
    /// Shared with other programs, so its mode may not be changed: wait until it is ready, then call on a thread.
    case shared
    /// Cannot be waited for: call on a thread.
    case blocking
    /// Never blocks: `/dev/null` and its like.
    case immediate
  }

  /// What errors call it: a path, or words such as `standard input`.
  package let name: String
  let style: Style
  let interest: Interest?
  let threads: BlockingThreads
  private let number: Int32
  private let state: Lock<State>

  /// Takes over `number`, an open descriptor that nobody else uses or closes, and makes it non-blocking if it is a
  /// pipe, a socket, a terminal or the like.
  ///
  /// - Throws: if `number` is not open, or no descriptor is left to wait with. `number` is closed then.
  package convenience init(
    owning number: Int32, name: String, threads: BlockingThreads = .shared
  ) throws(SystemError) {
    try self.init(owning: number, name: name, waitsFirst: false, threads: threads)
  }

  convenience init(
    owning number: Int32, name: String, waitsFirst: Bool, threads: BlockingThreads
  ) throws(SystemError) {
    guard DescriptorLimit.leavesSome(beside: number) else {
      _ = Glibc.close(number)
      throw SystemError(errno: EMFILE, operation: .openReading, path: name)
    }
    do {
      let style = try Style(of: number, name: name, isShared: false)
      try self.init(number, name: name, style: style, waitsFirst: waitsFirst, threads: threads)
    } catch {
      _ = Glibc.close(number)
      throw error
    }
  }

  /// Takes `number` as it is; it stays open if this throws.
  ///
  /// - Parameter waitsFirst: whether the first read is to wait before it tries: a named pipe without a writer has an
  ///   end to be read already.
  init(
    _ number: Int32, name: String, style: Style, waitsFirst: Bool = false, threads: BlockingThreads
  ) throws(SystemError) {
    state = Lock(State(waitsFirst: waitsFirst))
    Signals.ignoreBrokenPipes()
    self.number = number
    self.name = name
    self.style = style
    self.threads = threads
    switch style {
    case .nonBlocking, .socket, .shared: interest = try Readiness.shared().interest(in: number, name: name)
    case .blocking, .immediate: interest = nil
    }
  }

  deinit { close() }

  /// Whether ``close()`` was called.
  package var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Whether it is a terminal.
  package var isTerminal: Bool { withNumber { isatty($0) == 1 } ?? false }

  /// Closes it; waits for it end with an error. Closing again does nothing.
  ///
  /// What close(2) says is not looked at: Linux has released the descriptor in any case, and whether data has
  /// reached the disk is what ``sync(metadata:)`` is for.
  package func close() {
    let isFirst = state.withLock { state in
      defer { state.isClosed = true }
      return !state.isClosed
    }
    guard isFirst else { return }
    // Before the number is given back, since the set would report it to whoever has it next.
    interest?.close()
    release()
  }

  /// Runs `body` with the system's number for it, which stays open that long even if ``close()`` is called meanwhile.
  ///
  /// - Throws: what `body` throws, and ``SystemError`` if it was closed before.
  func use<Result>(
    _ operation: SystemError.Operation, _ body: (Int32) throws(SystemError) -> Result
  ) throws(SystemError) -> Result {
    guard hold() else { throw SystemError(errno: EBADF, operation: operation, path: name) }
    defer { release() }
    return try body(number)
  }

  /// Runs `body` with the system's number for it, which stays open that long; `nil` if it was closed before.
  package func withNumber<Result>(_ body: (Int32) -> Result) -> Result? {
    guard hold() else { return nil }
    defer { release() }
    return body(number)
  }

  /// Whether the next read is to wait before it tries.
  var waitsFirst: Bool { state.withLock { $0.waitsFirst } }

  func hasWaited() { state.withLock { $0.waitsFirst = false } }

  private func hold() -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.holders += 1
      return true
    }
  }

  /// One holder fewer; the last one closes. The descriptor itself holds it once, until `close()`.
  private func release() {
    let isLast = state.withLock { state in
      state.holders -= 1
      return state.holders == 0
    }
    if isLast { _ = Glibc.close(number) }
  }

  private struct State {
    var isClosed = false
    var holders = 1
    var waitsFirst: Bool
  }
}
