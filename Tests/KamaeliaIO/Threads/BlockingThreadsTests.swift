import Dispatch
import Glibc
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct BlockingThreadsTests {
    @Test func `A call gives its result, or throws its error`() async throws {
      let threads = BlockingThreads(limit: 2)
      #expect(try await threads.offload { 6 * 7 } == 42)
      await #expect(throws: SystemError.self) {
        try await threads.offload { throw SystemError(errno: EIO, operation: .read, path: "x") }
      }
      #expect(threads.busy == 0)
    }

    @Test func `No more than the limit run at once, and the rest wait in order`() async throws {
      let threads = BlockingThreads(limit: 2)
      let gate = DispatchSemaphore(value: 0)
      let order = Shared([Int]())
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<2 { group.addTask { try await threads.offload { gate.wait() } } }
        while threads.busy < 2 { await Task.yield() }
        for number in 0..<5 {
          group.addTask { try await threads.offload { order.withLock { $0.append(number) } } }
          while threads.waiting <= number { await Task.yield() }
        }
        #expect(threads.waiting == 5)
        #expect(threads.threads == 2)
        gate.signal()
        while order.withLock({ $0.count }) < 5 { await Task.yield() }
        gate.signal()
        try await group.waitForAll()
      }
      #expect(order.withLock { $0 } == [0, 1, 2, 3, 4])
    }

    @Test func `A call that waits is taken back by cancellation`() async throws {
      let threads = BlockingThreads(limit: 1)
      let gate = DispatchSemaphore(value: 0)
      let ran = Shared(false)
      let first = Task { try await threads.offload { gate.wait() } }
      while threads.busy < 1 { await Task.yield() }
      let second = Task { try await threads.offload { ran.withLock { $0 = true } } }
      while threads.waiting < 1 { await Task.yield() }
      second.cancel()
      await #expect(throws: CancellationError.self) { try await second.value }
      #expect(threads.waiting == 0)
      gate.signal()
      try await first.value
      #expect(ran.withLock { $0 } == false)
    }

    @Test func `Threads without work end`() async throws {
      let threads = BlockingThreads(limit: 4, idle: .milliseconds(1))
      for _ in 0..<50 { try await threads.offload {} }
      while threads.threads > 0 { await Task.yield() }
      #expect(try await threads.offload { 1 } == 1)
    }

    @Test(arguments: [1, 3, 64]) func `No call is lost or run twice`(limit: Int) async throws {
      let threads = BlockingThreads(limit: limit, idle: .microseconds(50))
      let count = Shared(0)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<2000 {
          group.addTask { try await threads.offload { count.withLock { $0 += 1 } } }
          if number % 100 == 0 { await Task.yield() }
        }
        try await group.waitForAll()
      }
      #expect(count.withLock { $0 } == 2000)
      #expect(threads.busy == 0)
      #expect(threads.waiting == 0)
    }
  }
}
