import Foundation
import Glibc
import KamaeliaIO
import Testing

/// What a server must bear: floods, resets in every state, peers that are gone or read nothing, no descriptors left.
@Suite(.timeLimit(.minutes(2)), .enabled(if: Program.find("python3") != nil, "python3 is missing"))
struct NetworkFaultTests {
  private static func echo(_ port: UInt16, _ more: String = "") -> String {
    """
    TCPServer(port: \(port), protocol: Echo\(more)).log -> ConsoleWriter()
    graph Echo {
        inbox  heard: Bytes
        outbox said: Bytes
        self.heard -> PassThrough() -> self.said
    }
    """
  }

  @Test func `Resets in every state leave no descriptor open, and the server goes on`() async throws {
    let port = try freePort()
    let finished = try await running(Self.echo(port)) { run in
      try await untilListened(to: port)
      let count = areTestsFull ? 10_000 : 2000
      #expect(try await python(Self.resets, port, run.child.pid, count) == "nothing left open\n")
    }
    #expect(finished.status == .exited(0), "\(finished.errors)")
  }

  private static let resets = """
    import os, socket, struct, sys
    port, pid, count = map(int, sys.argv[1:])
    def open_descriptors(): return len(os.listdir(f"/proc/{pid}/fd"))
    def connect(): return socket.create_connection(("127.0.0.1", port))
    def echo():
        one = connect()
        one.sendall(b"there?")
        assert one.recv(100) == b"there?"
        one.shutdown(socket.SHUT_WR)
        assert one.recv(100) == b""
        one.close()
    def settled(limit):
        for _ in range(400):
            echo()
            if open_descriptors() <= limit: return True
        return False
    echo()
    before = open_descriptors()
    for number in range(count):
        peer = connect()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        state = number % 5
        if state == 1: peer.sendall(b"x" * 100)
        if state == 2: peer.sendall(b"x" * 100); peer.recv(10)
        if state == 3: peer.sendall(b"x" * 100); peer.shutdown(socket.SHUT_WR)
        if state == 4:
            peer.setblocking(False)
            try:
                for _ in range(50): peer.send(b"x" * 65536)
            except BlockingIOError: pass
        peer.close()
    print("nothing left open" if settled(before + 2) else f"{open_descriptors()} open, {before} before")
    """

  @Test func `A web server is through with peers that reset or are killed, whatever they were at`() async throws {
    let port = try freePort()
    try await withFolder { folder in
      try Data("hello".utf8).write(to: URL(filePath: "\(folder)/index.html"))
      try Data(repeating: 120, count: 1 << 22).write(to: URL(filePath: "\(folder)/large.txt"))
      let graph = """
        HTTPServer(\(port), folder: "\(folder)", routes: [Copy], sockets: [Echo], events: [News])
        graph Copy {
            inbox  content: Bytes
            outbox answer: Bytes
            self.content -> PassThrough() -> self.answer
        }
        graph Echo {
            inbox  heard: Text
            outbox said: Text
            self.heard -> PassThrough() -> self.said
        }
        graph News {
            outbox news: Text
            Ticks(10ms) -> Format("{}") -> self.news
        }
        """
      let finished = try await running(graph) { run in
        try await untilListened(to: port)
        let count = areTestsFull ? 10_000 : 540
        #expect(try await client("webresets.py", [port, run.child.pid, count]) == "nothing left open\n")
      }
      #expect(finished.status == .exited(0), "\(finished.errors)")
    }
  }

  @Test func `Without a descriptor left the server waits, says so once, and recovers`() async throws {
    let port = try freePort()
    let finished = try await running(Self.echo(port), shell: "ulimit -n 64") { run in
      try await untilListened(to: port)
      #expect(try await python(Self.crowd, port) == "still here\n")
    }
    #expect(finished.status == .exited(0), "\(finished.errors)")
    let said = finished.errors.split(separator: "\n").filter { $0.contains("Too many open files") }
    #expect(said.count == 1, "\(finished.errors)")
  }

  @Test func `Without a descriptor left each request that is taken is answered`() async throws {
    let port = try freePort()
    try await withFolder { folder in
      try Data("hello".utf8).write(to: URL(filePath: "\(folder)/index.html"))
      try Data(repeating: 120, count: 1 << 22).write(to: URL(filePath: "\(folder)/large.txt"))
      let graph = "HTTPServer(\(port), folder: \"\(folder)\")"
      let finished = try await running(graph, shell: "ulimit -n 48") { run in
        try await untilListened(to: port)
        #expect(try await python(Self.greed, port) == "all answered\n")
      }
      #expect(finished.status == .exited(0), "\(finished.errors)")
    }
  }

  /// Holds a large file open on each connection, for which it reads nothing, and then asks for it all the same.
  private static let greed = """
    import socket, sys
    port = int(sys.argv[1])
    def ask(path):
        one = socket.create_connection(("127.0.0.1", port))
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(f"GET {path} HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n".encode())
        return one
    crowd = [ask("/large.txt") for _ in range(60)]
    statuses = {}
    for each in crowd:
        each.settimeout(0.1)
        try: word = each.recv(15)[9:12].decode()
        except TimeoutError: word = "waits"
        statuses[word] = statuses.get(word, 0) + 1
    assert set(statuses) <= {"200", "503", "waits"} and "200" in statuses and len(statuses) > 1, statuses
    for each in crowd: each.close()
    while True:
        one = ask("/")
        one.settimeout(1)
        try:
            if b" 200 OK" in one.recv(100): break
        except TimeoutError: pass
        one.close()
    print("all answered")
    """

  private static let crowd = """
    import socket, sys
    port = int(sys.argv[1])
    crowd = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
    # Those that were accepted are served, and the others wait; nobody is accepted for nothing.
    served = waiting = 0
    for each in crowd:
        each.settimeout(0.05)
        each.sendall(b"there?")
        try:
            assert each.recv(100) == b"there?", "closed"
            served += 1
        except TimeoutError: waiting += 1
    assert served > 10 and waiting > 10, (served, waiting)
    for each in crowd: each.close()
    while True:
        one = socket.create_connection(("127.0.0.1", port))
        try:
            one.sendall(b"still here\\n")
            answer = one.recv(100)
        except ConnectionResetError: continue
        if answer: break
    print(answer.decode(), end="")
    """

  @Test(.enabled(if: Program.find("nc") != nil, "netcat-openbsd is missing"))
  func `A flood waits at its source while the graph is slow, and memory is bounded`() async throws {
    let port = try freePort()
    let graph = """
      TCPServer(port: \(port), protocol: Slow)
      graph Slow {
          inbox flood: Bytes
          self.flood -> Throttle(1/s) -> Discard()
      }
      """
    let finished = try await running(graph) { run in
      try await untilListened(to: port)
      #expect(try await python(Self.flood, port, run.child.pid) == "bounded\n")
    }
    #expect(finished.status == .exited(0), "\(finished.errors)")
  }

  private static let flood = """
    import subprocess, sys, time
    port, pid = map(int, sys.argv[1:])
    def memory():
        with open(f"/proc/{pid}/status") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))
    before = memory()
    flood = subprocess.Popen(["nc", "127.0.0.1", str(port)], stdin=subprocess.PIPE)
    import fcntl, os
    pipe = flood.stdin.fileno()
    fcntl.fcntl(pipe, fcntl.F_SETFL, os.O_NONBLOCK)
    sent, quiet = 0, 0
    # It has come to a stand-still when nothing goes for half a second.
    while quiet < 10 and sent < 1 << 30:
        try:
            sent += os.write(pipe, b"x" * 65536)
            quiet = 0
        except BlockingIOError:
            quiet += 1
            time.sleep(0.05)
    grown = memory() - before
    flood.kill()
    print("bounded" if sent < 1 << 30 and grown < 16 * 1024 else f"{grown} kB more after {sent} bytes")
    """

  @Test func `A peer that reads nothing any more counts as gone, and others do not notice`() async throws {
    let port = try freePort()
    let graph = """
      TCPServer(port: \(port), protocol: Speaker, unanswered: 200ms).log -> ConsoleWriter()
      graph Speaker {
          outbox said: Bytes
          Ticks(1ms) -> Format("{}") -> Replace("$", with: "\(String(repeating: "0123456789", count: 5000))")
              -> Encode() -> self.said
      }
      """
    let finished = try await running(graph) { run in
      let peer: Connection
      try await untilListened(to: port)
      peer = try await Connection.open(to: .v4([127, 0, 0, 1], port: port))
      while let line = try await run.line() {
        if line.hasPrefix("\(peer.local) broke off") {
          #expect(line.contains("Connection timed out"))
          break
        }
      }
    }
    #expect(finished.status == .exited(0), "\(finished.errors)")
    #expect(finished.errors.contains("Connection timed out"))
  }

  @Test func `A connection on which nothing happens is closed when its time is over`() async throws {
    let port = try freePort()
    let finished = try await running(Self.echo(port, ", idle: 100ms")) { run in
      try await untilListened(to: port)
      let peer = try await Connection.open(to: .v4([127, 0, 0, 1], port: port))
      #expect(try await peer.read(upTo: 1).isEmpty)
      while let line = try await run.line() { if line == "\(peer.local) was idle for 100ms" { break } }
    }
    #expect(finished.status == .exited(0))
  }

  @Test func `A port that is taken is an error with its place, and exit status 3`() async throws {
    let listener = try Listener(on: .v4([127, 0, 0, 1], port: 0))
    let finished = try await kamaelia("run", "-e", Self.echo(listener.address.port))
    #expect(finished.status == .exited(3))
    #expect(finished.errors.contains("cannot listen on `\(listener.address)`: Address already in use"))
    #expect(finished.errors.contains("-e:1:"))
  }

  @Test func `The manual page of the server has its parts`() async throws {
    let page = try await kamaelia("list", "TCPServer").output
    for part in [
      "TCPServer(Port, protocol: Graph", "`peer`", "PARAMETERS", "maxConnections: Int", "OUTBOXES", "bound: Port",
    ] {
      #expect(page.contains(part))
    }
  }
}
