import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct SwitchTests {
  @Test func `each message goes where its key says`() async throws {
    let harness = Harness(Switch<String>.self)
    for box in ["out[a]", "out[7]"] { harness.link(box) }
    harness.feed("inbox", ["a", "b", "7", "a"])
    let outcome = try await harness.run()
    #expect(outcome.messages("out[a]", as: String.self) == ["a", "a"])
    #expect(outcome.messages("out[7]", as: String.self) == ["7"])
    #expect(outcome.messages("unmatched", as: String.self) == ["b"])
  }

  @Test func `a field and a capture can be the key`() async throws {
    let harness = Harness(Switch<JSON>.self, ["by": "line", "capture": #"^(\w+):"#])
    harness.link("out[ERROR]")
    let (error, note, none) = (
      JSON.object(["line": .string("ERROR: x")]), JSON.object(["line": .string("NOTE: y")]), JSON.object(["n": .int(1)])
    )
    harness.feed("inbox", [note, error, none])
    let outcome = try await harness.run()
    #expect(outcome.messages("out[ERROR]", as: JSON.self) == [error])
    #expect(outcome.messages("unmatched", as: JSON.self) == [note, none])
  }

  @Test func `what no linkage names is an error where nobody takes it`() async throws {
    let harness = Harness(Switch<String>.self)
    harness.link("out[a]")
    harness.leaveUnlinked("unmatched")
    harness.feed("inbox", ["a", "lost"])
    let failure = try await harness.run().failure
    #expect(
      failure == #"no linkage takes the key "lost" (link the outbox `unmatched` to take such messages elsewhere)"#)
  }

  @Test func `what has no key is an error where nobody takes it`() async throws {
    let harness = Harness(Switch<JSON>.self, ["by": "user"])
    harness.link("out[a]")
    harness.leaveUnlinked("unmatched")
    harness.feed("inbox", [JSON.object(["name": .string("a")])])
    let failure = try await harness.run().failure
    #expect(
      failure == "there is no field `user` (link the outbox `unmatched` to take such messages elsewhere)")
  }
}
