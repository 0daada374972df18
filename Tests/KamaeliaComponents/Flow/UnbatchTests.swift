import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct UnbatchTests {
  @Test func `elements come in their order, and none of an empty list`() async throws {
    let harness = Harness(Unbatch<Int>.self)
    harness.feed("inbox", [[1, 2], [], [3]])
    #expect(try await harness.run().messages("outbox", as: Int.self) == [1, 2, 3])
  }
}
