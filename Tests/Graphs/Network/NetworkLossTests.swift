import Glibc
import KamaeliaIO
import Testing

/// Peers that are gone without a word: their network is down, or they do not run any more.
@Suite(.timeLimit(.minutes(1)), .enabled(if: Program.find("python3") != nil, "python3 is missing"))
struct NetworkLossTests {
  /// Says when a connection is over; what was asked first is answered, and then all are idle but the speakers.
  private static func graph(_ host: String, _ port: UInt16) -> String {
    """
    backplane ends: Text

    silent = TCPServer(\(port), protocol: Echo, host: "\(host)", unanswered: 1s)
    spoken = TCPServer(\(port + 1), protocol: Speaker, host: "\(host)", unanswered: 1s)
    WebSocketServer(\(port + 2), protocol: Say, host: "\(host)", ping: 400ms)

    silent.log -> Prefix("silent: ") -> ConsoleWriter()
    spoken.log -> Prefix("spoken: ") -> ConsoleWriter()
    @ends -> ConsoleWriter()

    graph Echo {
        inbox  heard: Bytes
        outbox said: Bytes
        self.heard -> PassThrough() -> self.said
    }

    graph Speaker {
        inbox  heard: Bytes
        outbox said: Bytes
        self.heard -> PassThrough() -> self.said
        Ticks(50ms) -> Format("{}") -> Encode() -> self.said
    }

    graph Say {
        inbox  heard: Text
        outbox said: Text
        self.heard -> PassThrough() -> self.said
        self.heard -> Count() -> Format("websocket: over after {}") -> @ends
    }
    """
  }

  /// Reads what the server says until all of `wanted` has begun a line.
  private func until(_ wanted: [String], _ server: Run) async throws {
    var missing = Set(wanted)
    while !missing.isEmpty, let line = try await server.line() {
      missing = missing.filter { !line.hasPrefix($0) || !(line.contains("over") || line.contains("broke off")) }
    }
    #expect(missing.isEmpty)
  }

  @Test(.enabled(if: Namespaces.areAllowed, "network namespaces take root and iproute2"))
  func `A peer whose cable is cut is noticed, whether something is sent to it or not`() async throws {
    let networks = try Namespaces(["here", "there"])
    defer { try? networks.remove() }
    try networks.connect(("here", "cable", "10.77.9.1/24"), ("there", "cable", "10.77.9.2/24"))
    let server = try await Run(
      ["run", "-e", Self.graph("10.77.9.1", 7001)], input: nil, program: networks.program([Place.kamaelia], in: "here"))
    let peer = try await Run(
      [Place.tests + "/Network/Clients/vanish.py", "10.77.9.1", "tcp:7001", "tcp:7002", "websocket:7003"],
      input: nil, program: networks.program(["python3"], in: "there"))
    #expect(try await peer.line() == "ready")
    try networks.ip(in: "there", "link set cable down")
    try await until(["silent: ", "spoken: ", "websocket: "], server)
    _ = peer.child.signal(SIGKILL)
    _ = server.child.signal(SIGTERM)
    #expect(try await server.finish().status == .exited(0))
  }

  @Test func `A peer that is stopped and answers no ping counts as gone`() async throws {
    let port = try freePort()
    let graph = """
      backplane ends: Text
      WebSocketServer(\(port), protocol: Say, ping: 400ms)
      @ends -> ConsoleWriter()
      graph Say {
          inbox  heard: Text
          outbox said: Text
          self.heard -> PassThrough() -> self.said
          self.heard -> Count() -> Format("websocket: over after {}") -> @ends
      }
      """
    let finished = try await running(graph) { server in
      try await untilListened(to: port)
      let peer = try await Run(
        [Place.tests + "/Network/Clients/vanish.py", "127.0.0.1", "websocket:\(port)"], input: nil,
        program: [try #require(Program.find("python3"))])
      #expect(try await peer.line() == "ready")
      _ = peer.child.signal(SIGSTOP)
      try await until(["websocket: "], server)
      _ = peer.child.signal(SIGKILL)
    }
    #expect(finished.status == .exited(0), "\(finished.errors)")
  }
}
