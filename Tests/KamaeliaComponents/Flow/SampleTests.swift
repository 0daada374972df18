import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct SampleTests {
  @Test(arguments: [(1, [1, 2, 3, 4, 5, 6, 7]), (3, [1, 4, 7]), (10, [1])])
  func `one of so many passes`(_ each: Int, _ passed: [Int]) async throws {
    let harness = Harness(Sample<Int>.self, ["each": .int(each)])
    harness.feed("inbox", [1, 2, 3, 4, 5, 6, 7])
    #expect(try await harness.run().messages("outbox", as: Int.self) == passed)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `the newest of each interval passes at its end`(_ seed: UInt64) async throws {
    let harness = Harness(Sample<Int>.self, ["every": .duration(.seconds(10))], seed: seed)
    for second in [0, 3, 10, 55, 61, 62] { harness.feed("inbox", at: .seconds(second), [second]) }
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == [3, 10, 55, 62])
    #expect(outcome.timed("outbox").map(\.after) == [10, 20, 60, 62].map { .seconds($0) })
  }

  @Test(arguments: [[:], ["each": 1, "every": .duration(.seconds(1))]] as [[String: Value]])
  func `it takes one measure`(_ arguments: [String: Value]) throws {
    #expect(try problem(Sample<Int>(), arguments) == "takes either `each` or `every`")
  }
}
