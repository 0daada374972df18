import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct CountTests {
  private func count(_ arguments: [String: Value], _ seconds: [Int], seed: UInt64 = 1) async throws -> Outcome {
    let harness = Harness(Count<Int>.self, arguments, seed: seed)
    harness.feed("inbox", [Int]())
    for second in seconds { harness.feed("inbox", at: .seconds(second), [second]) }
    return try await harness.run()
  }

  @Test(
    arguments: [
      ([:], [], [0]), ([:], [0, 0, 0], [3]), (["each": 2], [0, 0, 0], [2, 3]), (["each": 2], [0, 0, 0, 0], [2, 4]),
      (["each": 2, "reset": true], [0, 0, 0], [2, 1]), (["each": 1], [], [0]),
    ] as [([String: Value], [Int], [Int])])
  func `numbers come after so many and at the end`(
    _ arguments: [String: Value], _ seconds: [Int], _ numbers: [Int]
  ) async throws {
    #expect(try await count(arguments, seconds).messages("outbox", as: Int.self) == numbers)
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `numbers come at each interval, which holds its beginning and not its end`(_ seed: UInt64) async throws {
    let outcome = try await count(["every": .duration(.seconds(10))], [0, 3, 10, 35], seed: seed)
    #expect(outcome.messages("outbox", as: Int.self) == [2, 3, 3, 4])
    #expect(outcome.timed("outbox").map(\.after) == [10, 20, 30, 35].map { .seconds($0) })
  }

  @Test func `with reset each interval has its own number`() async throws {
    let outcome = try await count(["every": .duration(.seconds(10)), "reset": true], [0, 3, 10, 35])
    #expect(outcome.messages("outbox", as: Int.self) == [2, 1, 0, 1])
  }

  @Test func `the end says nothing twice`() async throws {
    let harness = Harness(Count<Int>.self, ["every": .duration(.seconds(10))])
    harness.feed("inbox", at: .seconds(5), [1])
    harness.keepOpen("inbox")
    let outcome = try await harness.run(for: .seconds(25))
    #expect(outcome.messages("outbox", as: Int.self) == [1, 1])
  }
}
