import Dispatch
import Glibc

/// The descriptors that Dispatch keeps for itself: an epoll set, an event and a timer.
package enum DispatchDescriptors {
  private static let count = 3

  /// Has Dispatch open them now. By itself it does so when it first needs them, and traps where none is left then.
  ///
  /// - Throws: ``SystemError`` if there is no room for them.
  package static func open() throws(SystemError) {
    var tried: [Int32] = []
    defer { for descriptor in tried { _ = close(descriptor) } }
    for _ in 0..<count { tried.append(try system(.wait, "timers") { Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC) }) }
    for descriptor in tried { _ = close(descriptor) }
    tried = []
    let hasFired = DispatchSemaphore(value: 0)
    let source = DispatchSource.makeTimerSource(flags: .strict)
    source.setEventHandler { hasFired.signal() }
    // Not at once: that would not need the timer.
    source.schedule(deadline: .now() + .milliseconds(1))
    source.activate()
    hasFired.wait()
    source.cancel()
  }
}
