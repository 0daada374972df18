import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct ChildTests {
    @Test func `A program reads its input, writes its output and ends`() async throws {
      var launch = Launch("/bin/cat")
      launch.input = .pipe
      launch.output = .pipe
      let child = try await Child.start(launch)
      let (input, output) = (try #require(child.input), try #require(child.output))
      let sent = [UInt8](repeating: 65, count: 500_000)
      async let got = output.readToEnd(limit: .max)
      try await input.write(sent)
      input.close()
      #expect(try await got == sent)
      #expect(try await child.exitStatus() == .exited(0))
      #expect(try await child.exitStatus() == .exited(0))
    }

    @Test(arguments: [
      ("exit 3", Exit.exited(3)), ("exit 0", .exited(0)), ("kill -KILL $$", .signalled(SIGKILL)),
      ("kill -PIPE $$", .signalled(SIGPIPE)), ("kill -TERM $$", .signalled(SIGTERM)),
    ])
    func `The way it ends is told`(script: String, status: Exit) async throws {
      let child = try await Child.start(Launch("/bin/sh", ["-c", script]))
      #expect(try await child.exitStatus() == status)
    }

    @Test func `Arguments, environment and folder are as given, and no shell reads them`() async throws {
      let output = try await lines(
        of: Launch("/usr/bin/printf", ["%s\\n", "; echo x", "$(id)", "a b", "--option", "ü", ""]))
      #expect(output == ["; echo x", "$(id)", "a b", "--option", "ü", ""])
      #expect(try await lines(of: Launch("/usr/bin/env", environment: ["A": "1", "B": "x=y"])) == ["A=1", "B=x=y"])
      var launch = Launch("/bin/pwd", environment: [:])
      launch.folder = "/usr"
      #expect(try await lines(of: launch) == ["/usr"])
      // From our folder and not from the other.
      launch.path = String(repeating: "../", count: 30) + "bin/pwd"
      launch.folder = "/"
      #expect(try await lines(of: launch) == ["/"])
    }

    @Test func `Errors go where output goes if that is asked for`() async throws {
      var launch = Launch("/bin/sh", ["-c", "echo a; echo b >&2"])
      launch.error = .output
      #expect(try await lines(of: launch) == ["a", "b"])
    }

    @Test func `Two programs can be joined by a pipe of ours, which blocks for them`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "joint")
      var first = Launch("/bin/sh", ["-c", "sleep 0.01; echo b; echo a"])
      first.output = .descriptor(writing)
      let source = try await Child.start(first)
      writing.close()
      var second = Launch("/usr/bin/sort")
      second.input = .descriptor(reading)
      #expect(try await lines(of: second) == ["a", "b"])
      #expect(try await source.exitStatus() == .exited(0))
      reading.close()
      await #expect(throws: SystemError.self) { _ = try await Child.start(second) }
    }

    @Test func `A program has three descriptors, no signal blocked or ignored, and a session of its own`() async throws
    {
      let extra = open("/dev/null", O_RDONLY)  // on purpose without O_CLOEXEC
      defer { _ = close(extra) }
      var launch = Launch("/bin/cat")
      launch.input = .pipe
      launch.output = .pipe
      let cat = try await Child.start(launch)
      // When it answers, its libraries are loaded, and the descriptors for that are closed.
      try await cat.input?.write([1])
      #expect(try await cat.output?.read(upTo: 1) == [1])
      #expect(openDescriptors(of: "\(cat.pid)").keys.sorted() == [0, 1, 2])
      let status = try await lines(of: Launch("/bin/cat", ["/proc/self/status"]))
      #expect(status.contains("SigBlk:\t0000000000000000"))
      #expect(status.contains("SigIgn:\t0000000000000000"))
      let fields = try await lines(of: Launch("/bin/cat", ["/proc/self/stat"]))[0].split(separator: " ")
      #expect(fields[4] == fields[0])
      #expect(fields[5] == fields[0])
    }

    @Test func `A program that cannot be started says why`() async throws {
      try await withTemporaryFolder { folder in
        let (script, lonely) = ("\(folder)/script", "\(folder)/lonely")
        for (path, text) in [(script, "echo no\n"), (lonely, "#!/no/such/shell\n")] {
          let file = try await File.open(path, for: .creating, permissions: 0o700)
          try await file.write(Array(text.utf8))
          file.close()
        }
        var lost = Launch("/bin/true")
        lost.folder = "\(folder)/none"
        let before = openDescriptors()
        for (launch, text) in [
          (Launch("\(folder)/none"), "cannot start `\(folder)/none`: program not found"),
          (Launch(lonely), "cannot start `\(lonely)`: the program that its first line names was not found"),
          (Launch(folder), "cannot start `\(folder)`: Permission denied"),
          (Launch(script), "cannot start `\(script)`: it is not a program, and has no `#!` line that names one"),
          (lost, "cannot enter the folder `\(folder)/none`: No such file or directory"),
          (Launch("a\0b"), "cannot start `a\0b`: Invalid argument"),
        ] {
          let error = await #expect(throws: SystemError.self) { _ = try await Child.start(launch) }
          #expect(error.map { "\($0)" } == text)
        }
        #expect(opened(since: before).isEmpty)
      }
    }

    @Test func `A thousand programs one after another leave nothing behind`() async throws {
      _ = try await Child.start(Launch("/bin/true")).exitStatus()
      let before = openDescriptors()
      for _ in 0..<1000 {
        var launch = Launch("/bin/true")
        launch.output = .pipe
        let child = try await Child.start(launch)
        #expect(try await child.exitStatus() == .exited(0))
      }
      #expect(opened(since: before).isEmpty)
      #expect(try zombies().isEmpty)
    }

    @Test func `Two hundred programs at once leave nothing behind`() async throws {
      _ = try await Child.start(Launch("/bin/true")).exitStatus()
      let before = openDescriptors()
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          group.addTask {
            var launch = Launch("/bin/cat")
            launch.input = .pipe
            launch.output = .pipe
            let child = try await Child.start(launch)
            let text = Array("\(number)".utf8)
            try await child.input?.write(text)
            child.input?.close()
            let got = try await child.output?.readToEnd(limit: 100)
            return try await child.exitStatus() == .exited(0) && got == text
          }
        }
        for try await isRight in group { #expect(isRight) }
      }
      #expect(opened(since: before).isEmpty)
      #expect(try zombies().isEmpty)
    }

    @Test func `A cancelled wait leaves the program running`() async throws {
      let child = try await Child.start(Launch("/bin/sleep", ["1000"]))
      let task = Task { try await child.exitStatus() }
      task.cancel()
      await #expect(throws: CancellationError.self) { _ = try await task.value }
      #expect(child.signal(SIGKILL))
      #expect(try await child.exitStatus() == .signalled(SIGKILL))
      #expect(!child.signal(SIGKILL))
    }

    private func zombies() throws -> [Int32] {
      try children(of: getpid()).filter { $0.state == "Z" }.map(\.pid)
    }
  }
}

/// The lines that a program writes.
func lines(of launch: Launch) async throws -> [String] {
  var launch = launch
  launch.output = .pipe
  let child = try await Child.start(launch)
  let bytes = try await #require(child.output).readToEnd(limit: 1_000_000)
  #expect(try await child.exitStatus() == .exited(0))
  var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  if lines.last == "" { lines.removeLast() }
  return lines.map(String.init)
}
