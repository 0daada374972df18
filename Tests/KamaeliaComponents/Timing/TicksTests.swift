import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct TicksTests {
  @Test(arguments: [(0, []), (1, [0]), (4, [0, 250, 500, 750])] as [(Int, [Int])])
  func `ticks are due at whole multiples of the interval`(_ count: Int, _ due: [Int]) async throws {
    let harness = Harness(Ticks.self, ["interval": .duration(.milliseconds(250)), "count": .int(count)])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == Array(0..<count))
    #expect(outcome.timed("outbox").map(\.after) == due.map { .milliseconds($0) })
    #expect(outcome.hasEnded)
  }

  @Test func `without a count it goes on`() async throws {
    let harness = Harness(Ticks.self, ["interval": .duration(.seconds(1))])
    let outcome = try await harness.run(for: .seconds(3600))
    #expect(outcome.messages("outbox", as: Int.self) == Array(0...3600))
    #expect(!outcome.hasEnded)
  }
}
