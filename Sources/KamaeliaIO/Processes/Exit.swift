import CSystem

/// How a program ended.
package enum Exit: Hashable, Sendable, CustomStringConvertible {
  /// By itself, with a status of 0...255; 0 says that all went well.
  case exited(Int32)
  /// By a signal.
  case signalled(Int32)

  package var isSuccess: Bool { self == .exited(0) }

  /// As a shell has it in `$?`: 128 more than the number of a signal.
  package var shellStatus: Int32 {
    switch self {
    case .exited(let status): status
    case .signalled(let signal): 128 + signal
    }
  }

  /// Such as `exit status 3` or `ended by SIGKILL`.
  package var description: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .signalled(let signal): "ended by \(Signals.name(of: signal))"
    }
  }

  init(_ end: csys_end) {
    self = end.exited ? .exited(end.number) : .signalled(end.number)
  }
}
