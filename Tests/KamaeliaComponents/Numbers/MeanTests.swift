import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct MeanTests {
  private func mean<M: Message>(_ messages: [M], _ arguments: [String: Value] = [:]) async throws -> Outcome {
    let harness = Harness(Mean<M>.self, arguments)
    harness.feed("inbox", messages)
    return try await harness.run()
  }

  @Test func `the mean is that of all numbers so far`() async throws {
    #expect(try await mean([1, 2, 3, 6]).messages("outbox", as: Double.self) == [3])
    #expect(try await mean([1, 2, 3, 6], ["each": 1]).messages("outbox", as: Double.self) == [1, 1.5, 2, 3])
    #expect(
      try await mean([1, 2, 3, 6], ["each": 2, "reset": true]).messages("outbox", as: Double.self) == [1.5, 4.5])
    #expect(try await mean([Duration.seconds(1), .seconds(2)]).messages("outbox", as: Double.self) == [1.5])
  }

  @Test func `nothing has no mean`() async throws {
    let outcome = try await mean([Int]())
    #expect(outcome.messages("outbox", as: Double.self).isEmpty)
    #expect(outcome.hasEnded)
  }

  @Test func `whole numbers that are large have one too`() async throws {
    #expect(try await mean([Int.max, .max, .max]).messages("outbox", as: Double.self) == [Double(Int.max)])
  }

  @Test func `a sum that no number can hold is an error and never a wrong mean`() async throws {
    let numbers = [Double.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    #expect(try await mean(numbers).failure == "the sum of the numbers is too large")
  }

  @Test func `what is no number is said and not averaged`() async throws {
    let outcome = try await mean(["1", "one", "3"])
    #expect(outcome.messages("outbox", as: Double.self) == [2])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.input) == ["one"])
  }
}
