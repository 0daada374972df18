import Dispatch
import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct LimitedCallsTests {
    private struct Odd: Error {}

    @Test func `A call gives its result, or throws its error`() async throws {
      let calls = LimitedCalls(name: "test", limit: .seconds(10))
      for number in 0..<2000 { #expect(try await calls.run { number + 1 } == number + 1) }
      await #expect(throws: Odd.self) { try await calls.run { throw Odd() } }
      #expect(try await calls.run { 1 } == 1)
    }

    @Test func `A call that takes too long is given up, and others are made`() async throws {
      let before = CallingThread.countOfLeft
      let calls = LimitedCalls(name: "test", limit: .milliseconds(5))
      let isOver = Shared(false)
      for _ in 1...3 {
        await #expect(throws: CallGivenUp(limit: .milliseconds(5))) {
          try await calls.run { while !isOver.withLock({ $0 }) {} }
        }
        #expect(try await calls.run { 1 } == 1)
      }
      isOver.withLock { $0 = true }
      while CallingThread.countOfLeft > before { await Task.yield() }
    }

    @Test func `A call that waits for a processor is not given up for that`() async throws {
      let calls = LimitedCalls(name: "test", limit: .milliseconds(20))
      let gate = DispatchSemaphore(value: 0)
      // It uses no time of a processor while it waits.
      async let answer = calls.run {
        gate.wait()
        return 1
      }
      let begun = ContinuousClock.now
      while ContinuousClock.now - begun < .milliseconds(60) { await Task.yield() }
      gate.signal()
      #expect(try await answer == 1)
    }

    @Test func `When too many are left, no more are made`() async throws {
      // Those of other tests, at the lowest priority, end by themselves some time.
      let before = CallingThread.countOfLeft
      let isOver = Shared(false)
      let calls = LimitedCalls(name: "test", limit: .milliseconds(1))
      while CallingThread.countOfLeft < LimitedCalls.most {
        await #expect(throws: CallGivenUp.self) {
          try await calls.run { while !isOver.withLock({ $0 }) {} }
        }
      }
      await #expect(throws: TooManyCalls(most: LimitedCalls.most)) { try await calls.run { 1 } }
      isOver.withLock { $0 = true }
      while CallingThread.countOfLeft > before { await Task.yield() }
      #expect(try await calls.run { 1 } == 1)
    }

    @Test func `Who is cancelled does not wait for the call`() async throws {
      let before = CallingThread.countOfLeft
      let calls = LimitedCalls(name: "test", limit: .seconds(10))
      let (isOver, hasBegun) = (Shared(false), Shared(false))
      let waiting = Task {
        try await calls.run {
          hasBegun.withLock { $0 = true }
          while !isOver.withLock({ $0 }) {}
        }
      }
      while !hasBegun.withLock({ $0 }) { await Task.yield() }
      waiting.cancel()
      await #expect(throws: CancellationError.self) { try await waiting.value }
      isOver.withLock { $0 = true }
      while CallingThread.countOfLeft > before { await Task.yield() }
    }
  }
}
