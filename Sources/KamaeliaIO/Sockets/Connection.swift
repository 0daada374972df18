import CSystem
import Glibc
import Synchronization

/// A stream between two programs, over TCP or through the file system; closed with the last reference to it.
///
/// Reads and writes wait as those of ``Descriptor`` do: without holding a thread, and without a buffer while nothing
/// is there. Each direction ends by itself.
package final class Connection: Sendable {
  /// The other end.
  package let peer: SocketAddress
  /// What errors and people call the other end: `127.0.0.1:50123`, `process 812`.
  package let name: String
  package let descriptor: Descriptor
  private let moves = Atomic<Int>(0)
  private let heard = Atomic<Bool>(false)

  /// Takes over `number`, a connected socket.
  init(
    owning number: Int32, peer: SocketAddress, options: StreamOptions, threads: BlockingThreads
  ) throws(SystemError) {
    let name: String
    switch peer {
    case .v4, .v6:
      options.set(on: number)
      name = "\(peer)"
    case .unix, .nameless:
      let process = csys_peer_process(number)
      name = process > 0 ? "process \(process)" : "a process"
    }
    self.name = name
    self.peer = peer
    descriptor = try Descriptor(owning: number, name: name, threads: threads)
  }

  /// This end.
  package var local: SocketAddress {
    var raw = csys_address()
    _ = descriptor.withNumber { csys_local_address($0, &raw) }
    return SocketAddress(raw)
  }

  /// Reads what there is, at most `count` bytes, and waits if there is nothing.
  ///
  /// - Returns: one byte or more; nothing when the peer sends no more, or after ``stopReading()``.
  /// - Throws: ``SystemError``, `isBrokenPipe` where the peer has reset the connection; `CancellationError`.
  package func read(upTo count: Int) async throws -> [UInt8] {
    if isReadingStopped { return [] }
    let bytes = try await descriptor.read(upTo: count)
    guard !bytes.isEmpty else { return bytes }
    moves.add(1, ordering: .relaxed)
    if !hasReceived { heard.store(true, ordering: .relaxed) }
    return bytes
  }

  /// Writes all of `bytes`, and waits while the peer takes nothing.
  ///
  /// - Throws: ``SystemError``, `isBrokenPipe` where the peer is gone; `CancellationError`, after which an unknown part
  ///   is written.
  package func write(_ bytes: [UInt8]) async throws {
    try await descriptor.write(bytes)
    moves.add(1, ordering: .relaxed)
  }

  /// Writes as many of `bytes` as there is room for, and never waits.
  ///
  /// - Returns: how many there was room for.
  /// - Throws: ``SystemError``, `isBrokenPipe` where the peer is gone.
  package func writeAtOnce(_ bytes: [UInt8]) throws(SystemError) -> Int {
    guard let count = try descriptor.writeAtOnce(bytes) else { return 0 }
    moves.add(1, ordering: .relaxed)
    return count
  }

  /// Waits until there is room for more.
  ///
  /// - Throws: ``SystemError``, `isBrokenPipe` where the peer is gone; `CancellationError`.
  package func untilWritable() async throws {
    if case .hungUp = try await descriptor.wait(for: .writing) {
      throw SystemError(errno: EPIPE, operation: .write, path: name)
    }
  }

  /// Whether nothing has come that is not read yet, and the peer has not ended or reset the connection.
  package var isQuiet: Bool {
    descriptor.withNumber { number in
      var byte: UInt8 = 0
      return recv(number, &byte, 1, Int32(MSG_PEEK | MSG_DONTWAIT)) < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)
    } ?? false
  }

  /// Whether anything has come from the peer.
  package var hasReceived: Bool { heard.load(ordering: .relaxed) }

  /// How many reads and writes have moved bytes: a number that stays the same while nothing happens.
  package var activity: Int { moves.load(ordering: .relaxed) }

  /// Reads no more: a read that waits gets what is there and then the end. The peer does not notice.
  package func stopReading() { descriptor.interest?.stopReading() }

  /// Whether ``stopReading()`` was called.
  package var isReadingStopped: Bool { descriptor.interest?.isReadingStopped ?? false }

  /// Reads what still comes, also after ``stopReading()``.
  ///
  /// - Returns: one byte or more; nothing when the peer sends no more.
  /// - Throws: as ``read(upTo:)``.
  package func drain(upTo count: Int) async throws -> [UInt8] { try await descriptor.read(upTo: count, by: .draining) }

  /// Reads past all that still comes, also after ``stopReading()``, until the peer sends no more.
  package func drain() async throws { while try await !drain(upTo: 16_384).isEmpty {} }

  /// Writes no more: the peer sees the end behind what was written, and can still be read from.
  package func finishWriting() { _ = descriptor.withNumber { csys_shutdown($0, 1) } }

  /// Waits until the other end is gone, for one who has read to the end and does not write now.
  ///
  /// - Throws: ``SystemError`` when it was reset or closed on this side; `CancellationError`.
  package func untilGone() async throws {
    while true {
      _ = try await descriptor.wait(for: .end)
      let error = try descriptor.use(.read) { csys_socket_error($0) }
      if error != 0 { throw SystemError(errno: error, operation: .read, path: name) }
      return
    }
  }

  /// Ends both directions at once; what was written may be lost.
  package func close() { descriptor.close() }

  /// Ends it with a reset in place of an end, so that the peer learns that what it got is not all.
  package func reset() {
    _ = descriptor.withNumber { csys_reset_on_close($0) }
    descriptor.close()
  }
}
