import Glibc
import KamaeliaIO
import Testing

/// `--permit` where it meets the world: servers, certificates and kernels of all kinds.
@Suite(.timeLimit(.minutes(1))) struct PermissionsInPracticeTests {
  @Test(.enabled(if: Program.find("nc") != nil, "netcat-openbsd is missing"))
  func `With permissions for its ports and its page the server of Talk does all that it does`() async throws {
    let (presenter, listener, page) = (try freePort(), try freePort(), try freePort())
    let permissions = [presenter, listener, page].map { "listen tcp 127.0.0.1:\($0)" }
    let finished = try await running(
      "graphs/talk/server.kgraph", "--set", "presenterPort=\(presenter)", "--set", "listenerPort=\(listener)", "--set",
      "pagePort=\(page)", "--permit", permissions[0], "--permit", permissions[1], "--permit", permissions[2],
      "--permit",
      "read graphs/talk/page/**"
    ) { _ in
      try await untilListened(to: presenter)
      try await untilListened(to: listener)
      try await untilListened(to: page)
      let (hears, speaks) = (try await netcat(listener), try await netcat(presenter))
      async let heard = hears.line()
      let speaking = Task {
        while !Task.isCancelled {
          try await speaks.type("hello\n")
          await Task.yield()
        }
      }
      #expect(try await heard?.isEmpty == false)
      speaking.cancel()
      _ = await speaking.result
      let asking = try await Connection.open(to: .v4([127, 0, 0, 1], port: page))
      try await asking.write(Array("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".utf8))
      let answer = String(decoding: try await asking.descriptor.readToEnd(limit: 1 << 20), as: UTF8.self)
      #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.contains("<html"))
      for run in [hears, speaks] { _ = run.child.signal(SIGTERM) }
    }
    #expect(finished.status == .exited(0), "\(finished.errors)")
  }

  @Test(
    .enabled(
      if: geteuid() == 0 && Program.find("openssl") != nil && Program.find("unshare") != nil && Namespaces.areAllowed,
      "it takes root, openssl, unshare and python3"))
  func `With the permission to connect a page comes over TLS, where the system trusts it`() async throws {
    let graph = "\"https://localhost:PORT/\" -> HTTPClient() -> ConsoleWriter()"
    let said = try await client("overtls.py", [Place.kamaelia, "run", "-e", graph, "--permit", "connect tcp *:*"])
    #expect(said == "over TLS\n")
  }

  @Test(
    .enabled(if: Program.find("python3") != nil, "python3 is missing"),
    arguments: [("landlock", "files and ports"), ("seccomp,landlock", "files, ports and calls")])
  func `A kernel that cannot hold the process is told of, and is refused if that is asked for`(
    lacking: String, words: String
  ) async throws {
    func run(_ options: String...) async throws -> Finished {
      let program = [
        try #require(Program.find("python3")), "\(Place.tests)/Network/Clients/oldkernel.py", lacking, Place.kamaelia,
      ]
      let run = try await Run(["run", "-e", "\"hello\" -> ConsoleWriter()"] + options, program: program)
      return try await run.finish()
    }
    let sentence = "this system cannot hold the process to `--permit` for its \(words)"
    let trusted = try await run("--permit", "none")
    #expect(trusted.output == "hello\n")
    #expect(trusted.errors == "warning: \(sentence); only the graph was checked\n")
    let strict = try await run("--permit", "none", "--permit-strict")
    #expect(strict.output == "")
    #expect(strict.errors == "error: \(sentence)\n")
    #expect(strict.status == .exited(1))
  }
}
