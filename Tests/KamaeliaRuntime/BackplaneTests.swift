import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct BackplaneTests {
  private func graph(
    _ name: String, count: Int, readers: Int, _ options: LinkageOptions = LinkageOptions(), slowest: Duration = .zero
  ) -> GraphBuilder {
    var graph = GraphBuilder()
    graph.backplane("room")
    let source = graph.add("source", Paced.self, ["count": .int(count), "every": .duration(.milliseconds(10))])
    graph.link(from: GraphBuilder.box(source, "outbox"), to: .backplane("room"), options)
    for number in 0..<readers {
      let reader = graph.add(
        "reader\(number)", Collector.self,
        ["name": .text("\(name)\(number)"), "pause": .duration(number == 0 ? slowest : .zero)])
      graph.link(
        from: .backplane("room"), to: GraphBuilder.box(reader, "inbox"), number == 0 ? options : LinkageOptions())
    }
    return graph
  }

  @Test func `All who subscribe get all, and end when the last publisher has`() async throws {
    let (ending, _, _) = try await graph("all", count: 50, readers: 3).runVirtually()
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    for number in 0..<3 { #expect(Notes.read("all\(number)") == Array(0..<50)) }
  }

  @Test(arguments: LinkageOptions.Overflow.allCases) func `A slow subscriber loses what its policy says`(
    overflow: LinkageOptions.Overflow
  ) async throws {
    let name = "slow-room-\(overflow)"
    let options = LinkageOptions(capacity: 2, overflow: overflow)
    let (ending, counters, _) = try await graph(
      name, count: 50, readers: 3, options, slowest: .milliseconds(100)
    ).runVirtually()
    if overflow == .fail {
      guard case .failed(let failures) = ending else {
        Issue.record("ended as \(ending)")
        return
      }
      #expect(failures.map(\.instance) == ["@room"])
      return
    }
    #expect(Notes.read("\(name)1") == Array(0..<50))
    let slow = try #require(Notes.read("\(name)0"))
    let lost = counters.first { $0.to == "reader0.inbox" }?.lost
    #expect(lost == 50 - slow.count)
    #expect(overflow == .block ? lost == 0 : slow.count < 10)
  }

  @Test func `A publisher that leaves ends nobody but itself`() async throws {
    var graph = graph("leaves", count: 5, readers: 1)
    let other = graph.add("other", Paced.self, ["count": 10, "every": .duration(.milliseconds(25))])
    graph.link(from: GraphBuilder.box(other, "outbox"), to: .backplane("room"))
    let (ending, _, _) = try await graph.runVirtually()
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("leaves0")?.count == 15)
  }

  @Test func `A subscriber that leaves is no reason to stop`() async throws {
    var graph = graph("quits", count: 20, readers: 1)
    let quitter = graph.add("quitter", Quitter.self, ["after": 3])
    graph.link(from: .backplane("room"), to: GraphBuilder.box(quitter, "inbox"))
    let (ending, _, _) = try await graph.runVirtually()
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("quits0") == Array(0..<20))
  }

  @Test(arguments: [1, 2, 4]) func `Graphs made while it runs publish, and the backplane ends with the last of them`(
    workers: Int
  ) async throws {
    var inner = GraphBuilder()
    let stage = inner.add("stage", AddOne.self)
    inner.plan.inboxes = [PlannedBox(name: "inbox", type: .int)]
    inner.link(from: .exported("inbox"), to: GraphBuilder.box(stage, "inbox"))
    inner.link(from: GraphBuilder.box(stage, "outbox"), to: .backplane("room"))
    let plan = inner.plan
    var graph = GraphBuilder()
    graph.backplane("room")
    let template = PlanTemplate(name: "Publisher") { _ in (plan, []) }
    _ = graph.add(
      "maker", Maker.self,
      ["made": .graph(GraphReference(name: "Publisher", template: template)), "count": 100])
    let reader = graph.add("reader", Collector.self, ["name": .text("publish-\(workers)")])
    graph.link(from: .backplane("room"), to: GraphBuilder.box(reader, "inbox"))
    let ending = try await graph.run(workers: workers)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("publish-\(workers)")?.sorted() == Array(1...100))
  }
}
