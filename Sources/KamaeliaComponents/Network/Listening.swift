import Kamaelia
import KamaeliaIO

/// Opens the sockets of a server that listens to a host of this machine.
enum Listening {
  /// One listener for each address of `host`, all on the same port. Addresses that this machine does not have, such as
  /// `::1` where IPv6 is off, are passed over if there are others.
  ///
  /// - Parameter port: 0 lets the system choose.
  /// - Throws: ``HostUnknown``, or ``SystemError``, `isInUse` where the port is taken.
  static func open(host: String, port: UInt16, options: StreamOptions) async throws -> [Listener] {
    let addresses = try await outside { try await HostLookup.addresses(of: host, port: port) }
    var attempts = 0
    while true {
      do throws(SystemError) {
        return try listeners(on: addresses, options)
      } catch {
        // A port that is free at one address and taken at another.
        guard port == 0, error.isInUse, attempts < 16 else { throw error }
        attempts += 1
      }
    }
  }

  private static func listeners(
    on addresses: [SocketAddress], _ options: StreamOptions
  ) throws(SystemError) -> [Listener] {
    var listeners: [Listener] = []
    var missing: SystemError?
    var seen: Set<SocketAddress> = []
    for var address in addresses where seen.insert(address).inserted {
      if address.port == 0, let first = listeners.first { address.port = first.address.port }
      do throws(SystemError) {
        listeners.append(try Listener(on: address, options: options))
      } catch {
        guard error.isNotHere else { throw error }
        missing = error
      }
    }
    if listeners.isEmpty, let missing { throw missing }
    return listeners
  }
}
