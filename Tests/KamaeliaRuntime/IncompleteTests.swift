import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

/// Whether who reads to the end of an inbox can tell that all has come.
@Suite(.fewAtATime) struct IncompleteTests {
  private func run(
    _ graph: GraphBuilder, seed: UInt64, stopAt: Duration? = nil, isCut: Bool = false
  ) async throws {
    let scheduler = SeededScheduler(seed: seed)
    let library = GraphBuilder.library + [Whole.self, Volume.self]
    let network = try Network(graph.plan, in: Surroundings(library: library, seeded: scheduler))
    network.start()
    if let stopAt {
      _ = await scheduler.drive(to: .start + stopAt) { network.hasEnded }
      if isCut { network.cancel() } else { network.stop() }
    }
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
  }

  private func chain(_ name: String, _ stages: [(any Component.Type, [String: Value])]) -> GraphBuilder {
    var graph = GraphBuilder()
    add(stages, name, to: &graph)
    return graph
  }

  private func add(_ stages: [(any Component.Type, [String: Value])], _ name: String, to graph: inout GraphBuilder) {
    var last: Int?
    for (number, stage) in (stages + [(Whole.self, ["name": .text(name)])]).enumerated() {
      let next = graph.add("\(name)-\(number)", stage.0, stage.1)
      if let last { graph.link(last, next) }
      last = next
    }
  }

  private let volume: (any Component.Type, [String: Value]) = (Volume.self, ["count": 20])

  @Test(arguments: 1...10) func `What has come to its end is complete`(seed: UInt64) async throws {
    try await run(chain("whole-\(seed)", [volume, (AddOne.self, [:])]), seed: seed)
    #expect(Notes.read("whole-\(seed)") == [20, 1])
  }

  @Test(arguments: 1...10) func `Behind a component that has failed it is not, however far behind`(
    seed: UInt64
  ) async throws {
    let name = "failed-\(seed)"
    try await run(
      chain(name, [volume, (Thrower.self, ["at": 5]), (AddOne.self, [:]), (Merger.self, [:])]), seed: seed)
    #expect(Notes.read(name) == [5, 0])
  }

  @Test(arguments: 1...10) func `Neither is it where a failure elsewhere has stopped the source`(
    seed: UInt64
  ) async throws {
    let name = "elsewhere-\(seed)"
    var graph = chain(name, [(Paced.self, ["count": 100]), (AddOne.self, [:])])
    add([(Volume.self, ["count": 3])], "\(name)-done", to: &graph)
    add([(Paced.self, ["count": 100]), (Thrower.self, ["at": 5])], "\(name)-fails", to: &graph)
    try await run(graph, seed: seed)
    #expect(Notes.read(name)?.last == 0)
    #expect(Notes.read("\(name)-done") == [3, 1])
  }

  @Test(arguments: [true, false], [true, false])
  func `A stop makes what has an end of its own incomplete, and an end at once makes all so`(
    endsByItself: Bool, isCut: Bool
  ) async throws {
    let name = "stopped-\(endsByItself)-\(isCut)"
    let source: (any Component.Type, [String: Value]) =
      endsByItself ? (Volume.self, ["count": 20, "every": .duration(.seconds(1))]) : (Paced.self, [:])
    try await run(chain(name, [source, (AddOne.self, [:])]), seed: 1, stopAt: .milliseconds(5500), isCut: isCut)
    #expect(Notes.read(name) == [6, endsByItself || isCut ? 0 : 1])
  }

  @Test(arguments: 1...10) func `Through a backplane too`(seed: UInt64) async throws {
    let name = "room-\(seed)"
    var graph = GraphBuilder()
    graph.backplane("room")
    let source = graph.add("source", Volume.self, ["count": 20])
    let thrower = graph.add("thrower", Thrower.self, ["at": 5])
    graph.link(source, thrower)
    graph.link(from: GraphBuilder.box(thrower, "outbox"), to: .backplane("room"))
    let reader = graph.add("reader", Whole.self, ["name": .text(name)])
    graph.link(from: .backplane("room"), to: GraphBuilder.box(reader, "inbox"))
    try await run(graph, seed: seed)
    #expect(Notes.read(name) == [5, 0])
  }

  @Test(arguments: 1...10) func `Also where a graph that a component has made fails`(seed: UInt64) async throws {
    let name = "made-fails-\(seed)"
    var graph = GraphTests.graph("unused", Thrower.self, ["at": 3], count: 10)
    graph.plan.linkages = []
    graph.link(0, graph.add("whole", Whole.self, ["name": .text(name)]))
    try await run(graph, seed: seed)
    #expect(Notes.read(name) == [3, 0])
  }
}

private struct Volume: Component {
  static let summary = "Sends so many numbers and ends, as a file does."
  @Parameter("How many.") var count = 10
  @Parameter("Time between them.") var every = Duration.zero
  var endsByItself: Bool { true }
  let outbox = Outbox<Int>("The numbers.")
  func main() async throws {
    for number in 0..<count {
      try await outbox.send(number)
      if every > .zero { try await Time.sleep(for: every) }
    }
  }
}

private struct Whole: Component {
  static let summary = "Notes how many came and whether that was all."
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<Int>("Numbers.")
  func main() async throws {
    var count = 0
    for await _ in inbox { count += 1 }
    Notes.note(name, [count, inbox.isIncomplete ? 0 : 1])
  }
}
