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

  @Test(arguments: ["dropOldest", "dropNewest"], [1, 2, 3, 4, 5] as [UInt64])
  func `what is dropped is handed out`(_ policy: String, _ seed: UInt64) async throws {
    let harness = Harness(Buffer<Int>.self, ["size": 2, "overflow": .name(policy)], seed: seed, capacity: 1)
    harness.feed("inbox", Array(0..<300))
    let outcome = try await harness.run()
    let (passed, dropped) = (outcome.messages("outbox", as: Int.self), outcome.messages("dropped", as: Int.self))
    #expect((passed + dropped).sorted() == Array(0..<300))
    #expect(passed == passed.sorted())
    #expect(!dropped.isEmpty)
    #expect(dropped == dropped.sorted())
  }
}
