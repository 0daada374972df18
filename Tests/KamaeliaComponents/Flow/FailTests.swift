import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct FailTests {
  @Test(
    arguments: [
      (["on": 3], ["a", "b"], "failed on purpose"), (["matches": "b", "message": "no bees"], ["a"], "no bees"),
      ([:], [], "failed on purpose"), (["on": 9], ["a", "b", "c"], nil),
    ] as [([String: Value], [String], String?)])
  func `it fails where it is told to`(
    _ arguments: [String: Value], _ passed: [String], _ failure: String?
  ) async throws {
    let harness = Harness(Fail<String>.self, arguments)
    harness.feed("inbox", ["a", "b", "c"])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == passed)
    #expect(outcome.failure == failure)
  }
}
