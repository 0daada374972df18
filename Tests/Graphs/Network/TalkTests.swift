import Glibc
import KamaeliaIO
import Testing

/// One speaks, all listen: with `nc`, and with the graphs of Talk.
@Suite(.timeLimit(.minutes(2))) struct TalkTests {
  private func talk(_ body: (_ server: Run, _ presenter: UInt16, _ listener: UInt16) async throws -> Void) async throws
  {
    let (presenter, listener) = (try freePort(), try freePort())
    let finished = try await running(
      "graphs/talk/server.kgraph", "--set", "presenterPort=\(presenter)", "--set", "listenerPort=\(listener)", "--set",
      "pagePort=0"
    ) { server in
      try await untilListened(to: presenter)
      try await untilListened(to: listener)
      try await body(server, presenter, listener)
    }
    #expect(finished.status == .exited(0), "\(finished.errors)")
  }

  /// Speaks until the listener has heard something, since only then it takes part; then all hear what follows.
  private func untilHeard(_ presenter: Run, _ listener: Run) async throws {
    async let heard = listener.line()
    let task = Task {
      while !Task.isCancelled {
        try await presenter.type("ready?\n")
        await Task.yield()
      }
    }
    #expect(try await heard?.hasPrefix("ready?") == true)
    task.cancel()
    _ = await task.result
    try await presenter.type("go\n")
    while let line = try await listener.line(), line != "go" { #expect(line.hasPrefix("ready?")) }
  }

  @Test(.enabled(if: Program.find("nc") != nil, "netcat-openbsd is missing"))
  func `Who listens hears each line, also after others have been killed, and the presenter comes back`() async throws {
    try await talk { server, presenterPort, listenerPort in
      let listener = try await netcat(listenerPort)
      let presenter = try await netcat(presenterPort, "-N")
      try await untilHeard(presenter, listener)
      let dying = try await netcat(listenerPort)
      try await untilHeard(presenter, dying)
      while let line = try await listener.line(), line != "go" { #expect(line.hasPrefix("ready?")) }
      _ = dying.child.signal(SIGKILL)
      try await presenter.type("grüße\nzwei\n", isLast: true)
      #expect(try await listener.line() == "grüße")
      #expect(try await listener.line() == "zwei")
      _ = try await presenter.finish()
      let second = try await netcat(presenterPort, "-N", input: "back again\n")
      #expect(try await listener.line() == "back again")
      _ = try await second.finish()
      _ = listener.child.signal(SIGTERM)
    }
  }

  @Test func `The presenter's and the listener's graphs find the server`() async throws {
    try await talk { server, presenterPort, listenerPort in
      let listener = try await Run(
        ["run", "-e", "TCPClient(\"127.0.0.1:\(listenerPort)\") -> Lines() -> ConsoleWriter()"], input: nil)
      let presenter = try await Run(
        ["run", "graphs/talk/presenter.kgraph", "--set", "server=127.0.0.1:\(presenterPort)"], input: nil)
      try await untilHeard(presenter, listener)
      try await presenter.type("words\n", isLast: true)
      #expect(try await listener.line() == "words")
      #expect(try await presenter.finish().status == .exited(0))
      _ = listener.child.signal(SIGTERM)
      #expect(try await listener.finish().status == .exited(0))
    }
  }

  @Test func `A presenter is told that the server has gone, and is heard once there is one again`() async throws {
    let (presenterPort, listenerPort) = (try freePort(), try freePort())
    let first = try Listener(on: .v4([127, 0, 0, 1], port: presenterPort))
    let presenter = try await Run(
      ["run", "graphs/talk/presenter.kgraph", "--set", "server=127.0.0.1:\(presenterPort)"], input: nil)
    guard case .connection(let connection) = try await first.accept() else { throw CancellationError() }
    first.close()
    connection.close()
    let served = try await running(
      "graphs/talk/server.kgraph", "--set", "presenterPort=\(presenterPort)", "--set", "listenerPort=\(listenerPort)",
      "--set", "pagePort=0"
    ) { server in
      try await untilListened(to: listenerPort)
      let listener = try await Run(
        ["run", "-e", "TCPClient(\"127.0.0.1:\(listenerPort)\") -> Lines() -> ConsoleWriter()"], input: nil)
      try await untilHeard(presenter, listener)
      try await presenter.type("\u{1B}[2Jwords\n", isLast: true)
      #expect(try await listener.line() == "␛[2Jwords")
      _ = listener.child.signal(SIGTERM)
      #expect(try await listener.finish().status == .exited(0))
    }
    #expect(served.status == .exited(0), "\(served.errors)")
    // Nobody else is there.
    #expect(!served.errors.contains("is taken"), "\(served.errors)")
    let finished = try await presenter.finish()
    #expect(finished.status == .exited(0))
    #expect(finished.errors.contains("lost 127.0.0.1:\(presenterPort); connects again in 500ms"), "\(finished.errors)")
  }
}
