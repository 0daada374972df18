import Glibc

/// Writes bytes to a descriptor at once, without a buffer.
package struct ByteWriter: Sendable {
  /// Why bytes could not be written.
  package enum Failure: Error, Hashable {
    /// The reader has gone (EPIPE).
    case closed
    /// The system's error number.
    case system(Int32)
  }

  private let descriptor: Int32

  package init(descriptor: Int32) { self.descriptor = descriptor }

  /// Writes all of `text` before it returns; waits where the descriptor is full, whether it blocks or not.
  ///
  /// SIGPIPE must be ignored, or it ends the program before the failure can be told.
  package func write(_ text: String) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        bytes = bytes.dropFirst(count)
        continue
      }
      switch errno {
      case EINTR: continue
      case EAGAIN: waitForRoom()
      case EPIPE: throw .closed
      default: throw .system(errno)
      }
    }
  }

  private func waitForRoom() {
    var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    // Whatever it returns, the next write tells what is the matter.
    _ = poll(&request, 1, -1)
  }
}
