import Kamaelia
import KamaeliaIO

/// Opens the sockets of a component that listens to a host of this machine.
enum Listening {
  /// One listener for each address of `host`, all on the same port; see `openAll`.
  static func open(host: String, port: UInt16, options: StreamOptions) async throws -> [Listener] {
    try await openAll(host: host, port: port, at: { $0.address }) {
      address throws(SystemError) in try Listener(on: address, options: options)
    }
  }

  /// One socket for each address of `host`, all on the same port. Addresses that this machine does not have, such as
  /// `::1` where IPv6 is off, are passed over if there are others.
  ///
  /// - Parameters:
  ///   - port: 0 lets the system choose.
  ///   - address: where a socket has come to be.
  /// - Throws: ``HostUnknown``, or ``SystemError``, `isInUse` where the port is taken.
  static func openAll<Socket>(
    host: String, port: UInt16, at address: (Socket) -> SocketAddress,
    _ make: (SocketAddress) throws(SystemError) -> Socket
  ) async throws -> [Socket] {
    let addresses = try await outside { try await HostLookup.addresses(of: host, port: port) }
    var attempts = 0
    while true {
      do throws(SystemError) {
        return try sockets(on: addresses, at: address, make)
      } catch {
        // A port that is free at one address and taken at another.
        guard port == 0, error.isInUse, attempts < 16 else { throw error }
        attempts += 1
      }
    }
  }

  private static func sockets<Socket>(
    on addresses: [SocketAddress], at place: (Socket) -> SocketAddress,
    _ make: (SocketAddress) throws(SystemError) -> Socket
  ) throws(SystemError) -> [Socket] {
    var sockets: [Socket] = []
    var missing: SystemError?
    var seen: Set<SocketAddress> = []
    for var address in addresses where seen.insert(address).inserted {
      if address.port == 0, let first = sockets.first { address.port = place(first).port }
      do throws(SystemError) {
        sockets.append(try make(address))
      } catch {
        guard error.isNotHere else { throw error }
        missing = error
      }
    }
    if sockets.isEmpty, let missing { throw missing }
    return sockets
  }
}
