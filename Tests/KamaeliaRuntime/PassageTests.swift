import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

/// Graphs that components make and that pass on what comes, by none of their own components.
@Suite(.fewAtATime) struct PassageTests {
  /// A graph with only these linkages, and perhaps a component that has ended before anything comes.
  private func template(_ linkages: [(PlannedEnd, PlannedEnd)], besides: (any Component.Type)? = nil) -> Value {
    var inner = GraphBuilder()
    if let besides { _ = inner.add("besides", besides, ["count": 0]) }
    inner.plan.inboxes = [PlannedBox(name: "inbox", type: .int)]
    inner.plan.outboxes = [PlannedBox(name: "outbox", type: .int)]
    for (from, to) in linkages { inner.link(from: from, to: to) }
    let plan = inner.plan
    return .graph(GraphReference(name: "Inner", template: PlanTemplate(name: "Inner") { _ in (plan, []) }))
  }

  private func talk(_ name: String, _ made: Value, count: Int, room: Bool = false) -> GraphBuilder {
    var graph = GraphBuilder()
    if room { graph.backplane("room") }
    let talker = graph.add("talker", Talker.self, ["made": made, "count": .int(count)])
    graph.link(talker, graph.add("sink", Collector.self, ["name": .text(name)]))
    return graph
  }

  private func run(_ graph: GraphBuilder, workers: Int) async throws -> Ending {
    let network = try Network(
      graph.plan, in: Surroundings(library: GraphBuilder.library + [Talker.self], workers: workers))
    network.start()
    return await network.ended()
  }

  @Test(arguments: [1, 2], [nil, Numbers.self] as [(any Component.Type)?])
  func `An inbox linked to an outbox passes on each message as it comes`(
    workers: Int, besides: (any Component.Type)?
  ) async throws {
    let name = "identity-\(workers)-\(besides == nil)"
    let made = template([(.exported("inbox"), .exported("outbox"))], besides: besides)
    guard case .finished = try await run(talk(name, made, count: 2000), workers: workers) else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read(name) == Array(0..<2000))
  }

  /// What a graph publishes at its first step comes back to it where it subscribes: its subscriptions stand before it runs.
  @Test(arguments: [1, 2, 4]) func `A graph hears its own first word over a backplane`(workers: Int) async throws {
    let name = "own-word-\(workers)"
    let made = template([(.exported("inbox"), .backplane("room")), (.backplane("room"), .exported("outbox"))])
    var graph = talk(name, made, count: 1, room: true)
    for number in 1..<300 {
      let talker = graph.add("talker\(number)", Talker.self, ["made": made, "count": 1])
      graph.link(talker, 1)
    }
    guard case .finished = try await run(graph, workers: workers) else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read(name)?.count == 300)
  }
}

/// Speaks with a graph: one number at a time, and the next one when that has come back.
private struct Talker: Component {
  static let summary = "Speaks with a graph."
  @Parameter("The graph.") var made: Graph<Int, Int>
  @Parameter("How many.") var count: Int
  let outbox = Outbox<Int>("What came back.")

  func main() async throws {
    let graph = try made.make()
    graph.start()
    for number in 0..<count {
      try await graph.input.send(number)
      guard let reply = await graph.output.next() else { return }
      try await outbox.send(reply)
    }
    graph.input.close()
    graph.output.close()
    try await graph.finished()
  }
}
