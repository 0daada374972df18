import CSystem
import Glibc

extension Connection {
  /// Connects to `address`.
  ///
  /// How long it takes is the caller's matter: cancellation ends it at once.
  ///
  /// - Throws: ``SystemError``, `isRefused` where nobody listens; `CancellationError`.
  package static func open(
    to address: SocketAddress, options: StreamOptions = StreamOptions(), threads: BlockingThreads = .shared
  ) async throws -> Connection {
    try Task.checkCancellation()
    var raw = address.raw
    var isPending = false
    let number = try system(.connect, "\(address)") { csys_connect(&raw, &isPending) }
    let connection = try Connection(owning: number, peer: address, options: options, threads: threads)
    guard isPending else { return connection }
    do {
      _ = try await connection.descriptor.wait(for: .writing)
      let error = try connection.descriptor.use(.connect) { csys_socket_error($0) }
      if error != 0 { throw SystemError(errno: error, operation: .connect, path: "\(address)") }
      return connection
    } catch {
      connection.close()
      throw error
    }
  }

  /// Connects to the first of `addresses` that answers.
  ///
  /// - Throws: the error of the last one, where none does; `CancellationError`.
  package static func open(
    toOneOf addresses: [SocketAddress], options: StreamOptions = StreamOptions(), threads: BlockingThreads = .shared
  ) async throws -> Connection {
    var last: SystemError?
    for address in addresses {
      do { return try await open(to: address, options: options, threads: threads) } catch let error as SystemError {
        last = error
      }
    }
    throw last ?? SystemError(errno: EDESTADDRREQ, operation: .connect, path: "")
  }
}
