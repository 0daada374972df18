import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct SequenceTests {
  private func ticks(_ count: Int?) -> Value {
    chain(
      "Three", [("Ticks", ["interval": .duration(.seconds(1)), "count": count.map { .int($0) } ?? .name("none")])],
      hasInbox: false)
  }

  private func run(_ graphs: [Value], for limit: Duration? = nil) async throws -> Outcome {
    let library = Library(Library.flow + Library.timing)
    return try await Harness(GraphSequence<Int>.self, ["graphs": .list(graphs)], library: library).run(for: limit)
  }

  @Test func `each graph runs when the one before has ended`() async throws {
    let outcome = try await run([ticks(3), ticks(0), ticks(2)])
    #expect(outcome.messages("outbox", as: Int.self) == [0, 1, 2, 0, 1])
    #expect(outcome.timed("outbox").map(\.after) == [0, 1, 2, 2, 3].map { .seconds($0) })
    #expect(outcome.hasEnded)
  }

  @Test func `a graph that fails fails it`() async throws {
    let bad = chain("Bad", [("Ticks", ["count": 5]), ("Fail", ["on": 2])], hasInbox: false)
    let outcome = try await run([ticks(1), bad, ticks(1)])
    #expect(outcome.messages("outbox", as: Int.self) == [0, 0])
    #expect(outcome.failure == "`Sequence/Bad#2/link1` (Fail, test:1:1) failed: failed on purpose")
  }

  @Test func `no graphs are nothing`() async throws {
    #expect(try await run([]).hasEnded)
  }
}
