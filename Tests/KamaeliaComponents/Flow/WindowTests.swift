import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct WindowTests {
  @Test(
    arguments: [
      (["size": 2], [[1, 2], [3, 4], [5]]), (["size": 5], [[1, 2, 3, 4, 5]]), (["size": 9], [[1, 2, 3, 4, 5]]),
      (["size": 3, "step": 1], [[1, 2, 3], [2, 3, 4], [3, 4, 5]]),
      (["size": 4, "step": 2], [[1, 2, 3, 4], [2, 3, 4, 5]]), (["size": 1], [[1], [2], [3], [4], [5]]),
    ] as [([String: Value], [[Int]])])
  func `windows by number`(_ arguments: [String: Value], _ windows: [[Int]]) async throws {
    let harness = Harness(Window<Int>.self, arguments)
    harness.feed("inbox", [1, 2, 3, 4, 5])
    #expect(try await harness.run().messages("outbox", as: [Int].self) == windows)
  }

  private func byTime(_ arguments: [String: Value], seed: UInt64 = 1) async throws -> Outcome {
    let harness = Harness(Window<Int>.self, arguments, seed: seed)
    harness.feed("inbox", [1])
    harness.feed("inbox", at: .seconds(5), [5])
    harness.feed("inbox", at: .seconds(10), [10])
    harness.feed("inbox", at: .seconds(25), [25])
    harness.feed("inbox", at: .seconds(41), [41])
    return try await harness.run()
  }

  @Test(arguments: [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `windows by time hold their beginning and not their end`(_ seed: UInt64) async throws {
    let outcome = try await byTime(["time": .duration(.seconds(10))], seed: seed)
    #expect(outcome.messages("outbox", as: [Int].self) == [[1, 5], [10], [25], [41]])
    #expect(outcome.timed("outbox").map(\.after) == [10, 20, 30, 41].map { .seconds($0) })
  }

  @Test func `windows in which nothing came are sent on request`() async throws {
    let outcome = try await byTime(["time": .duration(.seconds(10)), "empty": true])
    #expect(outcome.messages("outbox", as: [Int].self) == [[1, 5], [10], [25], [], [41]])
  }

  @Test func `windows by time may overlap`() async throws {
    let arguments: [String: Value] = ["time": .duration(.seconds(20)), "every": .duration(.seconds(10))]
    let outcome = try await byTime(arguments)
    #expect(outcome.messages("outbox", as: [Int].self) == [[1, 5], [1, 5, 10], [10, 25], [25], [41]])
  }

  @Test func `a window of time that holds too much is an error`() async throws {
    let harness = Harness(Window<Int>.self, ["time": .duration(.seconds(1)), "limit": 3])
    harness.feed("inbox", [1, 2, 3, 4])
    let failure = try await harness.run().failure
    #expect(failure == "more than 3 messages in a window: raise `limit` if that is meant")
  }

  @Test(
    arguments: [
      ([:], "takes either `size` or `time`"),
      (["size": 1, "time": .duration(.seconds(1))], "takes either `size` or `time`"),
      (["size": 2, "step": 3], "would lose messages: `step` (3) is greater than `size` (2)"),
      (
        ["time": .duration(.seconds(1)), "every": .duration(.seconds(60))],
        "would lose messages: `every` (1min) is longer than `time` (1s)"
      ),
      (["size": 2, "every": .duration(.seconds(1))], "takes `every` only beside `time`; beside `size` it is `step`"),
      (["time": .duration(.seconds(1)), "step": 1], "takes `step` only beside `size`; beside `time` it is `every`"),
      (["size": 2, "step": 2], nil),
    ] as [([String: Value], String?)])
  func `parameters that do not fit each other are refused`(_ arguments: [String: Value], _ words: String?) throws {
    #expect(try problem(Window<Int>(), arguments) == words)
  }
}
