import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite(.enabled(if: Sandbox.rulesAll, "this kernel's Landlock does not rule files and ports"))
  struct SandboxTests {
    @Test func `Threads that come later reach no other file, no other port and no program`() async throws {
      try await withTemporaryFolder { folder in
        for name in ["own", "other"] { try await File.open("\(folder)/\(name)", for: .creating).close() }
        let address = try #require(SocketAddress(digits: "127.0.0.1", port: 0))
        let listeners = [try Listener(on: address), try Listener(on: address)]
        defer { for listener in listeners { listener.close() } }
        let ports = listeners.map { String($0.address.port) }
        var launch = probe("sandbox")
        launch.arguments += ["\(folder)/own", "\(folder)/other"] + ports
        launch.output = .pipe
        let child = try await Child.start(launch)
        let output = try await #require(child.output).readToEnd(limit: 10_000)
        #expect(
          String(decoding: output, as: UTF8.self) == """
            read: done
            read: cannot open `\(folder)/other` for reading: Permission denied
            read on a worker: done
            read on a worker: Permission denied
            connect: done
            connect: cannot connect to `127.0.0.1:\(ports[1])`: Permission denied
            send: cannot listen on `127.0.0.1:0`: Permission denied
            listen: cannot listen on `127.0.0.1:0`: Permission denied
            start: cannot start `/bin/true`: Permission denied

            """)
        #expect(try await child.exitStatus() == .exited(0))
      }
    }

    @Test func `A process with several threads is not asked to give anything up`() {
      // The test runner has many.
      #expect(!Sandbox.isPossible)
    }
  }
}
