import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct TeeTests {
  @Test func `both outboxes have every message in order`() async throws {
    let harness = Harness(Tee<Int>.self)
    harness.feed("inbox", Array(1...1000))
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: Int.self) == Array(1...1000))
    #expect(outcome.messages("copy", as: Int.self) == Array(1...1000))
    #expect(outcome.hasEnded)
  }

  @Test func `one outbox goes on where nobody reads the other`() async throws {
    let harness = Harness(Tee<String>.self)
    harness.feed("inbox", ["a", "b"])
    harness.leaveUnlinked("copy")
    #expect(try await harness.run().messages("outbox", as: String.self) == ["a", "b"])
  }
}
