import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct CycleTests {
  private func run(_ graph: GraphBuilder, workers: Int = 2) async throws -> Ending {
    let library = Library([Halve.self, Numbers.self, Merger.self, Gather.self, Waits.self])
    let network = try Network(graph.plan, in: Surroundings(library: library, workers: workers))
    network.start()
    return await network.ended()
  }

  /// Numbers go round and become half of themselves until they are 0.
  private func circle(_ name: String, count: Int) -> GraphBuilder {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": .int(count)])
    let halve = graph.add("halve", Halve.self)
    let back = graph.add("back", Merger.self)
    let gather = graph.add("gather", Gather.self, ["name": .text(name)])
    graph.link(source, halve)
    graph.link(halve, back)
    graph.link(back, halve)
    graph.link(halve, gather, outbox: "zeros")
    return graph
  }

  @Test(arguments: [1, 2, 4]) func `A cycle that has nothing more to do ends, and then what it has fed`(
    workers: Int
  ) async throws {
    let name = "circle-\(workers)"
    guard case .finished = try await run(circle(name, count: 50), workers: workers) else {
      Issue.record("did not finish")
      return
    }
    // The zeros, and what each component says at its end.
    #expect(Notes.read(name) == Array(repeating: 0, count: 50) + [-1])
  }

  @Test func `Cycles one behind the other end in order`() async throws {
    var graph = circle("second", count: 3)
    let first = graph.add("first", Halve.self)
    let back = graph.add("firstBack", Merger.self)
    graph.link(first, back)
    graph.link(back, first)
    let source = graph.add("otherSource", Numbers.self, ["count": 3])
    graph.link(source, first)
    graph.link(first, 1, outbox: "zeros")
    guard case .finished = try await run(graph) else {
      Issue.record("did not finish")
      return
    }
    // Three of its own, three of the first circle and its last word, which is halved to 0.
    #expect(Notes.read("second") == Array(repeating: 0, count: 7) + [-1])
  }

  @Test func `A cycle that never had a message stays stuck`() async throws {
    var graph = GraphBuilder()
    let (a, b) = (graph.add("a", Merger.self), graph.add("b", Merger.self))
    graph.link(a, b)
    graph.link(b, a)
    guard case .stuck(let waits) = try await run(graph) else {
      Issue.record("was not found to be stuck")
      return
    }
    #expect(waits.map(\.instance) == ["a", "b"])
  }

  @Test func `A cycle in which a message waits is stuck`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 3])
    let waits = graph.add("waits", Waits.self)
    graph.link(source, waits)
    graph.link(waits, waits, inbox: "other")
    guard case .stuck(let found) = try await run(graph) else {
      Issue.record("was not found to be stuck")
      return
    }
    #expect(found.map(\.description) == ["`waits` waits at its inbox `other` for `waits`"])
  }
}

struct Halve: Component {
  static let summary = "Sends half of each number back, and what is 0 elsewhere."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("Half of them.")
  let zeros = Outbox<Int>("The zeros, and -1 at the end.")
  func main() async throws {
    for await number in inbox {
      if number == 0 { try await zeros.send(0) } else { try await outbox.send(number / 2) }
    }
    try await zeros.send(-1)
  }
}

struct Gather: Component {
  static let summary = "Keeps all numbers."
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<Int>("Numbers.")
  func main() async throws {
    var all: [Int] = []
    for await number in inbox { all.append(number) }
    Notes.note(name, all)
  }

  @Test(arguments: ["a.b", "ab", "a\"].inbox"]) func `A cycle ends whatever the names of its boxes are`(
    box: String
  ) async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 3])
    let sorter = graph.add("a.b", Sorter.self)
    let back = graph.add("back", Halve.self)
    graph.link(source, sorter)
    graph.link(from: GraphBuilder.box(sorter, "out", .text(box)), to: GraphBuilder.box(back, "inbox"))
    graph.link(back, sorter)
    let network = try Network(
      graph.plan, in: Surroundings(library: Library([Numbers.self, Halve.self, Sorter.self]), workers: 2))
    network.start()
    guard case .finished = await network.ended() else {
      Issue.record("did not finish")
      return
    }
  }
}

/// Sends what is not 0 to all the outboxes that a graph links.
private struct Sorter: Component {
  static let summary = "Sends what is not 0 to all the outboxes that a graph links."
  let inbox = Inbox<Int>("Numbers.")
  let out = OutboxArray<Int>("The same.")

  func main() async throws {
    for await number in inbox where number != 0 { for (_, outbox) in out.boxes { try await outbox.send(number) } }
  }
}
