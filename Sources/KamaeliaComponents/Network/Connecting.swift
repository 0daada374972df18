import Kamaelia
import KamaeliaIO

/// Connects with a limit of time.
enum Connecting {
  /// The connection that `open` makes.
  ///
  /// - Throws: what `open` throws; ``NoAnswer`` where it takes longer than `time`.
  static func within(
    _ time: Duration, to target: String, _ open: @escaping @Sendable () async throws -> Connection
  ) async throws -> Connection {
    guard let connection = try await withTimeLimit(time, { try await outside { try await open() } }) else {
      throw NoAnswer(target: target, time: time)
    }
    return connection
  }
}

extension Connection {
  /// Looks up a host and connects to it over TCP.
  static func open(to address: Address, unanswered: Duration?) async throws -> Connection {
    let addresses = try await HostLookup.addresses(of: address.host, port: address.port ?? 0)
    return try await open(toOneOf: addresses, options: StreamOptions(unanswered: unanswered))
  }
}

/// A connection did not come about in time.
struct NoAnswer: Error, CustomStringConvertible {
  let target: String
  let time: Duration
  var description: String { "cannot connect to \(target): no answer within \(time.text)" }
}

extension Error {
  /// Whether another attempt may go better: nothing but the network, or the other end, is to blame.
  var isOfTheNetwork: Bool { self is SystemError || self is HostUnknown || self is NoAnswer }
}
