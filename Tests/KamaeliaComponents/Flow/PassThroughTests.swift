import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct PassThroughTests {
  @Test(arguments: [1, 2, 256]) func `nothing is changed, whatever the capacity`(_ capacity: Int) async throws {
    let harness = Harness(PassThrough<Int>.self, capacity: capacity)
    harness.feed("inbox", Array(0..<500))
    #expect(try await harness.run().messages("outbox", as: Int.self) == Array(0..<500))
  }

  @Test func `a type of one's own passes as well`() async throws {
    let harness = Harness(PassThrough<Counted>.self)
    harness.feed("inbox", [Counted(key: "a", count: 1)])
    #expect(
      try await harness.run().messages("outbox", as: Counted.self) == [Counted(key: "a", count: 1)])
  }

  @Test func `it ends with an inbox that has nothing`() async throws {
    let harness = Harness(PassThrough<Int>.self)
    harness.feed("inbox", [Int]())
    let outcome = try await harness.run()
    #expect(outcome.hasEnded)
    #expect(outcome.isClosed("outbox"))
  }
}
