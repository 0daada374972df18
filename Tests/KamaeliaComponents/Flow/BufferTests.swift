import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct BufferTests {
  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [1, 7, 1000])
  func `waiting loses nothing and keeps the order`(_ seed: UInt64, _ size: Int) async throws {
    let harness = Harness(Buffer<Int>.self, ["size": .int(size)], seed: seed, capacity: 3)
    harness.feed("inbox", Array(0..<500))
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == Array(0..<500))
    #expect(outcome.messages("dropped", as: Int.self).isEmpty)
  }

  /// What comes through a buffer whose reader takes one message a second.
  private func throughSlowReader(_ policy: String) async throws -> [Int] {
    let arguments: [String: Value] = ["size": 3, "overflow": .name(policy)]
    let slow = chain("Slow", [("Buffer", arguments), ("Throttle", ["rate": .rate(perSecond: 1, isBytes: false)])])
    let harness = Harness(Carousel<Int, Int>.self, ["graph": slow], library: Library(Library.flow))
    harness.feed("next", ["next"])
    for number in 0..<100 { harness.feed("inbox", at: .milliseconds(10 * number), [number]) }
    return try await harness.run().messages("outbox", as: Int.self)
  }

  @Test func `the policy says what is dropped`() async throws {
    // The first passes, two wait in the linkage and with the sender; three wait in the buffer.
    #expect(try await throughSlowReader("wait") == Array(0..<100))
    #expect(try await throughSlowReader("dropNewest") == [0, 1, 2, 3, 4, 5, 6])
    #expect(try await throughSlowReader("dropOldest") == [0, 1, 2, 3, 97, 98, 99])
  }

  @Test(arguments: ["dropOldest", "dropNewest"], [1, 2, 3, 4, 5] as [UInt64])
  func `what is dropped is handed out`(_ policy: String, _ seed: UInt64) async throws {
    let harness = Harness(Buffer<Int>.self, ["size": 2, "overflow": .name(policy)], seed: seed)
    harness.feed("inbox", Array(0..<300))
    let outcome = try await harness.run()
    let (passed, dropped) = (outcome.messages("outbox", as: Int.self), outcome.messages("dropped", as: Int.self))
    #expect((passed + dropped).sorted() == Array(0..<300))
    #expect(passed == passed.sorted())
    #expect(dropped == dropped.sorted())
    #expect(!dropped.isEmpty)
  }

  @Test func `on several threads nothing is lost either`() async throws {
    let harness = Harness(Buffer<Int>.self, ["size": 5], clock: .real, capacity: 2)
    harness.feed("inbox", Array(0..<4000))
    let passed = try await harness.run().messages("outbox", as: Int.self)
    #expect(passed.count == 4000)
    #expect(passed == Array(0..<passed.count))
  }
}
