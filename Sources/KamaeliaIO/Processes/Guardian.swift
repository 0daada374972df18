import CSystem
import Glibc

/// A process beside ours that starts our programs, and ends what is left of them when we are gone.
///
/// It is the parent of programs and, as a subreaper, of all that they leave behind, in whatever session: so it can find them, and
/// leaves no zombies. It ends, and kills them, at the end of the stream that we hold the other end of, which comes with our
/// death, whatever its cause.
final class Guardian: Sendable {
  private static let made = Lock<Guardian?>(nil)

  /// The one of this process, made with the first program.
  ///
  /// - Throws: if descriptors or processes have run out; the next use tries again.
  static func shared() throws(SystemError) -> Guardian {
    try made.withLock { made throws(SystemError) in
      if let made, made.isThere { return made }
      let guardian = try Guardian()
      made = guardian
      return guardian
    }
  }

  /// Ends the one there is, with all that programs have left behind, and waits for that; two seconds at most.
  static func end() {
    let guardian = made.withLock { made in
      defer { made = nil }
      return made
    }
    guardian?.end()
  }

  private let pid: Int32
  /// Our end; an order and its answer at a time.
  private let stream: Lock<Int32>

  private init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    try system(.start, "the guardian") { csys_pair(&ends) }
    defer { _ = close(ends[1]) }
    pid = csys_guard(ends[1])
    guard pid > 0 else {
      let error = SystemError.latest(.start, "the guardian")
      _ = close(ends[0])
      throw error
    }
    stream = Lock(ends[0])
  }

  /// Whether it has not been ended by somebody else.
  private var isThere: Bool {
    var end = csys_end()
    return csys_ended(pid, &end) == 0
  }

  /// As `csys_start`.
  func start(_ program: UnsafePointer<csys_program>, _ started: UnsafeMutablePointer<csys_started>) -> Int32 {
    stream.withLock { csys_guardian_start($0, program, started) }
  }

  /// How a program has ended; nil while it runs. Programs do not outlive their guardian.
  func status(of pid: Int32) -> Exit? {
    var end = csys_end()
    switch stream.withLock({ csys_guardian_status($0, pid, &end) }) {
    case 0: return nil
    case 1: return Exit(end)
    default: return .signalled(SIGKILL)
    }
  }

  /// Waits, on the thread that calls, until a program has ended.
  func wait(for pid: Int32) -> Exit {
    while true {
      if let status = status(of: pid) { return status }
      usleep(2000)
    }
  }

  /// Gives the number of a program that has ended back to the system.
  func reap(_ pid: Int32) { _ = stream.withLock { csys_guardian_reap($0, pid) } }

  private func end() {
    stream.withLock { stream in
      _ = close(stream)
      // What is asked from now on finds nobody.
      stream = -1
    }
    let pidfd = csys_pidfd(pid)
    if pidfd >= 0 {
      var ended = pollfd(fd: pidfd, events: Int16(POLLIN), revents: 0)
      _ = poll(&ended, 1, 2000)
      _ = close(pidfd)
    }
    var end = csys_end()
    if csys_ended(pid, &end) == 1 { _ = csys_reap(pid) }
  }
}

/// The end of a process that starts programs.
package enum Programs {
  /// Ends what programs have left behind, in whatever session, and waits for that; two seconds at most. No program can be started
  /// while it does.
  package static func end() { Guardian.end() }
}
