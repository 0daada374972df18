import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct DedupeTests {
  @Test func `only the first of equal messages passes`() async throws {
    let harness = Harness(Dedupe<String>.self)
    harness.feed("inbox", ["a", "b", "a", "a", "c", "b"])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == ["a", "b", "c"])
    #expect(outcome.messages("duplicates", as: String.self) == ["a", "a", "b"])
  }

  @Test(arguments: [(1, [1, 2, 1, 3, 1]), (2, [1, 2, 3, 1]), (3, [1, 2, 3])])
  func `no more are remembered than asked`(_ remember: Int, _ passed: [Int]) async throws {
    let harness = Harness(Dedupe<Int>.self, ["remember": .int(remember)])
    harness.feed("inbox", [1, 1, 2, 1, 3, 3, 1])
    #expect(try await harness.run().messages("outbox", as: Int.self) == passed)
  }

  @Test func `what has passed is forgotten in time, counted from when it passed`() async throws {
    let harness = Harness(Dedupe<String>.self, ["within": .duration(.seconds(10))])
    for second in [0, 4, 8, 12, 16, 30] { harness.feed("inbox", at: .seconds(second), ["a"]) }
    #expect(try await harness.run().timed("outbox").map(\.after) == [0, 12, 30].map { .seconds($0) })
  }

  @Test func `a message without the field is equal to none`() async throws {
    let harness = Harness(Dedupe<JSON>.self, ["by": "id"])
    let (one, other) = (JSON.object(["id": .int(1)]), JSON.object(["id": .int(1), "name": .string("x")]))
    harness.feed("inbox", [one, .null, other, .null])
    #expect(try await harness.run().messages("outbox", as: JSON.self) == [one, .null, .null])
  }
}
