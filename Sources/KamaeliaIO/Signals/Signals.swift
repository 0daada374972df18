import CSystem
import Glibc

/// Signals of the process, told to tasks.
package enum Signals {
  private static let broken: Void = { _ = csys_signal_ignore(SIGPIPE) }()

  /// Ignores SIGPIPE for the whole process, so that a write to a reader that has gone gives `EPIPE`.
  ///
  /// Every ``Descriptor`` does this first; programs that are started get the default action back.
  package static func ignoreBrokenPipes() { broken }
}

extension Signals {
  /// The name of a signal, such as `SIGTERM`; `signal 99` for a number without one.
  package static func name(of number: Int32) -> String {
    guard let name = csys_signal_name(number) else { return "signal \(number)" }
    return "SIG" + String(cString: name)
  }
}
