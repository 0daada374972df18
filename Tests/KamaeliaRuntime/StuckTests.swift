import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime, .timeLimit(.minutes(1))) struct StuckTests {
  /// A source and a circle of three, all with room for one message, that soon wait for each other.
  private func circle() -> GraphBuilder {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 100])
    let circle = ["a", "b", "c"].map { graph.add($0, Doubler.self) }
    graph.link(source, circle[0], LinkageOptions(capacity: 1))
    for index in 0..<3 { graph.link(circle[index], circle[(index + 1) % 3], LinkageOptions(capacity: 1)) }
    return graph
  }

  @Test func `A circle of full boxes is found and its members are named`() async throws {
    guard case .stuck(let waits) = try await circle().run() else {
      Issue.record("was not found to be stuck")
      return
    }
    let room = waits.filter { $0.what == .room }
    #expect(room.contains { $0.instance == "a" && $0.others == ["b"] && $0.waiting == 1 })
    #expect(room.contains { $0.instance == "b" && $0.others == ["c"] })
    #expect(room.contains { $0.instance == "c" && $0.others == ["a"] })
  }

  @Test func `A reader that takes a little and then waits elsewhere lets its writer go on`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", TwoOutboxes.self)
    let reader = graph.add("reader", TwoInboxes.self, ["name": "elsewhere"])
    graph.link(source, reader, LinkageOptions(capacity: 4), outbox: "left", inbox: "left")
    graph.link(source, reader, LinkageOptions(capacity: 4), outbox: "right", inbox: "right")
    guard case .finished = try await graph.run() else {
      Issue.record("was taken for stuck")
      return
    }
    #expect(Notes.read("elsewhere") == [0, 100, 1, 2, 3, 4, 5])
  }

  @Test(arguments: [1, 2, 4]) func `A graph that waits for a timer is not stuck`(workers: Int) async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Paced.self, ["count": 3, "every": .duration(.milliseconds(150))])
    graph.link(source, graph.add("sink", Collector.self, ["name": .text("timer-\(workers)")]))
    guard case .finished = try await graph.run(workers: workers) else {
      Issue.record("was taken for stuck")
      return
    }
    #expect(Notes.read("timer-\(workers)") == [0, 1, 2])
  }

  @Test(arguments: [1, 2, 4]) func `A graph that waits for a call that blocks is not stuck`(
    workers: Int
  ) async throws {
    let name = "blocking-\(workers)"
    var graph = GraphBuilder()
    let stage = graph.add("stage", Offloads.self, ["name": .text(name)])
    graph.link(graph.add("source", Numbers.self, ["count": 3]), stage)
    graph.link(stage, graph.add("sink", Collector.self, ["name": .text(name)]))
    let network = try graph.network(workers: workers)
    network.start()
    // Another graph that begins when this one waits already, and that is stuck, is found meanwhile.
    await Flag.named("\(name) waits").untilUp()
    guard case .stuck = try await circle().run(workers: workers) else {
      Issue.record("was not found to be stuck")
      return
    }
    #expect(!network.hasEnded)
    Flag.named(name).raise()
    guard case .finished = await network.ended() else {
      Issue.record("was taken for stuck")
      return
    }
    #expect(Notes.read(name) == [0, 1, 2])
  }

  @Test func `A wait for what the runtime does not know is named and not ended`() async throws {
    var graph = GraphBuilder()
    _ = graph.add("odd", Unknown.self)
    let (wakes, continuation) = AsyncStream.makeStream(of: Void.self)
    let journal = Journal { continuation.yield() }
    let network = try graph.network(journal: journal)
    network.start()
    for await _ in wakes { break }
    #expect(journal.take().entries.map(\.text).first?.hasPrefix("nothing moves: `odd` waits for something") == true)
    #expect(!network.hasEnded)
    network.cancel()
    _ = await network.ended()
  }
}

extension StuckTests {
  @Test(arguments: [true, false]) func `A component with another task that waits for something unknown is left alone`(
    listensItself: Bool
  ) async throws {
    var graph = GraphBuilder()
    let circle = ["a", "b"].map { graph.add($0, Doubler.self) }
    graph.link(graph.add("source", Numbers.self, ["count": 100]), circle[0], LinkageOptions(capacity: 1))
    for index in 0..<2 { graph.link(circle[index], circle[1 - index], LinkageOptions(capacity: 1)) }
    let other = graph.add("other", OtherTask.self, ["listensItself": .bool(listensItself)])
    graph.link(circle[1], other, LinkageOptions(capacity: 1))
    let (wakes, continuation) = AsyncStream.makeStream(of: Void.self)
    let journal = Journal { continuation.yield() }
    let network = try graph.network(journal: journal)
    network.start()
    for await _ in wakes { break }
    #expect(journal.take().entries.map(\.text).first?.hasPrefix("nothing moves: `other` waits for something") == true)
    #expect(!network.hasEnded)
    network.cancel()
    _ = await network.ended()
  }

  @Test func `A circle of full boxes in a graph that a component has made is found`() async throws {
    var inner = GraphBuilder()
    let circle = ["a", "b"].map { inner.add($0, Doubler.self) }
    inner.plan.inboxes = [PlannedBox(name: "inbox", type: .int)]
    inner.plan.outboxes = [PlannedBox(name: "outbox", type: .int)]
    inner.link(from: .exported("inbox"), to: GraphBuilder.box(circle[0], "inbox"), LinkageOptions(capacity: 1))
    for index in 0..<2 { inner.link(circle[index], circle[1 - index], LinkageOptions(capacity: 1)) }
    inner.link(from: GraphBuilder.box(circle[1], "outbox"), to: .exported("outbox"), LinkageOptions(capacity: 1))
    let plan = inner.plan
    let made = Value.graph(GraphReference(name: "Inner", template: PlanTemplate(name: "Inner") { _ in (plan, []) }))
    var graph = GraphBuilder()
    let asks = graph.add("asks", Asks.self, ["made": made])
    graph.link(graph.add("source", Numbers.self, ["count": 100]), asks, LinkageOptions(capacity: 1))
    graph.link(asks, graph.add("sink", Collector.self, ["name": "made-stuck"]))
    guard case .stuck(let waits) = try await graph.run() else {
      Issue.record("was not found to be stuck")
      return
    }
    #expect(waits.contains { $0.instance == "asks" && $0.what == .room && $0.others == ["asks/Inner#1/a"] })
  }

  @Test func `A circle of full boxes is named while the rest goes on`() async throws {
    var graph = circle()
    let source = graph.add("pulse", Paced.self, ["every": .duration(.milliseconds(50))])
    graph.link(source, graph.add("sink", Collector.self, ["name": "goes-on"]))
    let (wakes, continuation) = AsyncStream.makeStream(of: Void.self)
    let journal = Journal { continuation.yield() }
    let network = try graph.network(journal: journal)
    network.start()
    for await _ in wakes { break }
    let text = try #require(journal.take().entries.map(\.text).first)
    #expect(
      text.hasPrefix("a part of the graph is stuck while the rest goes on: `a` waits at its outbox `outbox` for room"))
    #expect(!text.contains("pulse") && !text.contains("sink"))
    #expect(!network.hasEnded)
    network.cancel()
    _ = await network.ended()
  }
}

struct TwoOutboxes: Component {
  static let summary = "Fills one box and then wants to write to the other."
  let left = Outbox<Int>("Five.")
  let right = Outbox<Int>("One.")
  func main() async throws {
    for number in 0..<5 { try await left.send(number) }
    try await right.send(100)
    try await left.send(5)
  }
}

struct TwoInboxes: Component {
  static let summary = "Takes one from the left, then the right, then the rest."
  @Parameter("Under which name.") var name: String
  let left = Inbox<Int>("Many.")
  let right = Inbox<Int>("One.")
  func main() async throws {
    var all: [Int] = []
    if let first = await left.next() { all.append(first) }
    if let other = await right.next() { all.append(other) }
    for await number in left { all.append(number) }
    Notes.note(name, all)
  }
}

struct Doubler: Component {
  static let summary = "Sends each number twice."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("Each twice.")
  func main() async throws {
    for await number in inbox { for _ in 0..<2 { try await outbox.send(number) } }
  }
}

struct Offloads: Component {
  static let summary = "Passes numbers on after a call that blocks until a flag is set."
  @Parameter("Whose flag.") var name: String
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  func main() async throws {
    for await number in inbox {
      let result = try await offload { [name] in
        Flag.named("\(name) waits").raise()
        Flag.named(name).wait()
        return number
      }
      try await outbox.send(result)
    }
  }
}

struct Unknown: Component {
  static let summary = "Waits for what nobody knows of, until it is cancelled."
  func main() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
    for await _ in stream {}
    continuation.finish()
  }
}

struct OtherTask: Component {
  static let summary = "Listens in a child task while another one waits for what nobody knows of."
  @Parameter("Whether its main task listens.") var listensItself = false
  let inbox = Inbox<Int>("Numbers.")
  func main() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
    await withDiscardingTaskGroup { group in
      group.addTask { for await _ in stream {} }
      if listensItself {
        await Task.yield()
        for await _ in inbox {}
      } else {
        group.addTask { for await _ in inbox {} }
      }
    }
    continuation.finish()
  }
}

/// Makes a graph and waits for what it sends, with what is not sent by it.
struct Asks: Component {
  static let summary = "Makes a graph, fills it and waits for an answer."
  @Parameter("The graph.") var made: Graph<Int, Int>
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("What it sent.")
  func main() async throws {
    let graph = try made.make()
    graph.start()
    for await number in inbox { try await graph.input.send(number) }
    graph.input.close()
    for await number in graph.output { try await outbox.send(number) }
  }
}
