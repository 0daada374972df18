import CSystem
import Glibc

/// Finds the addresses of a host.
package enum HostLookup {
  /// The addresses of `host`, the preferred one first; at least one. Digits are read at once, names are looked up on a
  /// thread, which goes on for itself where the task is cancelled.
  ///
  /// - Throws: ``HostUnknown``; `CancellationError`.
  package static func addresses(
    of host: String, port: UInt16, threads: BlockingThreads = .shared
  ) async throws -> [SocketAddress] {
    if let address = SocketAddress(digits: host, port: port) { return [address] }
    guard !host.utf8.contains(0), !host.isEmpty else {
      throw HostUnknown(host: host, reason: "that is no name of a host")
    }
    return try await threads.offloadUntilCancelled {
      var found = [csys_address](repeating: csys_address(), count: Self.most)
      let count = csys_lookup(host, &found, Int32(Self.most))
      guard count > 0 else {
        let reason = count == 0 ? "it has no address" : String(cString: csys_lookup_text(count, errno))
        throw HostUnknown(host: host, reason: reason)
      }
      return found[..<Int(count)].map {
        var address = SocketAddress($0)
        address.port = port
        return address
      }
    }
  }

  /// More addresses of one host are not tried.
  private static let most = 16
}

/// A host's name leads nowhere.
package struct HostUnknown: Error, Hashable, CustomStringConvertible {
  package let host: String
  /// The system's words.
  package let reason: String

  package var description: String { "cannot find the host `\(host)`: \(reason)" }
}
