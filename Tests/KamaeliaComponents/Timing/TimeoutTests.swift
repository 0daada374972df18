import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct TimeoutTests {
  private func run(_ arguments: [String: Value], _ seconds: [Int]) async throws -> Outcome {
    let harness = Harness(Timeout<Int>.self, arguments.merging(["after": .duration(.seconds(10))]) { $1 })
    for second in seconds { harness.feed("inbox", at: .seconds(second), [second]) }
    return try await harness.run()
  }

  @Test func `silence is said once, and messages pass`() async throws {
    let outcome = try await run([:], [5, 14, 50, 55])
    #expect(outcome.messages("outbox", as: Int.self) == [5, 14, 50, 55])
    #expect(outcome.timed("expired").map(\.after) == [.seconds(24)])
    #expect(outcome.timed("expired").map(\.text) == ["nothing came for 10s"])
  }

  @Test func `silence from the start counts, and can be said again`() async throws {
    let outcome = try await run(["again": true, "message": "hello?"], [35, 46])
    #expect(outcome.timed("expired").map(\.after) == [10, 20, 30, 45].map { .seconds($0) })
    #expect(outcome.messages("expired", as: String.self) == Array(repeating: "hello?", count: 4))
  }

  @Test func `it can end when it has expired`() async throws {
    let outcome = try await run(["ends": true], [5, 50])
    #expect(outcome.messages("outbox", as: Int.self) == [5])
    #expect(outcome.timed("expired").map(\.after) == [.seconds(15)])
    #expect(outcome.hasEnded)
  }

  @Test func `the end of the inbox is no silence`() async throws {
    #expect(try await run([:], [1]).timed("expired").isEmpty)
  }
}
