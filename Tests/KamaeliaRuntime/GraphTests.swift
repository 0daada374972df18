import KGraph
import Kamaelia
import KamaeliaRuntime
import Synchronization
import Testing

@Suite(.fewAtATime) struct GraphTests {
  /// A graph with one component of that type, its boxes exported as `inbox` and `outbox`.
  static func template(_ type: any Component.Type, _ arguments: [String: Value] = [:]) -> Value {
    var inner = GraphBuilder()
    let instance = inner.add("inner", type, arguments)
    inner.plan.inboxes = [PlannedBox(name: "inbox", type: .int)]
    inner.plan.outboxes = [PlannedBox(name: "outbox", type: .int)]
    inner.link(from: .exported("inbox"), to: GraphBuilder.box(instance, "inbox"))
    inner.link(from: GraphBuilder.box(instance, "outbox"), to: .exported("outbox"))
    let plan = inner.plan
    return .graph(GraphReference(name: "Inner", template: PlanTemplate(name: "Inner") { _ in (plan, []) }))
  }

  static func graph(
    _ name: String, _ type: any Component.Type, _ arguments: [String: Value] = [:], count: Int, how: String = "run"
  ) -> GraphBuilder {
    var graph = GraphBuilder()
    let maker = graph.add(
      "maker", Maker.self,
      ["made": Self.template(type, arguments), "count": .int(count), "how": .text(how)])
    graph.link(maker, graph.add("sink", Collector.self, ["name": .text(name)]))
    return graph
  }

  @Test(arguments: [1, 2, 4]) func `Graphs made while a graph runs give back all they send`(workers: Int) async throws {
    let ending = try await Self.graph("made-\(workers)", AddOne.self, count: 200).run(workers: workers)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("made-\(workers)") == Array(1...200))
  }

  @Test func `Whether a graph may be made is asked for each of them`() async throws {
    let asked = Atomic<Int>(0)
    let surroundings = Surroundings(library: GraphBuilder.library, workers: 1) { _ in
      asked.add(1, ordering: .relaxed).newValue > 3 ? "no more than three" : nil
    }
    let network = try Network(Self.graph("asked", AddOne.self, count: 10).plan, in: surroundings)
    network.start()
    guard case .failed(let failures) = await network.ended() else {
      Issue.record("did not fail")
      return
    }
    #expect(failures.map(\.message) == ["no more than three"])
    #expect(asked.load(ordering: .relaxed) == 4)
  }

  @Test func `A graph that fails throws at who waits for its end, with its instance`() async throws {
    let ending = try await Self.graph("broken", Thrower.self, ["at": 3], count: 10).run()
    guard case .failed(let failures) = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(failures.map(\.instance) == ["maker"])
    #expect(failures[0].message == "`maker/Inner#4/inner` (Thrower, test.kgraph:1:1) failed: will not take 3")
  }

  @Test func `A graph that fails and that nobody asks after stops the graph around it`() async throws {
    let ending = try await Self.graph("unasked", Raises.self, count: 3, how: "forget").run()
    guard case .failed(let failures) = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(failures.allSatisfy { $0.instance.hasPrefix("maker/Inner#") && $0.message == "raised" })
  }

  @Test func `A graph that is made and never started is no reason to go on`() async throws {
    guard case .finished = try await Self.graph("dropped", AddOne.self, count: 100, how: "drop").run() else {
      Issue.record("did not finish")
      return
    }
  }

  @Test func `Graphs end with the component that made them`() async throws {
    guard case .finished = try await Self.graph("left", TickingOn.self, count: 5, how: "forget").run() else {
      Issue.record("did not finish")
      return
    }
  }
}

/// Passes numbers on; one can count how many of it there are.
struct Tracked: Component {
  static let summary = "Passes numbers on."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  let token = Token()
  func main() async throws { for await number in inbox { try await outbox.send(number) } }
}

/// Fails at once.
struct Raises: Component {
  static let summary = "Fails at once."
  let inbox = Inbox<Int>("Nothing.")
  let outbox = Outbox<Int>("Nothing.")
  func main() async throws { throw Thrower.Poison(description: "raised") }
}

/// Goes on whatever its inbox does.
struct TickingOn: Component {
  static let summary = "Sends numbers without end, and waits between them."
  let inbox = Inbox<Int>("Ignored.")
  let outbox = Outbox<Int>("Numbers.")
  func main() async throws {
    for number in 0... {
      try await outbox.send(number)
      try await Time.sleep(for: .milliseconds(1))
    }
  }
}
