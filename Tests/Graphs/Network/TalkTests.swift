import Glibc
import KamaeliaIO
import Testing

/// One speaks, all listen: with `nc`, with the graphs of Talk, and with a thousand listeners.
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

  @Test func `A presenter without a server is told so`() async throws {
    let port = try freePort()
    let finished = try await kamaelia(
      "run", "graphs/talk/presenter.kgraph", "--set", "server=127.0.0.1:\(port)", input: "hello\n")
    #expect(finished.status == .exited(3))
    #expect(finished.errors.contains("cannot connect to `127.0.0.1:\(port)`: Connection refused"))
  }

  @Test(.enabled(if: Program.find("python3") != nil, "python3 is missing"), arguments: [0, 10])
  func `A thousand listeners hear each line in order, also where some of them read nothing`(stuck: Int) async throws {
    try await talk { server, presenterPort, listenerPort in
      let said = try await python(
        Self.listeners, listenerPort, presenterPort, 1000, 100, stuck, server.child.pid)
      #expect(said == "\(1000 - stuck) heard all in order\n")
    }
  }

  /// Arguments: the listeners' port, the presenter's, how many listeners, how many lines, how many of the listeners read
  /// nothing, the server's process.
  private static let listeners = """
    import resource, selectors, socket, sys
    listen, speak, count, lines, stuck, pid = map(int, sys.argv[1:])
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    class Listener:
        def __init__(self):
            self.socket = socket.create_connection(("127.0.0.1", listen))
            self.socket.setblocking(False)
            self.rest, self.next, self.ready, self.wrong = b"", 0, False, False

        def read(self):
            data = self.socket.recv(65536)
            assert data, "the server has closed a connection"
            *whole, self.rest = (self.rest + data).split(b"\\n")
            for line in whole:
                if line == b"ready?":
                    self.ready = True
                    continue
                number = int(line.split()[0])
                self.wrong |= number != self.next
                self.next = number + 1

    all = [Listener() for _ in range(count)]
    hearing = all[stuck:]
    selector = selectors.DefaultSelector()
    for each in hearing: selector.register(each.socket, selectors.EVENT_READ, each)
    presenter = socket.create_connection(("127.0.0.1", speak))

    def hear(done):
        while not done():
            for key, _ in selector.select(1): key.data.read()

    while sum(each.ready for each in hearing) < len(hearing):
        presenter.sendall(b"ready?\\n")
        for key, _ in selector.select(0.1): key.data.read()
    for number in range(lines):
        presenter.sendall(b"%d %s\\n" % (number, b"x" * 1000))
        if number % 20 == 19: hear(lambda: min(each.next for each in hearing) > number)
    hear(lambda: min(each.next for each in hearing) >= lines)
    print(sum(not each.wrong for each in hearing), "heard all in order")
    """
}
