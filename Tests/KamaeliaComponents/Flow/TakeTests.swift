import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct TakeTests {
  @Test(arguments: [(0, []), (1, [1]), (3, [1, 2, 3]), (9, [1, 2, 3])] as [(Int, [Int])])
  func `the first messages pass`(_ count: Int, _ passed: [Int]) async throws {
    let harness = Harness(Take<Int>.self, ["count": .int(count)])
    harness.feed("inbox", [1, 2, 3])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == passed)
    #expect(outcome.hasEnded)
  }

  @Test func `it ends with the last message and waits for no other`() async throws {
    let harness = Harness(Take<Int>.self, ["count": 2])
    harness.feed("inbox", [1, 2])
    harness.keepOpen("inbox")
    #expect(try await harness.run().hasEnded)
  }

  @Test func `time can be the measure`() async throws {
    let harness = Harness(Take<Int>.self, ["for": .duration(.seconds(10))])
    for second in [0, 9, 10, 11] { harness.feed("inbox", at: .seconds(second), [second]) }
    #expect(try await harness.run().messages("outbox", as: Int.self) == [0, 9])
  }

  @Test func `it needs a measure`() throws {
    #expect(try problem(Take<Int>(), [:]) == "takes `count`, `for` or both")
    #expect(try problem(Take<Int>(), ["count": 0]) == nil)
  }
}
