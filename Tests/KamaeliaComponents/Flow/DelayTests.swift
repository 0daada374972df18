import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct DelayTests {
  @Test func `gaps are kept and the end waits for what is held`() async throws {
    let harness = Harness(Delay<Int>.self, ["time": .duration(.seconds(10))])
    for second in [0, 1, 9, 10, 25] { harness.feed("inbox", at: .seconds(second), [second]) }
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == [0, 1, 9, 10, 25])
    #expect(outcome.timed("outbox").map(\.after) == [10, 11, 19, 20, 35].map { .seconds($0) })
  }

  @Test func `what is too much to hold waits and is not lost`() async throws {
    let harness = Harness(Delay<Int>.self, ["time": .duration(.seconds(1)), "capacity": 2])
    harness.feed("inbox", [1, 2, 3, 4, 5])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == [1, 2, 3, 4, 5])
    #expect(outcome.timed("outbox").map(\.after) == [1, 1, 2, 2, 3].map { .seconds($0) })
  }

  @Test func `no time is no delay`() async throws {
    let harness = Harness(Delay<Int>.self, ["time": .duration(.zero)])
    harness.feed("inbox", at: .seconds(3), [1])
    #expect(try await harness.run().timed("outbox").map(\.after) == [.seconds(3)])
  }
}
