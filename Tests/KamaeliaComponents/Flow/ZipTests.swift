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

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64], [0, 1, 3])
  func `it ends with the right side while the left one is silent, and the other way round`(
    _ seed: UInt64, _ pairs: Int
  ) async throws {
    for (silent, other) in [("left", "right"), ("right", "left")] {
      let harness = Harness(Zip<Int, Int>.self, seed: seed)
      for box in ["unpairedLeft", "unpairedRight"] { harness.leaveUnlinked(box) }
      harness.feed(silent, Array(0..<pairs))
      harness.keepOpen(silent)
      harness.feed(other, Array(0..<pairs))
      let outcome = try await harness.run(for: .seconds(1))
      #expect(outcome.messages("outbox", as: Pair<Int, Int>.self) == (0..<pairs).map { Pair($0, $0) })
      #expect(outcome.hasEnded, "\(silent) was silent")
    }
  }

  @Test func `a message waits for its partner, however long that takes`() async throws {
    let harness = Harness(Zip<Int, Int>.self)
    harness.feed("left", [1, 2])
    harness.feed("right", at: .seconds(100), [3])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Pair<Int, Int>.self) == [Pair(1, 3)])
    #expect(outcome.messages("unpairedLeft", as: Int.self) == [2])
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
