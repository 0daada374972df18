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

  @Test func `arrays of JSON are taken apart, and what is none goes to errors`() async throws {
    let harness = Harness(JSON.Unbatch.self)
    harness.feed("inbox", [JSON.array([.int(1), .object(["a": .null])]), .array([]), .string("x"), .array([.int(2)])])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: JSON.self) == [.int(1), .object(["a": .null]), .int(2)])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.error) == ["this is no array"])
  }
}
