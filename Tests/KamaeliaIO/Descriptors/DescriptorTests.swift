import Fixtures
import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct DescriptorTests {
    @Test func `What is written to a pipe is read from it, and its end is nothing`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      try await writing.write(Array("hello".utf8))
      writing.close()
      #expect(try await reading.read(upTo: 3) == Array("hel".utf8))
      #expect(try await reading.read(upTo: 100) == Array("lo".utf8))
      #expect(try await reading.read(upTo: 100).isEmpty)
    }

    @Test func `A read that comes first waits for the write`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      async let got = reading.read(upTo: 10)
      try await reading.untilWaited()
      try await writing.write([7])
      #expect(try await got == [7])
    }

    @Test func `A read that waits sees the other end close`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      async let got = reading.read(upTo: 10)
      try await reading.untilWaited()
      writing.close()
      #expect(try await got.isEmpty)
    }

    @Test func `A write larger than the pipe waits for a reader and arrives whole`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      let sent = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
      async let got = reading.readToEnd(limit: .max)
      try await writing.write(sent)
      writing.close()
      #expect(try await got == sent)
    }

    @Test func `A write to a reader that has gone is a broken pipe and not a signal`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      reading.close()
      let error = await #expect(throws: SystemError.self) { try await writing.write([1]) }
      #expect(error?.isBrokenPipe == true)
      #expect(error.map { "\($0)" } == "cannot write to `p`: Broken pipe")
    }

    @Test func `A write that waits learns that its reader goes, and how much went through`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      let task = Task { try await writing.write([UInt8](repeating: 1, count: 1_000_000)) }
      try await writing.untilWaited()
      reading.close()
      let error = await #expect(throws: SystemError.self) { try await task.value }
      #expect(error?.isBrokenPipe == true)
      #expect(error?.transferred == 65_536)
    }

    @Test(arguments: [true, false]) func `Cancellation ends a wait`(isReading: Bool) async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      let end = isReading ? reading : writing
      let task = Task {
        if isReading {
          _ = try await reading.read(upTo: 1)
        } else {
          try await writing.write([UInt8](repeating: 1, count: 1_000_000))
        }
      }
      try await end.untilWaited()
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      withExtendedLifetime((reading, writing)) {}
    }

    @Test func `A cancelled task does not begin to wait`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      let task = Task {
        while !Task.isCancelled { await Task.yield() }
        _ = try await reading.read(upTo: 1)
      }
      task.cancel()
      await #expect(throws: CancellationError.self) { try await task.value }
      withExtendedLifetime(writing) {}
    }

    @Test func `Closing ends a wait with an error, and what is closed cannot be used`() async throws {
      let (reading, writing) = try Descriptor.pipe(named: "p")
      let task = Task { _ = try await reading.read(upTo: 1) }
      try await reading.untilWaited()
      reading.close()
      reading.close()
      let error = await #expect(throws: SystemError.self) { try await task.value }
      #expect(error.map { "\($0)" } == "cannot read `p`: it has been closed")
      await #expect(throws: SystemError.self) { _ = try await reading.read(upTo: 1) }
      withExtendedLifetime(writing) {}
    }

    @Test func `The last reference closes`() throws {
      let (reading, writing) = try Descriptor.pipe(named: "the first use opens what all share")
      withExtendedLifetime((reading, writing)) {}
      let before = openDescriptors()
      do {
        let (reading, writing) = try Descriptor.pipe(named: "p")
        #expect(opened(since: before).count == 2)
        withExtendedLifetime((reading, writing)) {}
      }
      #expect(opened(since: before).isEmpty)
    }

    @Test func `A full device is told from a broken pipe`() async throws {
      let full = try Descriptor(owning: open("/dev/full", O_WRONLY | O_CLOEXEC), name: "/dev/full")
      let error = await #expect(throws: SystemError.self) { try await full.write([1]) }
      #expect(error?.isFull == true)
      #expect(error?.isBrokenPipe == false)
      #expect(error.map { "\($0)" } == "cannot write to `/dev/full`: No space left on device")
    }

    @Test func `A regular file is written and read on threads`() async throws {
      try await withTemporaryFolder { folder in
        let bytes = [UInt8](repeating: 9, count: 200_000)
        let out = try Descriptor(owning: open("\(folder)/f", O_WRONLY | O_CREAT | O_CLOEXEC, 0o600), name: "f")
        #expect(out.style == .blocking)
        try await out.write(bytes)
        out.close()
        let back = try Descriptor(owning: open("\(folder)/f", O_RDONLY | O_CLOEXEC), name: "f")
        #expect(try await back.readToEnd(limit: 200_000) == bytes)
      }
    }

    @Test func `More than the limit is refused`() async throws {
      let zeros = try Descriptor(owning: open("/dev/zero", O_RDONLY | O_CLOEXEC), name: "/dev/zero")
      let error = await #expect(throws: SystemError.self) { _ = try await zeros.readToEnd(limit: 100_000) }
      #expect(error?.errno == EFBIG)
    }

    @Test func `A socket keeps its mode`() async throws {
      var ends: [Int32] = [-1, -1]
      #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
      let left = try Descriptor(owning: ends[0], name: "left")
      let right = try Descriptor(owning: ends[1], name: "right")
      async let got = right.read(upTo: 10)
      try await right.untilWaited()
      try await left.write([1, 2])
      #expect(try await got == [1, 2])
      #expect(statusFlags(ends[1]) & O_NONBLOCK == 0)
      left.close()
      #expect(try await right.read(upTo: 10).isEmpty)
      let error = await #expect(throws: SystemError.self) { try await right.write([1]) }
      #expect(error?.isBrokenPipe == true)
    }

    @Test func `A terminal whose program has gone is an error and not an endless wait`() async throws {
      let (master, slave) = try openTerminal()
      let terminal = try Descriptor(owning: master, name: "terminal")
      _ = close(slave)
      let reading = await #expect(throws: SystemError.self) { _ = try await terminal.read(upTo: 1) }
      #expect(reading?.errno == EIO)
      let sent = [UInt8](repeating: 65, count: 1_000_000)
      // What is written may be thrown away for a moment, if a program that another test has just started held it open too.
      let writing = await #expect(throws: SystemError.self) { while true { try await terminal.write(sent) } }
      #expect(writing?.errno == EIO)
    }

    @Test(arguments: 0..<8) func `Whatever comes first of data, close and cancellation, a wait ends once`(
      seed: Int
    ) async throws {
      for round in 0..<200 {
        let (reading, writing) = try Descriptor.pipe(named: "p")
        let task = Task { try await reading.read(upTo: 1) }
        await withTaskGroup(of: Void.self) { group in
          let steps: [@Sendable () async -> Void] = [
            { _ = try? await writing.write([1]) }, { writing.close() }, { reading.close() }, { task.cancel() },
          ]
          // All but one or two of them, from another one on each time.
          for step in 0..<(2 + round % 3) {
            let next = steps[(seed + round + step) % 4]
            group.addTask { await next() }
          }
        }
        writing.close()
        switch await task.result {
        case .success(let bytes): #expect(bytes == [1] || bytes == [])
        case .failure(let error as SystemError): #expect(error.isClosed)
        case .failure(let error): #expect(error is CancellationError)
        }
      }
    }

    @Test func `Readers and writers by the hundred each get what is theirs`() async throws {
      try await withThrowingTaskGroup(of: Bool.self) { group in
        for number in 0..<200 {
          group.addTask {
            let (reading, writing) = try Descriptor.pipe(named: "p\(number)")
            let sent = [UInt8](repeating: UInt8(number), count: 150_000)
            async let got = reading.readToEnd(limit: .max)
            try await writing.write(sent)
            writing.close()
            return try await got == sent
          }
        }
        for try await isRight in group { #expect(isRight) }
      }
    }
  }
}

extension Descriptor {
  /// Returns when a task waits for it.
  func untilWaited() async throws {
    let interest = try #require(interest)
    while interest.waiting == 0 { await Task.yield() }
  }
}
