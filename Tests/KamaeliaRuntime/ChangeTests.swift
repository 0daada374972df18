import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct ChangeTests {
  /// A source without end, some stages, and a sink that checks the order.
  private func chain(
    _ name: String, stages: [any Component.Type], capacity: Int, extra: Bool = false
  ) -> GraphBuilder {
    var graph = GraphBuilder()
    let options = LinkageOptions(capacity: capacity)
    var last = graph.add("source", Endless.self, ["name": .text(name)])
    for (number, stage) in stages.enumerated() {
      let next = graph.add("stage\(number)", stage)
      graph.link(last, next, options)
      last = next
    }
    let sink = graph.add("sink", Checker.self, ["name": .text(name + "-sink")])
    graph.link(last, sink, options)
    if extra {
      let other = graph.add("other", Checker.self, ["name": .text(name + "-other")])
      graph.link(last, other, options)
    }
    return graph
  }

  /// Goes through the plans again and again under load; what the source sent and what the sink noted.
  private func run(_ name: String, _ plans: [GraphBuilder], workers: Int) async throws -> (Int?, [Int]?) {
    let network = try plans[0].network(workers: workers)
    network.start()
    for round in 1..<24 {
      while network.counters().first(where: { $0.from == "source.outbox" })?.sent ?? 0 < round { await Task.yield() }
      let change = try await network.change(to: plans[round % plans.count].plan)
      #expect(!change.isNone)
    }
    network.stop()
    let ending = await network.ended()
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return (nil, nil)
    }
    // Nothing that was sent is forgotten with the linkage that carried it.
    let (now, removed) = (network.counters(), network.removedCounters())
    #expect(removed.allSatisfy(\.isRemoved) && removed.allSatisfy { $0.waiting == 0 })
    #expect(Set(removed.map { [$0.from, $0.to] }).count == removed.count)
    let fromSource = (now + removed).filter { $0.from == "source.outbox" }
    if Set(fromSource.map(\.to)).count == 1 {
      #expect(fromSource.reduce(0) { $0 + $1.sent } == Notes.read(name)?[0])
    }
    return (Notes.read(name)?[0], Notes.read(name + "-sink"))
  }

  @Test(arguments: [1, 2, 3, 64], [1, 2, 4])
  func `Components and options that change under load lose nothing and keep the order`(
    capacity: Int, workers: Int
  ) async throws {
    let name = "change-\(capacity)-\(workers)"
    let plans = [
      chain(name, stages: [Merger.self, Merger.self], capacity: capacity),
      chain(name, stages: [Merger.self, Relay.self], capacity: capacity),
      chain(name, stages: [Relay.self, Merger.self], capacity: capacity),
      chain(name, stages: [Relay.self, Relay.self], capacity: capacity + 1),
      chain(name, stages: [Relay.self, Relay.self], capacity: capacity),
    ]
    let (sent, noted) = try await run(name, plans, workers: workers)
    #expect(try noted.map { [$0[0], $0[2]] } == [#require(sent), -1])
  }

  @Test(arguments: [1, 2, 3, 64], [1, 2, 4])
  func `Stages and readers that come and go under load lose nothing`(capacity: Int, workers: Int) async throws {
    let name = "stages-\(capacity)-\(workers)"
    let plans = [
      chain(name, stages: [Merger.self, Merger.self], capacity: capacity),
      chain(name, stages: [], capacity: capacity),
      chain(name, stages: [Relay.self, Relay.self, Merger.self], capacity: capacity),
      chain(name, stages: [Merger.self], capacity: capacity + 1, extra: true),
      chain(name, stages: [Merger.self], capacity: capacity),
    ]
    let (sent, noted) = try await run(name, plans, workers: workers)
    let count = try #require(sent)
    #expect(noted.map { [$0[0], $0[1]] } == [count, count * (count - 1) / 2])
  }

  @Test func `The same plan once more changes nothing`() async throws {
    let graph = chain("same", stages: [Merger.self, AddOne.self], capacity: 4)
    let network = try graph.network()
    network.start()
    let change = try await network.change(to: graph.plan)
    #expect(change.isNone)
    #expect(change.kept == 4 && change.linkagesKept == 3)
    network.cancel()
    _ = await network.ended()
    await #expect(throws: ChangeError.self) { try await network.change(to: graph.plan) }
  }

  @Test func `What changed is named, and what is the same goes on`() async throws {
    let before = chain("named", stages: [Merger.self], capacity: 4)
    var after = chain("named", stages: [AddOne.self], capacity: 4)
    after.backplane("room")
    let reader = after.add("reader", Collector.self, ["name": "named-reader"])
    after.link(from: .backplane("room"), to: GraphBuilder.box(reader, "inbox"))
    after.link(from: GraphBuilder.box(0, "outbox"), to: .backplane("room"))
    let network = try before.network()
    network.start()
    let change = try await network.change(to: after.plan)
    #expect(change.added == ["stage0", "reader", "@room"])
    #expect(change.removed == ["stage0"] && change.replaced == ["stage0"])
    #expect(change.kept == 2 && change.linkagesAdded == 4 && change.linkagesRemoved == 2)
    while network.counters().first(where: { $0.to == "reader.inbox" })?.sent ?? 0 < 10 { await Task.yield() }
    network.stop()
    _ = await network.ended()
    let numbers = try #require(Notes.read("named-reader"))
    #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 + 1 == $1 })
  }

  @Test func `A circle that is removed ends`() async throws {
    var before = chain("circle", stages: [], capacity: 2)
    let a = before.add("a", Merger.self)
    let b = before.add("b", Merger.self)
    before.link(a, b)
    before.link(b, a)
    let network = try before.network()
    network.start()
    _ = try await network.change(to: chain("circle", stages: [], capacity: 2).plan)
    while network.running.contains("a") { await Task.yield() }
    network.stop()
    guard case .finished = await network.ended() else {
      Issue.record("did not finish")
      return
    }
  }

  @Test(arguments: [1, 2, 64]) func `Replicas are kept together and in order`(capacity: Int) async throws {
    let name = "change-replicas-\(capacity)"
    func graph(_ replicas: Int, _ capacity: Int) -> GraphBuilder {
      var graph = GraphBuilder()
      let options = LinkageOptions(capacity: capacity)
      let source = graph.add("source", Endless.self, ["name": .text(name)])
      let share = graph.add("share", Merger.self)
      graph.plan.instances[share].component = "distribute"
      graph.plan.instances[share].types = ["T": .int]
      let gather = graph.add("gather", Merger.self)
      graph.plan.instances[gather].component = "collect"
      graph.plan.instances[gather].types = ["T": .int]
      let sink = graph.add("sink", Checker.self, ["name": .text(name + "-sink")])
      graph.link(source, share, options)
      graph.link(share, gather, outbox: "order", inbox: "order")
      graph.link(gather, sink, options)
      for number in 0..<replicas {
        let replica = graph.add("replica[\(number)]", Merger.self)
        graph.plan.instances[replica].replica = .init(collector: gather, number: number)
        graph.link(
          from: GraphBuilder.box(share, "out", .number(number)), to: GraphBuilder.box(replica, "inbox"), options)
        graph.link(
          from: GraphBuilder.box(replica, "outbox"), to: GraphBuilder.box(gather, "inputs", .number(number)), options)
      }
      return graph
    }
    let network = try graph(2, capacity).network()
    network.start()
    for round in 0..<12 { _ = try await network.change(to: graph(1 + round % 3, capacity + round % 2).plan) }
    network.stop()
    _ = await network.ended()
    let accepted = try #require(Notes.read(name)?[0])
    #expect(Notes.read(name + "-sink").map { [$0[0], $0[2]] } == [accepted, -1])
  }
}

/// Passes numbers on like `Merger`, and is another component.
struct Relay: Component {
  static let summary = "Passes numbers on."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  func main() async throws { for await number in inbox { try await outbox.send(number) } }
}
