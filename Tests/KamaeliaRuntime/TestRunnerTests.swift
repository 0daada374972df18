@testable import KGraph
import Kamaelia
@testable import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct TestRunnerTests {
  private static let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)

  private func step(_ action: CheckedStep.Action, within: Duration? = nil) -> CheckedStep {
    CheckedStep(action: action, within: within, place: Self.place)
  }

  /// A test of one component, its boxes exported.
  private func run(
    _ type: any Component.Type, _ arguments: [String: Value] = [:], isRecording: Bool = false, steps: [CheckedStep]
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
    let test = CheckedTest(name: "it works", title: "it works", place: Self.place, plan: graph.plan, steps: steps)
    return await TestRunner(test, library: GraphBuilder.library, seed: 7, isRecording: isRecording).run()
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

  @Test func `What comes is recorded, up to the end or until nothing moves`() async {
    let result = await run(
      AddOne.self, isRecording: true,
      steps: [
        step(.send("inbox", [1, 2])), step(.expectRecorded("outbox", nil, inAnyOrder: false)),
        step(.expectRecorded("outbox", [7], inAnyOrder: false)), step(.close("inbox")),
        step(.expectClosed("outbox")),
      ])
    #expect(result.diagnostics == [])
    #expect(result.recordings.map(\.values) == [[2, 3], []])
    let ticks = await run(
      Ticker.self, isRecording: true,
      steps: [step(.expectRecorded("outbox", nil, inAnyOrder: false), within: .seconds(3))])
    #expect(ticks.recordings.map(\.values) == [[1, 2, 3]])
    #expect(ticks.time == .seconds(3))
  }

  @Test func `What holds is not recorded anew, in whatever order it came`() async {
    let result = await run(
      AddOne.self, isRecording: true,
      steps: [step(.send("inbox", [1, 2])), step(.expectRecorded("outbox", [3, 2], inAnyOrder: true))])
    #expect(result.diagnostics == [] && result.recordings.isEmpty)
  }

  @Test func `A test that fails records nothing`() async {
    let result = await run(
      AddOne.self, isRecording: true,
      steps: [
        step(.send("inbox", [1, 2])), step(.expectRecorded("outbox", nil, inAnyOrder: false)),
        step(.expectClosed("outbox")),
      ])
    #expect(result.diagnostics.map(\.message) == ["`outbox` did not close"])
    #expect(result.recordings.isEmpty)
  }

  @Test(
    arguments: [
      ([2, 3], false, nil), ([3, 2], true, nil),
      ([3, 2], false, "`outbox` sent something else than expected"),
      ([2], false, "`outbox` sent what was not expected"),
      ([2, 3, 4], false, "`outbox` did not send a message that was expected"),
      ([], false, "`outbox` sent what was not expected"),
      (nil, false, "nothing has been recorded for `outbox` yet"),
    ] as [([Value]?, Bool, String?)])
  func `What was recorded is all that comes`(recorded: [Value]?, inAnyOrder: Bool, message: String?) async {
    let result = await run(
      AddOne.self,
      steps: [step(.send("inbox", [1, 2])), step(.expectRecorded("outbox", recorded, inAnyOrder: inAnyOrder))])
    #expect(result.diagnostics.map(\.message) == [message].compactMap(\.self))
    #expect(result.diagnostics.allSatisfy { $0.helps.contains { $0.contains("`kamaelia test --record`") } })
    #expect(result.diagnostics.map(\.code.name) == (message == nil ? [] : [recorded == nil ? "K0812" : "K0810"]))
  }

  @Test(
    arguments: [
      ("a\n\"$", .text("a\n\"$")), (5, .int(5)), (0.5, .double(0.5)), (true, .bool(true)),
      (Duration.milliseconds(1500), .duration(.milliseconds(1500))), (Size.kibibytes(3), .size(3072)),
      (Bytes("hé"), .text("hé")), (Bytes([0xFF, 1]), .list([255, 1])), ([1, 2] as [Int], .list([1, 2])),
      (JSON.object(["a": .array([.int(1), .string("b")])]), .record([.init("a", [1, "b"])])),
      (AnyMessage("x"), .text("x")), (JSON.null, nil), (Double.nan, nil), (1e-20, nil),
      (JSON.object(["no name": .int(1)]), nil),
    ] as [(any Message, Value?)])
  func `A message is recorded as the literal that stands for it`(message: any Message, literal: Value?) {
    #expect(Value(of: message) == literal)
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
