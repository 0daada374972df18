import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ZipTests {
  private func zip(_ left: [Int], _ right: [String]) async throws -> Outcome {
    let harness = Harness(Zip<Int, String>.self)
    harness.feed("left", left)
    harness.feed("right", right)
    return try await harness.run()
  }

  @Test func `messages meet by their number`() async throws {
    let outcome = try await zip([1, 2], ["a", "b"])
    #expect(outcome.messages("outbox", as: Pair<Int, String>.self) == [Pair(1, "a"), Pair(2, "b")])
    #expect(outcome.hasEnded)
  }

  @Test(
    arguments: [([1, 2, 3], ["a"], [2, 3], []), ([1], ["a", "b", "c"], [], ["b", "c"]), ([], ["a"], [], ["a"])]
      as [([Int], [String], [Int], [String])])
  func `what has no partner is not lost`(
    _ left: [Int], _ right: [String], _ restLeft: [Int], _ restRight: [String]
  ) async throws {
    let outcome = try await zip(left, right)
    #expect(outcome.messages("unpairedLeft", as: Int.self) == restLeft)
    #expect(outcome.messages("unpairedRight", as: String.self) == restRight)
  }
}
