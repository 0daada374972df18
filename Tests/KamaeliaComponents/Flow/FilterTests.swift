import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct FilterTests {
  private func filter<M: Message & Equatable>(_ messages: [M], _ arguments: [String: Value]) async throws -> (
    passed: [M], rejected: [M]
  ) {
    let harness = Harness(Filter<M>.self, arguments)
    harness.feed("inbox", messages)
    let outcome = try await harness.run()
    return (outcome.messages("outbox", as: M.self), outcome.messages("rejected", as: M.self))
  }

  @Test(
    arguments: [
      (["atLeast": 3], [3, 4, 5]), (["above": 3], [4, 5]), (["atMost": 3], [1, 2, 3]), (["below": 3], [1, 2]),
      (["equals": 3], [3]), (["equals": 3.0], [3]), (["atLeast": 2, "below": 4], [2, 3]),
      (["equals": 3, "not": true], [1, 2, 4, 5]), (["atLeast": "3"], []), (["matches": "[24]"], [2, 4]),
    ] as [([String: Value], [Int])])
  func `numbers pass by what they are`(_ arguments: [String: Value], _ passing: [Int]) async throws {
    let outcome = try await filter([1, 2, 3, 4, 5], arguments)
    #expect(outcome.passed == passing)
    #expect(outcome.rejected == [1, 2, 3, 4, 5].filter { !passing.contains($0) })
  }

  @Test(
    arguments: [
      (["matches": "^b"], ["bee", "bat"]), (["equals": "ant"], ["ant"]), (["above": "bat"], ["bee", "cat"]),
      (["matches": "t$", "below": "c"], ["ant", "bat"]), (["atLeast": 1], []),
    ] as [([String: Value], [String])])
  func `text passes by pattern and by order`(_ arguments: [String: Value], _ passing: [String]) async throws {
    #expect(try await filter(["ant", "bee", "bat", "cat"], arguments).passed == passing)
  }

  @Test(
    arguments: [
      (["by": "size", "atLeast": 10], [0]), (["by": "name", "matches": "^x"], [1]),
      (["by": "user.id", "equals": 7], [2]), (["by": "size", "equals": "10"], []),
      (["by": "size", "atLeast": 10, "not": true], [1, 2, 3]),
    ] as [([String: Value], [Int])])
  func `a field can decide`(_ arguments: [String: Value], _ passing: [Int]) async throws {
    let messages: [JSON] = [
      .object(["size": .int(10)]), .object(["name": .string("xyz"), "size": .int(9)]),
      .object(["user": .object(["id": .int(7)])]), .null,
    ]
    #expect(try await filter(messages, arguments).passed == passing.map { messages[$0] })
  }

  @Test func `quantities compare with quantities`() async throws {
    let times = [Duration.milliseconds(500), .seconds(2)]
    #expect(try await filter(times, ["atLeast": .duration(.seconds(1))]).passed == [.seconds(2)])
    #expect(try await filter([Size(bytes: 1), .mebibytes(1)], ["above": .size(1000)]).passed == [.mebibytes(1)])
  }

  @Test(
    arguments: [
      ([:], "needs a condition: `matches`, `equals`, `atLeast`, `atMost`, `above` or `below`"),
      (["not": true], "needs a condition: `matches`, `equals`, `atLeast`, `atMost`, `above` or `below`"),
      (["above": true], "parameter `above` takes a number, a quantity or a text, not true"),
      (["below": [1]], "parameter `below` takes a number, a quantity or a text, not [1]"),
      (["equals": .name("red")], "parameter `equals` takes a literal to compare with, not red"),
      (["equals": true], nil),
    ] as [([String: Value], String?)])
  func `conditions that cannot hold are refused`(_ arguments: [String: Value], _ words: String?) throws {
    #expect(try problem(Filter<Int>(), arguments) == words)
  }
}
