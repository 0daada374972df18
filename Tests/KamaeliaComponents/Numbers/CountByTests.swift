import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct CountByTests {
  @Test func `the table has the most frequent first`() async throws {
    let harness = Harness(CountBy<String>.self)
    harness.feed("inbox", ["b", "a", "c", "a", "b", "a", "c"])
    let tables = try await harness.run().messages("outbox", as: [Counted].self)
    #expect(tables == [[Counted(key: "a", count: 3), Counted(key: "b", count: 2), Counted(key: "c", count: 2)]])
    #expect(tables.map(\.text) == ["3 a\n2 b\n2 c"])
  }

  @Test func `what has no key is said`() async throws {
    let harness = Harness(CountBy<String>.self, ["capture": #"E(\d+)"#])
    harness.feed("inbox", ["E12 x", "fine", "E7", "y E12"])
    let outcome = try await harness.run()
    #expect(
      outcome.messages("outbox", as: [Counted].self) == [[Counted(key: "12", count: 2), Counted(key: "7", count: 1)]])
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.text) == [#"`E(\d+)` is not found in the message: "fine""#])
  }

  @Test func `what has no key fails it where nobody listens`() async throws {
    let harness = Harness(CountBy<JSON>.self, ["by": "user"])
    harness.leaveUnlinked("errors")
    harness.feed("inbox", [JSON.null])
    let failure = try await harness.run().failure
    #expect(
      failure == #"there is no field `user`: "null" (link the outbox `errors` to take such messages elsewhere)"#)
  }

  @Test(arguments: [(false, [2, 3]), (true, [2, 1])])
  func `tables come from time to time`(_ reset: Bool, _ counts: [Int]) async throws {
    let harness = Harness(CountBy<String>.self, ["each": 2, "reset": .bool(reset)])
    harness.feed("inbox", ["a", "a", "a"])
    let tables = try await harness.run().messages("outbox", as: [Counted].self)
    #expect(tables == counts.map { [Counted(key: "a", count: $0)] })
  }

  @Test func `more keys than allowed are an error`() async throws {
    let harness = Harness(CountBy<Int>.self, ["keys": 2])
    harness.feed("inbox", [1, 2, 1, 3])
    #expect(try await harness.run().failure == "more than 2 different keys: raise `keys` if that is meant")
  }
}
