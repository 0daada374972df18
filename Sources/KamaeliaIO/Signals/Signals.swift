import CSystem
import Glibc

/// Signals of the process.
package enum Signals {
  private static let broken: Void = { _ = csys_signal_ignore(SIGPIPE) }()

  /// As process 1, as which a container may run us, has the system reap those whom we get as children because their parents have
  /// ended; nobody else would.
  package static func reapAsProcessOne() {
    guard getpid() == 1 else { return }
    _ = csys_signal_ignore(SIGCHLD)
    while waitpid(-1, nil, WNOHANG) > 0 {}
  }

  /// Ignores SIGPIPE for the whole process, so that a write to a reader that has gone gives `EPIPE`.
  ///
  /// Every ``Descriptor`` does this first; programs that are started get the default action back.
  package static func ignoreBrokenPipes() { broken }

  /// Calls `body` with the number whenever one of `signals` comes, and no longer ends the process for it.
  ///
  /// It is called one signal at a time on a queue that others need: it must not block. Each signal that strikes is
  /// told; but of equal ones that come before this process has had a processor to take the first, the system keeps one. SIGHUP stays ignored if it was when the process began, as after
  /// `nohup`.
  ///
  /// - Returns: what keeps this so; with the last one for a signal its default action comes back.
  /// - Throws: ``SystemError`` for a signal that cannot be caught, or if no descriptor is left.
  package static func observe(
    _ signals: [Int32], _ body: @escaping @Sendable (Int32) -> Void
  ) throws(SystemError) -> Observation {
    try Switchboard.shared().observe(signals, body)
  }

  /// The numbers of those of `signals` that come, until the task that reads them is cancelled; the oldest are dropped
  /// when more than 64 wait.
  package static func stream(of signals: [Int32]) throws(SystemError) -> AsyncStream<Int32> {
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self, bufferingPolicy: .bufferingNewest(64))
    let observation = try observe(signals) { continuation.yield($0) }
    continuation.onTermination = { _ in observation.end() }
    return stream
  }

  /// Ends an observation with the last reference to it, or before.
  package final class Observation: Sendable {
    private let finish: @Sendable () -> Void

    init(_ finish: @escaping @Sendable () -> Void) { self.finish = finish }

    deinit { finish() }

    /// Ends it; ending again does nothing.
    package func end() { finish() }
  }

  /// The name of a signal, such as `SIGTERM`; `signal 99` for a number without one.
  package static func name(of number: Int32) -> String {
    guard let name = csys_signal_name(number) else { return "signal \(number)" }
    return "SIG" + String(cString: name)
  }
}
