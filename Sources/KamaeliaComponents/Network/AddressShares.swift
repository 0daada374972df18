import KamaeliaIO

/// Counts the connections of each address, so that none takes more than its share.
///
/// An address of IPv6 stands for its network of 64 bits, since a single peer has all of those.
actor AddressShares {
  /// What connections are counted by.
  private struct Origin: Hashable {
    let octets: [UInt8]
  }

  private let most: Int
  /// Whether connections from this machine itself count.
  private let countsOwn: Bool
  private var counts: [Origin: Int] = [:]

  /// - Parameters:
  ///   - most: connections of one address; nil for a tenth of `all`, 256 at least, and any number from this machine.
  ///   - all: how many connections there may be at once.
  init(most: Int?, of all: Int) {
    self.most = most ?? max(256, all / 10)
    countsOwn = most != nil
  }

  /// Takes a place for a connection from `peer`.
  ///
  /// - Returns: false where its address has its share already.
  func take(_ peer: SocketAddress) -> Bool {
    guard let origin = origin(of: peer) else { return true }
    guard counts[origin, default: 0] < most else { return false }
    counts[origin, default: 0] += 1
    return true
  }

  /// Gives the place back.
  func give(_ peer: SocketAddress) {
    guard let origin = origin(of: peer) else { return }
    let left = (counts[origin] ?? 1) - 1
    counts[origin] = left > 0 ? left : nil
  }

  /// Nil for those that are not counted.
  private func origin(of peer: SocketAddress) -> Origin? {
    switch peer {
    case .v4(let octets, _): !countsOwn && octets[0] == 127 ? nil : Origin(octets: octets)
    case .v6(let octets, _, _):
      !countsOwn && octets == [UInt8](repeating: 0, count: 15) + [1] ? nil : Origin(octets: Array(octets[..<8]))
    case .unix, .nameless: nil
    }
  }
}
