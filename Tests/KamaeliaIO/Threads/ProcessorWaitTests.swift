import Testing

@testable import KamaeliaIO

extension IO {
  @Suite struct ProcessorWaitTests {
    @Test(
      arguments: [
        ("123456 789 10\n", .nanoseconds(789)), ("0 0 0\n", .zero), ("", nil), ("1 2\n", nil), ("1 x 3\n", nil),
        ("1 -2 3\n", nil), ("1 99999999999999999999 3\n", nil),
      ] as [(String, Duration?)])
    func `What the system says is read`(text: String, total: Duration?) {
      #expect(ProcessorWait.total(in: text) == total)
    }

    @Test func `A thread's wait only grows, and is nobody's once it has ended`() async throws {
      let (wait, first) = try await BlockingThreads.shared.offload { () -> (ProcessorWait?, Duration?) in
        let wait = ProcessorWait()
        return (wait, wait?.total)
      }
      let before = try #require(first)
      if let after = try #require(wait).total { #expect(after >= before) }
    }
  }
}
