import CSystem
import Glibc

/// A process that a program has started outside of its group, such as a daemon in a session of its own.
final class Stray: Sendable {
  let pid: Int32
  // Not its number: that may be another's by the time that it is told something.
  private let pidfd: Int32

  private init?(_ pid: Int32) {
    pidfd = csys_pidfd(pid)
    guard pidfd >= 0 else { return nil }
    self.pid = pid
  }

  deinit { _ = close(pidfd) }

  /// Those of a program that runs.
  static func descendants(of program: Int32) -> [Stray] {
    ProcessGroup.descendants(of: program).compactMap { Stray($0) }
  }

  func signal(_ number: Int32) { _ = csys_signal_pidfd(pidfd, number) }

  var hasEnded: Bool {
    var question = pollfd(fd: pidfd, events: Int16(POLLIN), revents: 0)
    return poll(&question, 1, 0) > 0
  }
}
