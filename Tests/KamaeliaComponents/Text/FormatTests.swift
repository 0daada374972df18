import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct FormatTests {
  private let ann = JSON.object(["name": .string("Ann"), "tags": .array([.string("x")])])

  @Test func `fields, elements and whole messages find their places`() async throws {
    let harness = Harness(Format.self, ["template": "{name} {tags.0} {}"])
    harness.feed("inbox", [ann])
    #expect(
      try await harness.run().messages("outbox", as: String.self) == [#"Ann x {"name":"Ann","tags":["x"]}"#])
  }

  @Test func `a message without the field goes elsewhere, whole`() async throws {
    let harness = Harness(Format.self, ["template": "{name} {age}"])
    harness.feed("inbox", [ann])
    let outcome = try await harness.run()
    #expect(
      outcome.messages("errors", as: BadInput.self).map(\.error) == ["the message has no field `age`"])
    #expect(outcome.messages("errors", as: BadInput.self).map(\.input) == [ann.encoded])
  }

  @Test func `a missing field has a stand-in where one is given`() async throws {
    let harness = Harness(Format.self, ["template": "{age}", "missing": "?"])
    harness.feed("inbox", [ann])
    #expect(try await harness.run().messages("outbox", as: String.self) == ["?"])
  }

  @Test func `an error that nobody takes is a failure that says which message`() async throws {
    let harness = Harness(Format.self, ["template": "{age}"])
    harness.leaveUnlinked("errors")
    harness.feed("inbox", ["plain"])
    #expect(
      try await harness.run().failure
        == "the message has no field `age`: \"plain\" (link the outbox `errors` to take such messages elsewhere)")
  }

  @Test func `names are told apart by their Unicode scalars`() async throws {
    let harness = Harness(Format.self, ["template": "{é} {e\u{301}} {a.\u{301}b}"])
    harness.feed("inbox", [JSON.object(["é": .int(1), "e\u{301}": .int(2), "a": .object(["\u{301}b": .int(3)])])])
    #expect(try await harness.run().messages("outbox", as: String.self) == ["1 2 3"])
  }
}
