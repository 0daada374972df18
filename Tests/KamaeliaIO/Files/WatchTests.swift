import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct WatchTests {
    @Test func `Changes in a folder are told in order`() async throws {
      try await withTemporaryFolder { folder in
        let watch = try Watch()
        try watch.add(folder)
        let file = try await File.open("\(folder)/a", for: .creating)
        try await file.write([1])
        file.close()
        try await File.rename("\(folder)/a", to: "\(folder)/b")
        try await File.delete("\(folder)/b")
        try await File.makeFolder("\(folder)/d")
        var events: [Watch.Event] = []
        while events.count < 7, let event = try await watch.next() { events.append(event) }
        #expect(
          events.map(\.kind) == [
            .created, .modified, .closedAfterWriting, .movedFrom, .movedTo, .deleted, .created,
          ])
        #expect(events.map(\.name.text) == ["a", "a", "a", "a", "b", "b", "d"])
        #expect(events.map(\.isFolder) == [false, false, false, false, false, false, true])
        #expect(events.allSatisfy { $0.watched == folder })
        #expect(events[3].move != 0)
        #expect(events[3].move == events[4].move)
      }
    }

    @Test func `A wait without changes is ended by a change, by closing and by cancellation`() async throws {
      try await withTemporaryFolder { folder in
        let watch = try Watch()
        try watch.add(folder)
        async let event = watch.next()
        try await File.makeFolder("\(folder)/d")
        #expect(try await event?.name.text == "d")

        let cancelled = Task { try await watch.next() }
        cancelled.cancel()
        await #expect(throws: CancellationError.self) { _ = try await cancelled.value }

        async let end = watch.next()
        watch.close()
        #expect(try await end == nil)
        #expect(try await watch.next() == nil)
      }
    }

    @Test func `What is watched may go, and is watched no more when that is asked for`() async throws {
      try await withTemporaryFolder { folder in
        let watch = try Watch()
        for name in ["a", "b"] {
          try await File.open("\(folder)/\(name)", for: .creating).close()
          try watch.add("\(folder)/\(name)")
        }
        watch.remove("\(folder)/a")
        try await File.delete("\(folder)/a")
        try await File.delete("\(folder)/b")
        let event = try await watch.next()
        #expect(event?.kind == .gone)
        #expect(event?.watched == "\(folder)/b")
      }
    }

    @Test func `What does not exist cannot be watched`() throws {
      let watch = try Watch()
      let error = #expect(throws: SystemError.self) { try watch.add("/none") }
      #expect(error.map { "\($0)" } == "cannot watch `/none`: No such file or directory")
    }

    @Test func `More changes than the system keeps are told as an overflow`() async throws {
      let file = try await File.open("/proc/sys/fs/inotify/max_queued_events", for: .reading)
      let text = String(decoding: try await file.readToEnd(limit: 100), as: UTF8.self)
      let most = try #require(Int(text.split(separator: "\n").joined()))
      try await withTemporaryFolder { folder in
        let watch = try Watch()
        try watch.add(folder)
        let (a, b) = ("\(folder)/a", "\(folder)/b")
        try await File.open(a, for: .creating).close()
        for _ in 0...(most / 4) {
          rename(a, b)
          rename(b, a)
        }
        var last: Watch.Event?
        repeat { last = try await watch.next() } while last?.kind != .overflow
        #expect(last?.watched == "")
      }
    }

    @Test func `A record that is cut off is no record`() {
      let whole: [UInt8] = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 97, 0, 0, 0]
      for count in 0..<whole.count {
        var bytes = whole[..<count]
        #expect(InotifyRecord(&bytes) == nil)
      }
      var bytes = whole[...]
      #expect(InotifyRecord(&bytes)?.name.text == "a")
      #expect(bytes.isEmpty)
    }
  }
}
