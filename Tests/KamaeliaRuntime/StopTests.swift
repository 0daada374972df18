import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct StopTests {
  @Test(arguments: [1, 2, 3, 256], [1, 2, 4]) func `Stopping under load delivers all that was accepted`(
    capacity: Int, workers: Int
  ) async throws {
    var graph = GraphBuilder()
    let name = "stop-\(capacity)-\(workers)"
    let options = LinkageOptions(capacity: capacity)
    let source = graph.add("source", Endless.self, ["name": .text(name)])
    let stage = graph.add("stage", Merger.self)
    graph.link(source, stage, options)
    for branch in 0..<2 {
      graph.link(stage, graph.add("sink\(branch)", Checker.self, ["name": .text("\(name)-\(branch)")]), options)
    }
    let network = try graph.network(workers: workers)
    network.start()
    while network.counters()[0].sent < 1000 { await Task.yield() }
    network.stop()
    guard case .finished = await network.ended() else {
      Issue.record("did not drain")
      return
    }
    let accepted = try #require(Notes.read(name)?[0])
    for branch in 0..<2 {
      #expect(Notes.read("\(name)-\(branch)").map { [$0[0], $0[2]] } == [accepted, -1])
    }
  }

  @Test func `What is fed by nobody, since nobody hosts the graph, is stopped like a source`() async throws {
    var graph = GraphBuilder()
    let ticks = graph.add("ticks", TickingOn.self)
    graph.plan.inboxes = [PlannedBox(name: "inbox", type: .int)]
    graph.link(from: .exported("inbox"), to: GraphBuilder.box(ticks, "inbox"))
    let scheduler = SeededScheduler(seed: 1)
    let library = GraphBuilder.library + [TickingOn.self]
    let network = try Network(graph.plan, in: Surroundings(library: library, seeded: scheduler))
    network.start()
    _ = await scheduler.drive(to: .start + .seconds(10)) { network.hasEnded }
    network.stop()
    _ = await scheduler.drive(to: .start + .seconds(3600)) { network.hasEnded }
    #expect(network.hasEnded)
  }

  @Test(arguments: [1, 2, 3], [1, 2]) func `A source that stops between two readers gives both the same`(
    capacity: Int, workers: Int
  ) async throws {
    for round in 0..<30 {
      var graph = GraphBuilder()
      let name = "both-\(capacity)-\(workers)-\(round)"
      let source = graph.add("source", Endless.self, ["name": .text(name)])
      for branch in 0..<2 {
        let sink = graph.add("sink\(branch)", Collector.self, ["name": .text("\(name)-\(branch)")])
        graph.link(source, sink, LinkageOptions(capacity: capacity))
      }
      let network = try graph.network(workers: workers)
      network.start()
      while network.counters()[0].sent < round * 3 { await Task.yield() }
      network.stop()
      _ = await network.ended()
      #expect(Notes.read("\(name)-0")?.count == Notes.read("\(name)-1")?.count)
    }
  }

  @Test(arguments: [1, 2, 3], [1, 2, 4]) func `Ending at once at any moment ends, and counts what is lost`(
    capacity: Int, workers: Int
  ) async throws {
    for round in 0..<20 {
      var graph = GraphBuilder()
      let name = "cut-\(capacity)-\(workers)-\(round)"
      let source = graph.add("source", Endless.self, ["name": .text(name)])
      let stage = graph.add("stage", Merger.self)
      let sink = graph.add("sink", Checker.self, ["name": .text(name + "-sink")])
      graph.link(source, stage, LinkageOptions(capacity: capacity))
      graph.link(stage, sink, LinkageOptions(capacity: capacity))
      let network = try graph.network(workers: workers)
      network.start()
      while network.counters()[0].sent < round { await Task.yield() }
      network.cancel()
      guard case .cutShort(let lost, _) = await network.ended() else {
        Issue.record("was not cut short")
        return
      }
      let counters = network.counters()
      #expect(lost == counters.reduce(0) { $0 + $1.waiting + $1.discarded })
      let arrived = try #require(Notes.read(name + "-sink"))
      #expect(arrived[2] == -1)
      #expect(arrived[0] == counters[1].sent - counters[1].waiting - counters[1].discarded)
    }
  }

  @Test func `A circle that waits for itself ends when it is told to stop`() async throws {
    var graph = GraphBuilder()
    let clock = graph.add("clock", Ticker.self)
    let a = graph.add("a", Merger.self)
    let b = graph.add("b", Quarter.self)
    graph.link(clock, a)
    graph.link(a, b)
    graph.link(b, a)
    let (ending, counters, _) = try await graph.runVirtually(for: .seconds(10))
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(counters.allSatisfy { $0.waiting == 0 && $0.discarded == 0 })
  }

  @Test func `A control message stops a component, and its signal tells others`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Paced.self, ["count": 3])
    let first = graph.add("first", Ticker.self)
    let second = graph.add("second", Ticker.self)
    graph.link(source, first, inbox: "control")
    graph.link(first, second, outbox: "signal", inbox: "control", type: .text)
    let (ending, _, time) = try await graph.runVirtually()
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(time <= .seconds(3))
  }
}

struct Quarter: Component {
  static let summary = "Passes a quarter of a number on, until it is 0."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("A quarter.")
  func main() async throws { for await number in inbox where number > 0 { try await outbox.send(number / 4) } }
}
