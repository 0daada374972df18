import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct DiscardTests {
  @Test func `it takes all and ends with its inbox`() async throws {
    let harness = Harness(Discard<Int>.self, capacity: 1)
    harness.feed("inbox", Array(0..<1000))
    #expect(try await harness.run().hasEnded)
  }
}
