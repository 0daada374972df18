import Fixtures
import Foundation
import Glibc
import KamaeliaIO
import Synchronization
import Testing

/// Networks of their own on this machine, which take root and `ip` to make, and are gone with ``remove()``.
struct Namespaces {
  /// Whether this machine lets us have them.
  static let areAllowed: Bool = {
    guard geteuid() == 0, Program.find("python3") != nil else { return false }
    return (try? Namespaces(["try"]).remove()) != nil
  }()

  private static let made = Atomic<Int>(0)
  private let prefix: String
  private let names: [String]

  /// - Parameter names: short words, one for each.
  init(_ names: [String]) throws {
    prefix = "k\(getpid())-\(Self.made.add(1, ordering: .relaxed).newValue)"
    self.names = names
    try Self.ip([], names.map { "netns add \(prefix)\($0)" })
    for name in names { try ip(in: name, "link set lo up") }
  }

  func remove() throws { try Self.ip([], names.map { "netns delete \(prefix)\($0)" }) }

  /// What the system calls it, for `ip netns exec` and `/run/netns`.
  subscript(name: String) -> String { prefix + name }

  /// Lays a cable between two, whose ends have a name and an address: `("hub", "lan", "10.77.0.1/24")`.
  func connect(_ one: (String, String, String), _ other: (String, String, String)) throws {
    try Self.ip(
      [],
      ["link add \(one.1) netns \(self[one.0]) type veth peer name \(other.1) netns \(self[other.0])"])
    for (name, interface, address) in [one, other] {
      try ip(in: name, "addr add \(address) dev \(interface)", "link set \(interface) up")
    }
  }

  /// Lets `ip` do something in one of them.
  func ip(in name: String, _ lines: String...) throws { try Self.ip(["-n", self[name]], lines) }

  /// The words that run a program in one of them.
  func program(_ words: [String], in name: String) throws -> [String] {
    [try #require(Program.find("ip")), "netns", "exec", self[name]] + words
  }

  private static func ip(_ options: [String], _ lines: [String]) throws {
    let end = try FinishedProgram.run(["ip"] + options + ["-batch", "-"], input: lines.joined(separator: "\n") + "\n")
    guard let end, end.status == 0 else { throw NoNetwork(description: "ip: \(end?.output ?? "is missing")") }
  }

  private struct NoNetwork: Error, CustomStringConvertible { let description: String }
}
