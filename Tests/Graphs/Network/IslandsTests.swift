import Glibc
import KamaeliaIO
import Testing

/// Three multicast islands on one machine, told apart by their groups, and joined by tunnels.
@Suite(.timeLimit(.minutes(2)), .enabled(if: Program.find("python3") != nil, "python3 is missing"))
struct IslandsTests {
  @Test func `What is said on an island is heard once on each of the others, whole and without an echo`() async throws {
    let port = try freePort()
    let groups = (1...3).map { "239.77.\(port >> 8).\($0)" }
    let hub = try await running(
      "graphs/islands/hub.kgraph", "--set", "port=\(port)", "--set", "group=\(groups[0]):\(port)"
    ) { _ in
      try await untilListened(to: port)
      var islands: [Run] = []
      for group in groups[1...] {
        islands.append(
          try await Run(
            [
              "run", "graphs/islands/island.kgraph", "--set", "hub=127.0.0.1:\(port)", "--set",
              "group=\(group):\(port)",
            ], input: nil))
      }
      for island in islands { #expect(try await island.line() == "connected to 127.0.0.1:\(port)") }
      #expect(try await islanders(groups.map { "\($0):\(port)" }) == "all heard once\n")
      for island in islands {
        _ = island.child.signal(SIGTERM)
        #expect(try await island.finish().status == .exited(0))
      }
    }
    #expect(hub.status == .exited(0), "\(hub.errors)")
  }

  @Test(.enabled(if: Namespaces.areAllowed, "network namespaces take root and iproute2"))
  func `Between networks that share nothing but the tunnels it is the same`() async throws {
    let networks = try Namespaces(["hub", "one", "two", "home0", "home1", "home2"])
    defer { try? networks.remove() }
    for (number, island) in ["hub", "one", "two"].enumerated() {
      try networks.connect((island, "lan", "10.7\(number).0.1/24"), ("home\(number)", "lan", "10.7\(number).0.2/24"))
      for place in [island, "home\(number)"] { try networks.ip(in: place, "route add 224.0.0.0/4 dev lan") }
    }
    try networks.connect(("hub", "to-one", "10.8.1.1/24"), ("one", "to-hub", "10.8.1.2/24"))
    try networks.connect(("hub", "to-two", "10.8.2.1/24"), ("two", "to-hub", "10.8.2.2/24"))
    let hub = try await Run(
      ["run", "graphs/islands/hub.kgraph", "--set", "host=0.0.0.0"], input: nil,
      program: networks.program([Place.kamaelia], in: "hub"))
    var islands: [Run] = []
    for (island, address) in [("one", "10.8.1.1"), ("two", "10.8.2.1")] {
      let run = try await Run(
        ["run", "graphs/islands/island.kgraph", "--set", "hub=\(address):1700"], input: nil,
        program: networks.program([Place.kamaelia], in: island))
      while let line = try await run.line(), line != "connected to \(address):1700" {
        #expect(line.contains("Connection refused"))
      }
      islands.append(run)
    }
    let homes = (0..<3).map { networks["home\($0)"] + "/239.77.0.1:1600" }
    #expect(try await islanders(homes) == "all heard once\n")
    for run in islands + [hub] {
      _ = run.child.signal(SIGTERM)
      #expect(try await run.finish().status == .exited(0))
    }
  }

  private func islanders(_ places: [String]) async throws -> String {
    try await client("islanders.py", places)
  }
}
