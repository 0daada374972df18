import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct BatchTests {
  @Test(
    arguments: [
      (1, [[1], [2], [3], [4], [5]]), (2, [[1, 2], [3, 4], [5]]), (5, [[1, 2, 3, 4, 5]]), (9, [[1, 2, 3, 4, 5]]),
    ])
  func `lists have the size, and the last one what is left`(_ size: Int, _ lists: [[Int]]) async throws {
    let harness = Harness(Batch<Int>.self, ["size": .int(size)])
    harness.feed("inbox", [1, 2, 3, 4, 5])
    #expect(try await harness.run().messages("outbox", as: [Int].self) == lists)
  }

  @Test func `a list that is not full is sent in time`() async throws {
    let harness = Harness(Batch<Int>.self, ["size": 3, "within": .duration(.seconds(1))])
    harness.feed("inbox", [1, 2])
    harness.feed("inbox", at: .milliseconds(500), [3, 4])
    harness.feed("inbox", at: .seconds(5), [5])
    harness.feed("inbox", at: .seconds(8), [Int]())
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: [Int].self) == [[1, 2, 3], [4], [5]])
    #expect(outcome.timed("outbox").map(\.after) == [.milliseconds(500), .milliseconds(1500), .seconds(5)])
  }

  @Test func `the time of the next list begins with its own first message`() async throws {
    let harness = Harness(Batch<Int>.self, ["size": 2, "within": .duration(.seconds(1))])
    harness.feed("inbox", [1])
    harness.feed("inbox", at: .milliseconds(900), [2, 3])
    harness.feed("inbox", at: .milliseconds(1800), [4])
    #expect(try await harness.run().messages("outbox", as: [Int].self) == [[1, 2], [3, 4]])
  }

  @Test func `nothing makes no list`() async throws {
    let harness = Harness(Batch<Int>.self, ["size": 2])
    harness.feed("inbox", [Int]())
    #expect(try await harness.run().messages("outbox", as: [Int].self).isEmpty)
  }
}
