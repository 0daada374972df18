import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct MergeTests {
  private func merge(
    _ rule: String, _ inputs: [(box: String, messages: [Int])], seed: UInt64 = 1
  ) async throws -> [Int] {
    let harness = Harness(Merge<Int>.self, ["rule": .name(rule)], seed: seed, capacity: 2)
    for (box, messages) in inputs { harness.feed(box, messages) }
    return try await harness.run().messages("outbox", as: Int.self)
  }

  @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
  func `what comes as it comes loses nothing and keeps each input's order`(_ seed: UInt64) async throws {
    let inputs = [("in[0]", Array(0..<100)), ("in[1]", Array(100..<200)), ("inbox", Array(200..<300))]
    let merged = try await merge("arrival", inputs, seed: seed)
    #expect(merged.sorted() == Array(0..<300))
    for (_, messages) in inputs { #expect(merged.filter(messages.contains) == messages) }
  }

  @Test(
    arguments: [
      ("inTurn", [1, 10, 2, 20, 30]), ("oneAfterAnother", [1, 2, 10, 20, 30]), ("sorted", [1, 2, 10, 20, 30]),
    ])
  func `the rule says whose message is next`(_ rule: String, _ merged: [Int]) async throws {
    #expect(try await merge(rule, [("in[0]", [1, 2]), ("in[1]", [10, 20, 30])]) == merged)
  }

  @Test(arguments: ["arrival", "inTurn", "oneAfterAnother", "sorted"])
  func `an empty input is at its end`(_ rule: String) async throws {
    #expect(try await merge(rule, [("in[0]", []), ("in[1]", [1, 2])]) == [1, 2])
  }

  @Test(arguments: [([1, 4, 9], [2, 3, 10]), ([5], [1, 2, 3, 4]), ([1, 1], [1])])
  func `sorted inputs make a sorted stream`(_ a: [Int], _ b: [Int]) async throws {
    #expect(try await merge("sorted", [("in[0]", a), ("in[1]", b)]) == (a + b).sorted())
  }

  @Test func `a field can be what is sorted by, and a message without it goes at once`() async throws {
    let harness = Harness(Merge<JSON>.self, ["rule": .name("sorted"), "by": "at"])
    let (one, two, three) = (
      JSON.object(["at": .int(1)]), JSON.object(["at": .double(1.5)]), JSON.object(["at": .int(2)])
    )
    harness.feed("in[0]", [one, three])
    harness.feed("in[1]", [JSON.null, two])
    #expect(try await harness.run().messages("outbox", as: JSON.self) == [.null, one, two, three])
  }

  @Test func `on several threads nothing is lost either`() async throws {
    let harness = Harness(Merge<Int>.self, clock: .real, capacity: 2)
    for input in 0..<4 { harness.feed("in[\(input)]", Array(input * 1000..<(input + 1) * 1000)) }
    let outcome = try await harness.run()
    #expect(outcome.hasEnded, "\(outcome)")
    let sum = outcome.messages("outbox", as: Int.self).reduce(0, +)
    #expect(outcome.messages("outbox", as: Int.self).count == 4000)
    #expect(sum == 3999 * 2000)
  }
}
