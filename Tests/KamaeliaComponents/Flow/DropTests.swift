import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct DropTests {
  @Test(
    arguments: [
      ([:], ["#a", "#b", "c", "#d"]), (["count": 1], ["#b", "c", "#d"]), (["count": 9], []),
      (["while": "^#"], ["c", "#d"]), (["while": "^#", "count": 3], ["#d"]), (["while": "x"], ["#a", "#b", "c", "#d"]),
    ] as [([String: Value], [String])])
  func `a beginning is left out`(_ arguments: [String: Value], _ passed: [String]) async throws {
    let messages = ["#a", "#b", "c", "#d"]
    let harness = Harness(Drop<String>.self, arguments)
    harness.feed("inbox", messages)
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == passed)
    #expect(outcome.messages("dropped", as: String.self) == Array(messages.dropLast(passed.count)))
  }

  @Test func `time can be the measure`() async throws {
    let harness = Harness(Drop<Int>.self, ["for": .duration(.seconds(10))])
    for second in [0, 9, 10, 11] { harness.feed("inbox", at: .seconds(second), [second]) }
    #expect(try await harness.run().messages("outbox", as: Int.self) == [10, 11])
  }
}
