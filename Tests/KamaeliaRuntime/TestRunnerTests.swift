@testable import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct TestRunnerTests {
  private static let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)

  private func step(_ action: CheckedStep.Action, within: Duration? = nil) -> CheckedStep {
    CheckedStep(action: action, within: within, place: Self.place)
  }

  /// A test of one component, its boxes exported.
  private func run(
    _ type: any Component.Type, _ arguments: [String: Value] = [:], steps: [CheckedStep]
  ) async -> TestResult {
    var graph = GraphBuilder()
    let instance = graph.add("it", type, arguments)
    let signature = Signature(of: type)
    for box in signature.inboxes {
      graph.plan.inboxes.append(PlannedBox(name: box.name, type: box.type))
      graph.link(from: .exported(box.name), to: GraphBuilder.box(instance, box.name), type: box.type)
    }
    for box in signature.outboxes {
      graph.plan.outboxes.append(PlannedBox(name: box.name, type: box.type))
      graph.link(from: GraphBuilder.box(instance, box.name), to: .exported(box.name), type: box.type)
    }
    let test = CheckedTest(name: "it works", place: Self.place, plan: graph.plan, steps: steps)
    return await TestRunner(test, library: GraphBuilder.library, seed: 7).run()
  }

  @Test func `A test passes when all its steps hold`() async {
    let result = await run(
      AddOne.self,
      steps: [
        step(.send("inbox", [1, 2, 3])), step(.expect("outbox", [2, 3], inAnyOrder: false)),
        step(.expect("outbox", [4], inAnyOrder: true)), step(.expectNothing(nil)), step(.close("inbox")),
        step(.expectClosed("outbox")),
      ])
    #expect(result.diagnostics == [])
  }

  @Test func `Time passes where the test says so, and no further`() async {
    let result = await run(
      Ticker.self,
      steps: [
        step(.expectNothing("outbox")), step(.advance(.milliseconds(999))), step(.expectNothing("outbox")),
        step(.advance(.milliseconds(1))), step(.expect("outbox", [1], inAnyOrder: false)),
        step(.expect("outbox", [2, 3], inAnyOrder: true), within: .seconds(2)),
        step(
          .expectMatching("outbox", [try? Pattern("^4$")].compactMap(\.self), inAnyOrder: false), within: .seconds(5)),
      ])
    #expect(result.diagnostics == [])
    #expect(result.time == .seconds(4))
  }

  @Test func `A failure says what was expected and what came, and what repeats it`() async throws {
    let result = await run(
      AddOne.self, steps: [step(.send("inbox", [1, 2])), step(.expect("outbox", [2, 4], inAnyOrder: false))])
    let diagnostic = try #require(result.diagnostics.first)
    #expect(diagnostic.message == "`outbox` sent something else than expected")
    #expect(diagnostic.caption == "message 2 of this step is 3")
    #expect(
      diagnostic.helps == [
        "expected | came\n2        | 2\n4        | 3  <-", "`outbox` sent 2, 3",
        "at 0s of virtual time; `--seed 7` repeats it",
      ])
  }

  @Test func `A failure where nothing can move says who waits for whom`() async throws {
    let result = await run(AddOne.self, steps: [step(.expect("outbox", [1], inAnyOrder: false), within: .seconds(5))])
    let diagnostic = try #require(result.diagnostics.first)
    #expect(diagnostic.message == "`outbox` did not send a message that was expected")
    #expect(diagnostic.helps.contains("`it` waits at its inbox `inbox` for `self`"))
  }

  @Test(arguments: [
    (CheckedStep.Action.expectNothing(nil), "`outbox` sent what was not expected", "nothing was to come, but 2 came"),
    (.expectClosed("outbox"), "`outbox` sent what was not expected", "it was to close, but 2 came"),
    (
      .expect("outbox", [9, 2], inAnyOrder: true), "`outbox` did not send a message that was expected",
      "nothing more came after 1"
    ),
  ])
  func `Each expectation that does not hold says so`(
    action: CheckedStep.Action, message: String, caption: String
  ) async {
    let result = await run(AddOne.self, steps: [step(.send("inbox", [1])), step(action)])
    #expect(result.diagnostics.map(\.message) == [message])
    #expect(result.diagnostics.map(\.caption) == [caption])
  }

  @Test func `A component that fails fails the test`() async {
    let result = await run(
      Thrower.self, ["at": 3],
      steps: [
        step(.send("inbox", [1, 3])), step(.expect("outbox", [1], inAnyOrder: false)), step(.expectClosed("outbox")),
      ])
    #expect(
      result.diagnostics.map(\.message) == ["`it` (Thrower) failed in the test `it works`: will not take 3"])
  }

  @Test func `A box that stays open is named`() async {
    let result = await run(AddOne.self, steps: [step(.expectClosed("outbox"), within: .seconds(1))])
    #expect(result.diagnostics.map(\.message) == ["`outbox` did not close"])
  }
}
