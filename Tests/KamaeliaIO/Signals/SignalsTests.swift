import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct SignalsTests {
    @Test func `Signals that are watched for are told and end nobody`() async throws {
      var launch = probe("signals")
      launch.output = .pipe
      let child = try await Child.start(launch)
      let output = try #require(child.output)
      #expect(try await output.read(upTo: 100) == Array("ready\n".utf8))
      for number in [SIGINT, SIGHUP, SIGWINCH, SIGINT, SIGTERM] {
        #expect(kill(child.pid, number) == 0)
        #expect(try await output.read(upTo: 100) == Array("\(Signals.name(of: number))\n".utf8))
      }
      #expect(try await child.exitStatus() == .exited(0))
    }

    @Test func `A hang-up that was ignored stays ignored`() async throws {
      var launch = probe("signals")
      launch.output = .pipe
      launch.arguments = ["-c", "trap '' HUP; exec \"$0\" signals", launch.path]
      launch.path = "/bin/sh"
      let child = try await Child.start(launch)
      let output = try #require(child.output)
      #expect(try await output.read(upTo: 100) == Array("ready\n".utf8))
      #expect(kill(child.pid, SIGHUP) == 0)
      #expect(kill(child.pid, SIGTERM) == 0)
      #expect(try await output.read(upTo: 100) == Array("SIGTERM\n".utf8))
    }

    @Test func `All who watch are told, and the last one gives the signal back`() async throws {
      #expect(!isCaught(SIGUSR1))
      let first = try Signals.stream(of: [SIGUSR1])
      let told = Shared([Int32]())
      let second = try Signals.observe([SIGUSR1, SIGUSR2]) { number in told.withLock { $0.append(number) } }
      #expect(kill(getpid(), SIGUSR1) == 0)
      for await number in first {
        #expect(number == SIGUSR1)
        break
      }
      while told.withLock({ $0.isEmpty }) { await Task.yield() }
      #expect(told.withLock { $0 } == [SIGUSR1])
      second.end()
      second.end()
      #expect(!isCaught(SIGUSR2))
    }

    @Test func `A signal that cannot be caught is an error`() {
      let error = #expect(throws: SystemError.self) { _ = try Signals.stream(of: [SIGKILL]) }
      #expect(error?.errno == EINVAL)
    }

    @Test(arguments: [(SIGTERM, "SIGTERM"), (SIGPIPE, "SIGPIPE"), (99, "signal 99")])
    func `Signals have names`(number: Int32, name: String) {
      #expect(Signals.name(of: number) == name)
    }

    private func isCaught(_ number: Int32) -> Bool {
      var action = sigaction()
      sigaction(number, nil, &action)
      return action.__sigaction_handler.sa_handler != nil
    }
  }
}
