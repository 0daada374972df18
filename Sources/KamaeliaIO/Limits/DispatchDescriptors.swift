import Dispatch
import Glibc

/// The descriptors that Dispatch keeps for itself: an epoll set, an event and a timer.
///
/// Dispatch opens them when it first needs them, and traps where none is left then.
package enum DispatchDescriptors {
  /// What is free for Dispatch's own and for the little that any graph opens: its output, a file, a program with its pipes.
  private static let fewest = 16

  /// Has Dispatch open them now.
  ///
  /// - Throws: ``SystemError`` where fewer than 16 descriptors are free.
  package static func open() throws(SystemError) {
    try expectRoom()
    let hasFired = DispatchSemaphore(value: 0)
    let source = DispatchSource.makeTimerSource(flags: .strict)
    source.setEventHandler { hasFired.signal() }
    // Not at once: that would not need the timer.
    source.schedule(deadline: .now() + .milliseconds(1))
    source.activate()
    hasFired.wait()
    source.cancel()
  }

  private static func expectRoom() throws(SystemError) {
    // Looked at rather than tried: who takes the last ones for a moment may take them from Dispatch.
    var free = 0
    var number: Int32 = 0
    while free < fewest {
      guard number < DescriptorLimit.current else { throw SystemError(errno: EMFILE, operation: .wait, path: "timers") }
      if fcntl(number, F_GETFD) < 0 { free += 1 }
      number += 1
    }
  }
}
