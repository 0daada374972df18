import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct TerminationTests {
    @Test func `A program that obeys ends at the first word`() async throws {
      let child = try await Child.start(Launch("/bin/sleep", ["1000"]))
      #expect(await child.terminate(grace: .seconds(1000)) == .signalled(SIGTERM))
      #expect(await child.terminate() == .signalled(SIGTERM))
      #expect(processRow(child.pid) == nil)
    }

    @Test func `A program that ignores SIGTERM is killed after the grace, with its group`() async throws {
      let child = try await ready("trap '' TERM; sleep 1000 & echo ready; while :; do wait; done")
      #expect(await child.terminate(grace: .milliseconds(50)) == .signalled(SIGKILL))
      await untilGone(child.pid)
    }

    @Test func `A program that is stopped ends all the same`() async throws {
      let child = try await Child.start(Launch("/bin/sleep", ["1000"]))
      child.signal(SIGSTOP)
      #expect(await child.terminate(grace: .seconds(1000)) == .signalled(SIGTERM))
    }

    @Test func `What a program has started has the grace as well, and can clean up`() async throws {
      let script = """
        (trap 'echo cleaned; exit' TERM; echo ready; while :; do sleep 0.01; done) &
        wait
        """
      let child = try await ready(script)
      #expect(await child.terminate(grace: .seconds(1000)) == .signalled(SIGTERM))
      let rest = try await #require(child.output).readToEnd(limit: 1000)
      #expect(String(decoding: rest, as: UTF8.self) == "cleaned\n")
    }

    @Test func `What a program has started and ignores SIGTERM is killed after the grace`() async throws {
      let child = try await ready("(trap '' TERM; echo ready; exec sleep 1000) & wait")
      #expect(await child.terminate(grace: .milliseconds(50)) == .signalled(SIGTERM))
      await untilGone(child.pid)
    }

    @Test func `What a program has started in a session of its own has the grace as well, and then ends`() async throws
    {
      let script = "setsid sh -c 'trap \"\" TERM; echo $$; while :; do sleep 1; done' & wait"
      var launch = Launch("/bin/sh", ["-c", script])
      launch.output = .pipe
      let child = try await Child.start(launch)
      let line = try await #require(child.output).read(upTo: 100)
      let daemon = try #require(Int32(String(decoding: line, as: UTF8.self).prefix { $0.isNumber }))
      #expect(processRow(daemon) != nil)
      #expect(await child.terminate(grace: .milliseconds(50)) == .signalled(SIGTERM))
      while let row = processRow(daemon), row.state != "Z" { await Task.yield() }
    }

    @Test func `What is left of a group ends with its program`() async throws {
      let child = try await ready("sleep 1000 & echo ready")
      #expect(try await child.exitStatus() == .exited(0))
      // The pipe has one more holder, whose end shows here.
      #expect(try await #require(child.output).readToEnd(limit: 1000).isEmpty)
    }

    @Test func `What is left may be kept until it is asked to end`() async throws {
      var launch = Launch("/bin/sh", ["-c", "(echo ready; exec sleep 1000) & exit 5"])
      launch.leftovers = .keep
      launch.output = .pipe
      let child = try await Child.start(launch)
      #expect(try await child.output?.read(upTo: 6) == Array("ready\n".utf8))
      #expect(try await child.exitStatus() == .exited(5))
      #expect(child.signal(0))
      #expect(await child.terminate(grace: .seconds(1000)) == .exited(5))
      await untilGone(child.pid)
    }

    @Test func `The last reference to a program ends it and what it has started`() async throws {
      var child: Child? = try await ready("sleep 1000 & echo ready; wait")
      let pid = try #require(child?.pid)
      child = nil
      while processRow(pid) != nil { await Task.yield() }
      await untilGone(pid)
    }

    @Test func `A program whose reader goes is ended by SIGPIPE`() async throws {
      var launch = Launch("/usr/bin/yes")
      launch.output = .pipe
      let child = try await Child.start(launch)
      #expect(try await child.output?.read(upTo: 2) == Array("y\n".utf8))
      child.output?.close()
      #expect(try await child.exitStatus() == .signalled(SIGPIPE))
    }

    @Test(arguments: 0..<10) func `When we are killed, programs and what they have started die`(round: Int) async throws
    {
      var launch = probe("hold")
      launch.output = .pipe
      let holder = try await Child.start(launch)
      let line = try await #require(holder.output).read(upTo: 100)
      let pids = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
      #expect(pids.count == 2)
      #expect(pids.allSatisfy { processRow($0) != nil })
      #expect(kill(holder.pid, SIGKILL) == 0)
      #expect(try await holder.exitStatus() == .signalled(SIGKILL))
      // Who has died may stay in the table until whoever adopted it looks.
      for pid in pids { while let row = processRow(pid), row.state != "Z" { await Task.yield() } }
    }

    @Test func `Without descriptors of processes, threads see them end`() async throws {
      let spawner = Spawner(usesPidfds: false)
      var programs: [ChildProcess] = []
      for status in 0..<20 {
        let launch = Launch("/bin/sh", ["-c", "exit \(status)"])
        programs.append(try await spawner.start(launch, streams: [2, 2, 2]))
      }
      for (status, program) in programs.enumerated() {
        #expect(try await program.exitStatus() == .exited(Int32(status)))
        #expect(processRow(program.pid) == nil)
      }
      let sleeper = try await spawner.start(Launch("/bin/sleep", ["1000"]), streams: [2, 2, 2])
      #expect(await sleeper.terminate(grace: .seconds(1000)) == .signalled(SIGTERM))
    }

    @Test func `Descriptors that run out give an error, and leave the rest in order`() async throws {
      let output = try await lines(of: probe("exhaust"))
      #expect(output.count == 2)
      #expect(output.first == "some: cannot start `/bin/cat`: Too many open files (see `ulimit -n`)")
      #expect(output.last == "exit status 0")
    }

    @Test func `A program gets back the limit of descriptors that we were born with`() async throws {
      let limit = DescriptorLimit.current
      try DescriptorLimit.set(limit - 1)
      defer { #expect(throws: Never.self) { try DescriptorLimit.set(limit) } }
      #expect(try await lines(of: Launch("/bin/sh", ["-c", "ulimit -n"])) == ["\(limit)"])
    }

    /// Returns when nobody in the group runs; who was killed may take a moment to go.
    private func untilGone(_ group: Int32) async {
      while !ProcessGroup.members(of: group).isEmpty { await Task.yield() }
    }

    /// A shell with a script that has written `ready`.
    private func ready(_ script: String) async throws -> Child {
      var launch = Launch("/bin/sh", ["-c", script])
      launch.output = .pipe
      let child = try await Child.start(launch)
      #expect(try await child.output?.read(upTo: 6) == Array("ready\n".utf8))
      return child
    }
  }
}
