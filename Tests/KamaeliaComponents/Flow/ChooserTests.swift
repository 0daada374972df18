import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct ChooserTests {
  private func choose(
    _ commands: [String], _ arguments: [String: Value] = ["items": ["a", "b", "c"]]
  ) async throws -> Outcome {
    let harness = Harness(Chooser<String>.self, arguments)
    harness.feed("inbox", commands)
    return try await harness.run()
  }

  @Test(
    arguments: [
      ([], ["a"]), (["next", "next"], ["a", "b", "c"]), (["next", "next", "next"], ["a", "b", "c"]),
      (["previous"], ["a"]), (["LAST", "prev", "First"], ["a", "c", "b", "a"]),
      (["last", "next", "previous"], ["a", "c", "b"]),
    ])
  func `commands step through the list and stay at its ends`(_ commands: [String], _ chosen: [String]) async throws {
    #expect(try await choose(commands).messages("outbox", as: String.self) == chosen)
  }

  @Test func `the list can go round`() async throws {
    let arguments: [String: Value] = ["items": ["a", "b"], "wrap": true]
    let outcome = try await choose(["previous", "next", "next", "next"], arguments)
    #expect(outcome.messages("outbox", as: String.self) == ["a", "b", "a", "b", "a"])
  }

  @Test func `it can end at the end of the list`() async throws {
    let harness = Harness(Chooser<String>.self, ["items": ["a", "b"], "ends": true])
    harness.feed("inbox", ["last", "previous", "next", "next", "first"])
    let outcome = try await harness.run()
    #expect(outcome.messages("outbox", as: String.self) == ["a", "b", "a", "b"])
    #expect(outcome.hasEnded)
    #expect(
      try problem(Chooser<String>(), ["items": ["a"], "ends": true, "wrap": true]) == "takes either `wrap` or `ends`")
  }

  @Test func `what is no command is said`() async throws {
    let outcome = try await choose(["jump", "next"])
    #expect(outcome.messages("outbox", as: String.self) == ["a", "b"])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.text) == [#"this is no command: "jump""#])
  }

  @Test func `an empty list sends nothing`() async throws {
    #expect(
      try await choose(["next", "last"], ["items": [], "wrap": true]).messages("outbox", as: String.self).isEmpty)
  }

  @Test func `an item of another type ends it, and is not left out`() async throws {
    let harness = Harness(Chooser<String>.self, ["items": ["a", 2, "c"]])
    harness.feed("inbox", ["next"])
    let outcome = try await harness.run()
    #expect(outcome.failure == "parameter `items` holds 2, and the outbox carries Text")
    #expect(outcome.messages("outbox", as: String.self) == [])
  }

  @Test func `items are of the type that the outbox carries`() throws {
    #expect(
      try problem(Chooser<Int>(), ["items": [1, "two"]])
        == #"parameter `items` holds "two", and the outbox carries Int"#)
    #expect(try problem(Chooser<AnyMessage>(), ["items": [1, "two"]]) == nil)
    #expect(try problem(Chooser<Placeholder>(), ["items": [1]]) == nil)
  }
}
