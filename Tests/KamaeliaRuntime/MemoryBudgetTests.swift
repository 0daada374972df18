import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct MemoryBudgetTests {
  private static let library =
    GraphBuilder.library + [Savours.self, Bursts.self, Joins.self, Halves.self, MakesBytes.self, CountsBytes.self]

  private func network(
    _ graph: GraphBuilder, _ memory: MemoryBudget, _ scheduler: SeededScheduler = SeededScheduler(seed: 1)
  ) throws -> Network {
    try Network(graph.plan, in: Surroundings(library: Self.library, seeded: scheduler, memory: memory))
  }

  private func isFinished(_ ending: Ending) -> Bool { if case .finished = ending { true } else { false } }

  /// Chains of a source of 100 messages of 64 KiB and a reader that takes one a second.
  private func chains(_ count: Int, _ options: LinkageOptions = LinkageOptions()) -> GraphBuilder {
    var graph = GraphBuilder()
    for chain in 0..<count {
      let sizes = Value.list(Array(repeating: .int(64 << 10), count: 100))
      let source = graph.add("source\(chain)", Chunks.self, ["sizes": sizes])
      graph.link(source, graph.add("sink\(chain)", Savours.self), options, type: .bytes)
    }
    return graph
  }

  @Test(arguments: [UInt64(1), 2, 3], [LinkageOptions(), LinkageOptions(timeToLive: .seconds(1000))])
  func `What waits in many linkages together stays within the budget and all of it arrives`(
    seed: UInt64, options: LinkageOptions
  ) async throws {
    let memory = MemoryBudget(limit: 4 << 20)
    let scheduler = SeededScheduler(seed: seed)
    let network = try network(chains(16, options), memory, scheduler)
    network.start()
    _ = await scheduler.drive(to: .start + .seconds(5)) { network.hasEnded }
    let waiting = network.counters().reduce(0) { $0 + $1.waiting }
    #expect(waiting * 64 << 10 <= 4 << 20 + 16 * 64 << 10 && waiting >= 48)
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    #expect(isFinished(await network.ended()))
    #expect(network.counters().allSatisfy { $0.sent == 100 && $0.lost == 0 })
    // One that waits and one in the hands of each reader may come on top; the others wait for room.
    #expect(memory.peak > 3 << 20 && memory.peak <= 4 << 20 + 2 * 16 * 64 << 10)
    #expect(memory.used == 0)
  }

  @Test func `A message that is larger than the budget passes where nothing else is on the linkage`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Chunks.self, ["sizes": .list([500, 10, 500].map { .int($0) })])
    graph.link(source, graph.add("sink", Savours.self), type: .bytes)
    let memory = MemoryBudget(limit: 100)
    let scheduler = SeededScheduler(seed: 1)
    let network = try network(graph, memory, scheduler)
    network.start()
    var sent: [Int] = []
    for second in 0..<3 {
      _ = await scheduler.drive(to: .start + .milliseconds(second * 1000 + 500)) { network.hasEnded }
      sent.append(network.counters()[0].sent)
    }
    #expect(sent == [2, 3, 3])
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    #expect(isFinished(await network.ended()))
  }

  @Test(arguments: [LinkageOptions.Overflow.dropNewest, .dropOldest, .latest])
  func `Where the budget is used up a linkage loses what its policy says`(
    overflow: LinkageOptions.Overflow
  ) async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Chunks.self, ["sizes": .list(Array(repeating: .int(40), count: 10))])
    graph.link(source, graph.add("sink", Savours.self), LinkageOptions(overflow: overflow), type: .bytes)
    let memory = MemoryBudget(limit: 100)
    let scheduler = SeededScheduler(seed: 1)
    let network = try network(graph, memory, scheduler)
    network.start()
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    #expect(isFinished(await network.ended()))
    let counter = network.counters()[0]
    #expect(counter.sent == 10 && counter.lost >= 7)
    #expect(memory.peak <= 120 && memory.used == 0)
  }

  @Test func `Where the budget is used up a linkage with fail refuses`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Chunks.self, ["sizes": .list(Array(repeating: .int(60), count: 10))])
    graph.link(source, graph.add("sink", Savours.self), LinkageOptions(overflow: .fail), type: .bytes)
    let scheduler = SeededScheduler(seed: 1)
    let network = try network(graph, MemoryBudget(limit: 100), scheduler)
    network.start()
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    guard case .failed(let failures) = await network.ended() else {
      Issue.record("did not fail")
      return
    }
    #expect(failures.map(\.instance) == ["source"])
  }

  @Test func `A writer that waits for the budget goes on when another linkage gives room`() async throws {
    var graph = GraphBuilder()
    // Holds 90 of 100 bytes in its hands for a second.
    let hog = graph.add("hog", Chunks.self, ["sizes": .list([.int(90)])])
    graph.link(hog, graph.add("slow", Savours.self), type: .bytes)
    let (bursts, joins) = (graph.add("bursts", Bursts.self), graph.add("joins", Joins.self))
    graph.link(bursts, joins, outbox: "many", inbox: "many", type: .bytes)
    graph.link(bursts, joins, outbox: "end", inbox: "end", type: .bytes)
    let memory = MemoryBudget(limit: 100)
    let scheduler = SeededScheduler(seed: 1)
    let network = try network(graph, memory, scheduler)
    network.start()
    _ = await scheduler.drive(to: .start + .milliseconds(500)) { network.hasEnded }
    let many = try #require(network.counters().first { $0.from == "bursts.many" })
    #expect(many.isWriterWaiting && many.sent == 1)
    _ = await scheduler.drive(to: .start + .milliseconds(1500)) { network.hasEnded }
    #expect(network.hasEnded)
  }

  @Test func `A graph does not get stuck because of the budget`() async throws {
    var graph = GraphBuilder()
    let (bursts, joins) = (graph.add("bursts", Bursts.self), graph.add("joins", Joins.self))
    graph.link(bursts, joins, outbox: "many", inbox: "many", type: .bytes)
    graph.link(bursts, joins, outbox: "end", inbox: "end", type: .bytes)
    let memory = MemoryBudget(limit: 20)
    let network = try Network(graph.plan, in: Surroundings(library: Self.library, workers: 2, memory: memory))
    network.start()
    #expect(isFinished(await network.ended()))
    #expect(network.counters().map(\.sent) == [3, 1])
  }

  @Test(arguments: [1, 2]) func `A circle does not wait for itself because of the budget`(workers: Int) async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 100])
    let (halves, back) = (graph.add("halves", Halves.self), graph.add("back", Merger.self))
    graph.link(source, halves)
    graph.link(halves, back)
    graph.link(back, halves)
    let memory = MemoryBudget(limit: 1)
    let network = try Network(graph.plan, in: Surroundings(library: Self.library, workers: workers, memory: memory))
    network.start()
    #expect(isFinished(await network.ended()))
    #expect(network.counters()[0].sent == 100)
    #expect(memory.used == 0)
  }

  @Test func `What a reader leaves behind counts no more`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 1_000])
    graph.link(source, graph.add("quitter", Quitter.self, ["after": 10]))
    let memory = MemoryBudget(limit: 1 << 10)
    let network = try Network(graph.plan, in: Surroundings(library: Self.library, workers: 2, memory: memory))
    network.start()
    #expect(isFinished(await network.ended()))
    #expect(memory.used == 0 && memory.peak > 8)
  }

  @Test func `Graphs that are made while another runs share its budget`() async throws {
    let child = PlanTemplate(name: "Child") { _ in
      var graph = GraphBuilder()
      let source = graph.add("source", MakesBytes.self)
      let counts = graph.add("counts", CountsBytes.self)
      graph.link(from: .exported("inbox"), to: GraphBuilder.box(source, "inbox"))
      graph.link(source, counts, type: .bytes)
      graph.link(from: GraphBuilder.box(counts, "outbox"), to: .exported("outbox"))
      graph.plan.inboxes = [PlannedBox(name: "inbox", type: .int)]
      graph.plan.outboxes = [PlannedBox(name: "outbox", type: .int)]
      return (graph.plan, [])
    }
    var graph = GraphBuilder()
    let reference = Value.graph(GraphReference(name: "Child", template: child))
    let maker = graph.add("maker", Maker.self, ["made": reference, "count": 3])
    graph.link(maker, graph.add("sink", Collector.self, ["name": "budget-made"]))
    let memory = MemoryBudget(limit: 10_000)
    let network = try Network(graph.plan, in: Surroundings(library: Self.library, workers: 2, memory: memory))
    network.start()
    #expect(isFinished(await network.ended()))
    #expect(Notes.read("budget-made") == [100, 100, 100])
    #expect(memory.peak >= 1_000 && memory.peak <= 12_000 && memory.used == 0)
  }
}

private struct Savours: Component {
  static let summary = "Takes one message a second."
  let inbox = Inbox<Bytes>("Bytes.")
  func main() async throws { for await _ in inbox { try await Time.sleep(for: .seconds(1)) } }
}

private struct Bursts: Component {
  static let summary = "Sends three messages by one outbox and then one by another."
  let many = Outbox<Bytes>("Three messages of 10 bytes.")
  let end = Outbox<Bytes>("One.")
  func main() async throws {
    for _ in 0..<3 { try await many.send(Bytes([UInt8](repeating: 1, count: 10))) }
    try await end.send("x")
  }
}

private struct Joins: Component {
  static let summary = "Takes from one inbox first and then from the other."
  let many = Inbox<Bytes>("Afterwards.")
  let end = Inbox<Bytes>("First.")
  func main() async throws {
    for await _ in end {}
    for await _ in many {}
  }
}

private struct Halves: Component {
  static let summary = "Sends half of each number that is not 0."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("Their halves.")
  func main() async throws { for await number in inbox where number > 0 { try await outbox.send(number / 2) } }
}

private struct MakesBytes: Component {
  static let summary = "Sends a hundred messages of 1000 bytes for each number."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Bytes>("Bytes.")
  func main() async throws {
    for await _ in inbox {
      for _ in 0..<100 { try await outbox.send(Bytes([UInt8](repeating: 1, count: 1000))) }
    }
  }
}

private struct CountsBytes: Component {
  static let summary = "Sends at its end how many messages came."
  let inbox = Inbox<Bytes>("Bytes.")
  let outbox = Outbox<Int>("How many.")
  func main() async throws {
    var count = 0
    for await _ in inbox { count += 1 }
    try await outbox.send(count)
  }
}
