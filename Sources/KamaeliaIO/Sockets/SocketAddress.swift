import CSystem

/// The address of one end of a socket.
package enum SocketAddress: Sendable, Hashable {
  /// Four octets in the order in which they are written, and a port.
  case v4([UInt8], port: UInt16)
  /// Sixteen octets, a port, and the number of the interface that an address of one link only is meant on, or 0.
  case v6([UInt8], port: UInt16, scope: UInt32)
  /// A path in the file system.
  case unix(String)
  /// A peer without a name.
  case nameless

  /// The longest path of a socket, in bytes: unix(7).
  package static let longestPath = 107

  /// Reads digits such as `127.0.0.1`, `::1` or `fe80::1%eth0`; nil for anything else, a name included.
  package init?(digits: String, port: UInt16) {
    var raw = csys_address()
    guard !digits.utf8.contains(0), csys_read_address(digits, &raw) == 0 else { return nil }
    raw.port = port
    self.init(raw)
  }

  init(_ raw: csys_address) {
    let octets = withUnsafeBytes(of: raw.octets) { [UInt8]($0) }
    switch UInt32(bitPattern: raw.family) {
    case CSYS_V4.rawValue: self = .v4([UInt8](octets[..<4]), port: raw.port)
    case CSYS_V6.rawValue: self = .v6(octets, port: raw.port, scope: raw.scope)
    case CSYS_UNIX.rawValue:
      let path = withUnsafeBytes(of: raw.path) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      self = path.isEmpty ? .nameless : .unix(path)
    default: self = .nameless
    }
  }

  var raw: csys_address {
    var raw = csys_address()
    switch self {
    case .v4(let octets, let port):
      raw.family = Int32(CSYS_V4.rawValue)
      raw.port = port
      withUnsafeMutableBytes(of: &raw.octets) { $0.copyBytes(from: octets.prefix(4)) }
    case .v6(let octets, let port, let scope):
      raw.family = Int32(CSYS_V6.rawValue)
      raw.port = port
      raw.scope = scope
      withUnsafeMutableBytes(of: &raw.octets) { $0.copyBytes(from: octets.prefix(16)) }
    case .unix(let path):
      raw.family = Int32(CSYS_UNIX.rawValue)
      withUnsafeMutableBytes(of: &raw.path) { $0.copyBytes(from: path.utf8.prefix(Self.longestPath)) }
    case .nameless: break
    }
    return raw
  }

  /// The port; 0 where it has none.
  package var port: UInt16 {
    get {
      switch self {
      case .v4(_, let port), .v6(_, let port, _): port
      case .unix, .nameless: 0
      }
    }
    set {
      switch self {
      case .v4(let octets, _): self = .v4(octets, port: newValue)
      case .v6(let octets, _, let scope): self = .v6(octets, port: newValue, scope: scope)
      case .unix, .nameless: break
      }
    }
  }

  /// The host alone, in digits: `127.0.0.1`, `fe80::1%eth0`; a path as it is.
  package var host: String {
    switch self {
    case .v4, .v6:
      var raw = raw
      return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
        guard let start = text.baseAddress else { return "" }
        csys_write_address(&raw, start)
        return String(cString: start)
      }
    case .unix(let path): return path
    case .nameless: return ""
    }
  }

  /// Whether it names a group that many may listen to: 224.0.0.0/4 or ff00::/8.
  package var isGroup: Bool {
    switch self {
    case .v4(let octets, _): octets[0] & 0xF0 == 0xE0
    case .v6(let octets, _, _): octets[0] == 0xFF
    case .unix, .nameless: false
    }
  }

  /// The address of the same family that stands for all of this machine's.
  package var anyHost: SocketAddress {
    switch self {
    case .v6(_, let port, _): .v6([UInt8](repeating: 0, count: 16), port: port, scope: 0)
    default: .v4([0, 0, 0, 0], port: port)
    }
  }
}

extension SocketAddress: CustomStringConvertible {
  /// As people write it: `127.0.0.1:1500`, `[::1]:1500`, a path.
  package var description: String {
    switch self {
    case .v4: "\(host):\(port)"
    case .v6: "[\(host)]:\(port)"
    case .unix(let path): path
    case .nameless: "nameless"
    }
  }
}
