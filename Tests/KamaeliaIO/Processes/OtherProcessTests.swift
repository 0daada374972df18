import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite(.timeLimit(.minutes(1))) struct OtherProcessTests {
    @Test func `The end of a process is waited for, whoever has started it`() async throws {
      var launch = Launch("/bin/sh", ["-c", "echo $$; read line"])
      launch.input = .pipe
      launch.output = .pipe
      let child = try await Child.start(launch)
      let text = String(decoding: try await #require(child.output).read(upTo: 100), as: UTF8.self)
      let pid = try #require(Int32(text.split(separator: "\n").joined()))
      let end = Task { try await OtherProcess.end(of: pid) }
      try #require(child.input).close()
      #expect(try await child.exitStatus() == .exited(1))
      try await end.value
    }

    @Test func `One that is not there has ended`() async throws {
      // Above what the kernel gives (proc(5), pid_max).
      try await OtherProcess.end(of: 1 << 22 + 1)
      try await OtherProcess.end(of: -1)
    }

    @Test func `A wait is cancelled at once`() async throws {
      let end = Task { try await OtherProcess.end(of: getppid()) }
      end.cancel()
      await #expect(throws: CancellationError.self) { try await end.value }
    }
  }
}
