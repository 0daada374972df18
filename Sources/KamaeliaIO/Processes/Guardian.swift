import CSystem
import Glibc

/// A process beside ours that kills the groups of our programs when we are gone.
///
/// PR_SET_PDEATHSIG reaches a program but not what the program has started. The guardian reads a pipe from us and
/// does nothing until its end, which comes with our death, whatever its cause.
final class Guardian: Sendable {
  private static let made = Lock<Guardian?>(nil)

  /// The one of this process, made with the first program.
  ///
  /// - Throws: if descriptors or processes have run out; the next use tries again.
  static func shared() throws(SystemError) -> Guardian {
    try made.withLock { made throws(SystemError) in
      if let made { return made }
      let guardian = try Guardian()
      made = guardian
      return guardian
    }
  }

  private let stream: Int32

  private init() throws(SystemError) {
    let (reading, writing) = try Descriptor.rawPipe(named: "the guardian")
    defer { _ = close(reading) }
    guard csys_guard(reading) > 0 else {
      let error = SystemError.latest(.start, "the guardian")
      _ = close(writing)
      throw error
    }
    stream = writing
  }

  func add(_ group: Int32) { tell(csys_guarded(group: group, add: 1)) }

  /// Before the number can be anybody else's, that is before the process is reaped.
  func remove(_ group: Int32) { tell(csys_guarded(group: group, add: 0)) }

  private func tell(_ record: csys_guarded) {
    // The guardian reads at once and does little, so this does not block; if somebody has killed it, the error is
    // EPIPE, and programs are still told of our death by the kernel.
    withUnsafeBytes(of: record) { bytes in
      while write(stream, bytes.baseAddress, bytes.count) < 0 && errno == EINTR {}
    }
  }
}
