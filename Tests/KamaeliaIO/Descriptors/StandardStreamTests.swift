import Fixtures
import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  /// Standard streams are shared with the shell: whatever they are, their mode stays as it was.
  @Suite struct StandardStreamTests {
    @Test func `A pipe is read and written without a change of its mode`() async throws {
      let (inner, feed) = try Descriptor.rawPipe(named: "input")
      let (drain, outer) = try Descriptor.rawPipe(named: "output")
      let child = try await start(input: inner, output: outer)
      let feeding = try Descriptor(owning: feed, name: "feed")
      let draining = try Descriptor(owning: drain, name: "drain")
      try await feeding.write(Array("hello".utf8))
      #expect(try await draining.read(upTo: 100) == Array("hello".utf8))
      #expect(statusFlags(inner) & O_NONBLOCK == 0)
      #expect(statusFlags(outer) & O_NONBLOCK == 0)
      let sent = [UInt8](repeating: 1, count: 300_000)
      let writing = Task {
        try await feeding.write(sent)
        feeding.close()
      }
      var got: [UInt8] = []
      while got.count < sent.count { got += try await draining.read(upTo: 100_000) }
      #expect(got == sent)
      try await writing.value
      #expect(try await child.exitStatus() == .exited(0))
      for number in [inner, outer] { _ = close(number) }
    }

    @Test func `A terminal is read and written without a change of its mode`() async throws {
      let (master, slave) = try openTerminal()
      let child = try await start(input: slave, output: slave)
      let typing = try Descriptor(owning: master, name: "terminal")
      try await typing.write(Array("hello\n".utf8))
      // The terminal's echo, and the program's copy.
      #expect(try await read(typing, count: 14) == "hello\r\nhello\r\n")
      #expect(statusFlags(slave) & O_NONBLOCK == 0)
      try await typing.write([4])
      #expect(try await child.exitStatus() == .exited(0))
      _ = close(slave)
    }

    @Test func `A file is read and written on from where it is`() async throws {
      try await withTemporaryFolder { folder in
        let (from, to) = ("\(folder)/from", "\(folder)/to")
        let preparing = try await File.open(from, for: .creating)
        try await preparing.write(Array("first\nsecond\n".utf8))
        let input = open(from, O_RDONLY | O_CLOEXEC)
        let output = open(to, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        lseek(input, 6, SEEK_SET)
        #expect(write(output, "head\n", 5) == 5)
        let child = try await start(input: input, output: output)
        #expect(try await child.exitStatus() == .exited(0))
        #expect(write(output, "tail\n", 5) == 5)
        #expect(statusFlags(input) & O_NONBLOCK == 0)
        #expect(statusFlags(output) & O_NONBLOCK == 0)
        let back = try await File.open(to, for: .reading).readToEnd(limit: 100)
        #expect(String(decoding: back, as: UTF8.self) == "head\nsecond\ntail\n")
        for number in [input, output] { _ = close(number) }
      }
    }

    @Test func `A socket is read and written without a change of its mode`() async throws {
      var ends: [Int32] = [-1, -1]
      try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
      let child = try await start(input: ends[0], output: ends[0])
      let other = try Descriptor(owning: ends[1], name: "socket")
      try await other.write(Array("hello".utf8))
      #expect(try await read(other, count: 5) == "hello")
      #expect(statusFlags(ends[0]) & O_NONBLOCK == 0)
      _ = other.withNumber { shutdown($0, Int32(SHUT_WR)) }
      #expect(try await child.exitStatus() == .exited(0))
      _ = close(ends[0])
    }

    @Test func `What cannot be opened anew is waited for and used on a thread`() async throws {
      let (inner, outer) = try Descriptor.rawPipe(named: "p")
      let reading = try Descriptor(inner, name: "p", style: .shared, threads: .shared)
      let writing = try Descriptor(outer, name: "p", style: .shared, threads: .shared)
      let sent = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      async let got = reading.readToEnd(limit: .max)
      try await reading.untilWaited()
      #expect(BlockingThreads.shared.busy == 0)
      try await writing.write(sent)
      writing.close()
      #expect(try await got == sent)
      #expect(statusFlags(inner) & O_NONBLOCK == 0)
    }

    @Test func `Closing a stream leaves the stream itself open`() throws {
      let before = statusFlags(2)
      try Descriptor.standard(.error).close()
      #expect(statusFlags(2) == before)
    }

    @Test func `A stream that is closed says so`() throws {
      let number = open("/dev/null", O_RDONLY | O_CLOEXEC)
      _ = close(number)
      let error = #expect(throws: SystemError.self) { _ = try Descriptor(sharing: number, name: "standard input") }
      #expect(error?.isClosed == true)
    }

    private func start(input: Int32, output: Int32) async throws -> Child {
      var launch = probe("copy")
      launch.input = .descriptor(try lent(input))
      launch.output = .descriptor(try lent(output))
      return try await Child.start(launch)
    }

    /// A copy whose mode nobody touches.
    private func lent(_ number: Int32) throws -> Descriptor {
      try Descriptor(fcntl(number, F_DUPFD_CLOEXEC, 3), name: "lent", style: .immediate, threads: .shared)
    }

    private func read(_ descriptor: Descriptor, count: Int) async throws -> String {
      var got: [UInt8] = []
      while got.count < count {
        let bytes = try await descriptor.read(upTo: count - got.count)
        if bytes.isEmpty { break }
        got += bytes
      }
      return String(decoding: got, as: UTF8.self)
    }
  }
}
