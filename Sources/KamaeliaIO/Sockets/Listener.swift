import CSystem
import Glibc

/// A socket that takes connections, over TCP or through the file system.
///
/// Where the process has few descriptors left, it accepts nobody: who was accepted would ask, and there were none for the answer.
package final class Listener: Sendable {
  /// Where it listens, with the port that the system chose where 0 was asked for.
  package let address: SocketAddress
  private let descriptor: Descriptor
  private let options: StreamOptions
  private let threads: BlockingThreads
  /// Which file the path is, where it is one.
  private let file: FileIdentity?

  /// - Parameters:
  ///   - address: port 0 lets the system choose; a path must not exist.
  ///   - backlog: connections that wait to be accepted; the system may allow fewer.
  /// - Throws: ``SystemError``, `isInUse` where another program listens there.
  package init(
    on address: SocketAddress, backlog: Int = 1024, options: StreamOptions = StreamOptions(),
    threads: BlockingThreads = .shared
  ) throws(SystemError) {
    var raw = address.raw
    let number = try system(.listen, "\(address)") { csys_listen(&raw, Int32(clamping: backlog)) }
    _ = csys_local_address(number, &raw)
    self.address = SocketAddress(raw)
    self.options = options
    self.threads = threads
    file = if case .unix(let path) = self.address { FileIdentity(path) } else { nil }
    descriptor = try Descriptor(owning: number, name: "\(self.address)", threads: threads)
  }

  deinit { close() }

  /// What came of waiting for a connection.
  package enum Arrival: Sendable {
    case connection(Connection)
    /// There is no descriptor for it, and it still waits. Accept again after a pause.
    case noRoom(SystemError)
  }

  /// The next connection; waits for one.
  ///
  /// Connections that end before they are accepted are passed over.
  ///
  /// - Throws: ``SystemError``; `CancellationError`.
  package func accept() async throws -> Arrival {
    try Task.checkCancellation()
    while true {
      if hasRoom {
        if let arrival = try acceptIfReady() { return arrival }
      } else if isAsked {
        return .noRoom(SystemError(errno: EMFILE, operation: .accept, path: descriptor.name))
      }
      _ = try await descriptor.wait(for: .reading)
    }
  }

  /// Waits until somebody waits to be accepted.
  ///
  /// - Throws: ``SystemError``; `CancellationError`.
  package func untilAsked() async throws { while !isAsked { _ = try await descriptor.wait(for: .reading) } }

  /// The next connection if one waits; nil if there is none.
  private func acceptIfReady() throws(SystemError) -> Arrival? {
    while true {
      var raw = csys_address()
      let (number, code) = try descriptor.use(.accept) { (csys_accept($0, &raw), errno) }
      if number >= 0 {
        return .connection(
          try Connection(owning: number, peer: SocketAddress(raw), options: options, threads: threads))
      }
      let failure = SystemError(errno: code, operation: .accept, path: descriptor.name)
      switch code {
      case EAGAIN: return nil
      // The network's trouble with one connection, handed on by accept(2), and connections that are over already.
      case ECONNABORTED, ENETDOWN, EPROTO, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH, EPERM:
        continue
      case EMFILE, ENFILE, ENOBUFS, ENOMEM:
        return .noRoom(failure)
      default: throw failure
      }
    }
  }

  /// Takes no more connections; those that wait are reset.
  package func close() {
    // Another program may have taken the path meanwhile.
    if case .unix(let path) = address, !descriptor.isClosed, let file, file == FileIdentity(path) { _ = unlink(path) }
    descriptor.close()
  }

  /// Whether the next descriptor, whose number a copy of ours tells, leaves enough others.
  private var hasRoom: Bool {
    descriptor.withNumber { number in
      let next = fcntl(number, F_DUPFD_CLOEXEC, 0)
      guard next >= 0 else { return false }
      _ = Glibc.close(next)
      return DescriptorLimit.leavesMany(beside: next)
    } ?? true
  }

  /// Whether somebody waits to be accepted.
  private var isAsked: Bool {
    descriptor.withNumber { number in
      var question = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
      return poll(&question, 1, 0) > 0
    } ?? true
  }
}

/// Which file a path stands for.
private struct FileIdentity: Sendable, Equatable {
  private let device: dev_t
  private let number: ino_t

  /// - Returns: nil where there is none.
  init?(_ path: String) {
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return nil }
    (device, number) = (facts.st_dev, facts.st_ino)
  }
}
