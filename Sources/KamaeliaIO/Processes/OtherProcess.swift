import CSystem
import Glibc

/// A process that this one has not started.
package enum OtherProcess {
  /// Waits until the process with that number has ended; returns at once where there is none.
  ///
  /// - Throws: ``SystemError`` where the system cannot tell of its end; `CancellationError`, at once, when the task is cancelled.
  package static func end(of pid: Int32) async throws {
    guard pid > 0 else { return }
    let pidfd = csys_pidfd(pid)
    guard pidfd >= 0 else {
      if errno == ESRCH { return }
      throw SystemError.latest(.wait, "process \(pid)")
    }
    defer { _ = close(pidfd) }
    let interest = try Readiness.shared().interest(in: pidfd, name: "process \(pid)")
    defer { interest.close() }
    _ = try await interest.wait(for: .reading)
  }
}
