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

  @Test(arguments: [1e308, -1e308, .greatestFiniteMagnitude, 1e-308] as [Double], [1, 2, 3, 1000])
  func `numbers whose sum no number can hold have a mean`(_ number: Double, _ count: Int) async throws {
    let outcome = try await mean(Array(repeating: number, count: count))
    let mean = try #require(outcome.messages("outbox", as: Double.self).first)
    #expect(abs(mean / number - 1) < 1e-15)
  }

  @Test func `what is no number is said and not averaged`() async throws {
    let outcome = try await mean(["1", "one", "3"])
    #expect(outcome.messages("outbox", as: Double.self) == [2])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.input) == ["one"])
  }
}
