import KGraph
import Kamaelia
import Testing

@testable import KamaeliaRuntime

@Suite(.fewAtATime, .timeLimit(.minutes(1))) struct WorkerTests {
  private func echoes(_ graph: inout GraphBuilder, times: Int) {
    let a = graph.add("ping", Echo.self, ["times": .int(times)])
    let b = graph.add("pong", Echo.self, ["times": .int(times)])
    graph.link(a, b)
    graph.link(b, a)
  }

  @Test(
    arguments: [
      (200, nil, nil, true), (199, nil, nil, false), (200, .milliseconds(7), nil, true),
      (200, .milliseconds(7), .milliseconds(7), true), (200, .milliseconds(8), .milliseconds(7), false),
      (1000, .milliseconds(407), .milliseconds(7), true), (1000, .milliseconds(408), .milliseconds(7), false),
    ] as [(Int, Duration?, Duration?, Bool)])
  func `What others kept a thread waiting for a processor is not held against its component`(
    looks: Int, waited: Duration?, before: Duration?, isHeldUp: Bool
  ) {
    #expect(Watch.isHeldUp(looks: looks, waited: waited, before: before) == isHeldUp)
  }

  @Test func `Eight components that block their threads hold nobody up, and are named`() async throws {
    var graph = GraphBuilder()
    for number in 0..<8 { _ = graph.add("block\(number)", Blocks.self, ["name": "eight"]) }
    let source = graph.add("source", Paced.self, ["count": 30, "every": .duration(.milliseconds(20))])
    let stage = graph.add("stage", AddOne.self)
    let done = graph.add("done", Last.self, ["name": "eight"])
    graph.link(source, stage)
    graph.link(stage, done)
    let journal = Journal()
    let network = try graph.network(workers: 2, journal: journal)
    network.start()
    guard case .finished = await network.ended() else {
      Issue.record("did not finish")
      return
    }
    let named = journal.take().entries.filter { $0.text.hasPrefix("has computed for") }
    #expect(named.allSatisfy { $0.instance.hasPrefix("block") })
    #expect(!named.isEmpty)
  }

  @Test(arguments: [1, 2]) func `A message reaches a reader that sleeps while its sender computes on`(
    workers: Int
  ) async throws {
    var graph = GraphBuilder()
    let name = "sleepless-\(workers)"
    let source = graph.add("source", Sleepless.self, ["name": .text(name)])
    graph.link(source, graph.add("sink", Swallow.self, ["name": .text(name)]))
    guard case .finished = try await graph.run(workers: workers) else {
      Issue.record("did not finish")
      return
    }
  }

  @Test func `A component that loops without end is named, and others go on beside it`() async throws {
    var graph = GraphBuilder()
    let spins = graph.add("spins", Sleepless.self, ["name": "spinning"])
    graph.link(spins, graph.add("reader", Collector.self, ["name": "spun"]))
    let source = graph.add("source", Paced.self, ["count": 5, "every": .duration(.milliseconds(1))])
    graph.link(source, graph.add("sink", Collector.self, ["name": "beside"]))
    // It ends only since it has been named.
    let journal = Journal { Flag.named("spinning").raise() }
    let network = try graph.network(workers: 1, journal: journal)
    network.start()
    guard case .finished = await network.ended() else {
      Issue.record("did not finish")
      return
    }
    let entries = journal.take().entries
    #expect(entries.map(\.instance) == ["spins"])
    #expect(entries.allSatisfy { $0.text.hasPrefix("has computed for") })
    #expect(Notes.read("beside") == Array(0..<5))
  }

  @Test func `A component that never waits lets others run`() async throws {
    var graph = GraphBuilder()
    let flood = graph.add("flood", Endless.self, ["name": "flood"])
    graph.link(
      flood, graph.add("drain", Collector.self, ["name": "flooded", "limit": .int(200_000 / Stress.slowness)]))
    let source = graph.add("source", Paced.self, ["count": 5, "every": .duration(.milliseconds(1))])
    graph.link(source, graph.add("sink", Collector.self, ["name": "meanwhile"]))
    guard case .finished = try await graph.run(workers: 1) else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read("meanwhile") == Array(0..<5))
  }

  @Test func `An idle graph wakes nobody`() async throws {
    var graph = GraphBuilder()
    var last = graph.add("clock", Paced.self, ["count": 2, "every": .duration(.milliseconds(300))])
    for number in 0..<50 {
      let next = graph.add("stage\(number)", AddOne.self)
      graph.link(last, next)
      last = next
    }
    graph.link(last, graph.add("sink", Collector.self, ["name": "idle"]))
    let surroundings = Surroundings(library: GraphBuilder.library, workers: 2)
    let network = try Network(graph.plan, in: surroundings)
    network.start()
    guard case .finished = await network.ended() else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read("idle") == [50, 51])
    // Each of 52 components starts, is woken for two messages and for its end, and rests in between.
    #expect(surroundings.activations < 52 * 8, "\(surroundings.activations) activations")
  }
}

/// Sets a flag when its input has ended.
struct Last: Component {
  static let summary = "Sets a flag when its input has ended."
  @Parameter("Whose flag.") var name: String
  let inbox = Inbox<Int>("Anything.")
  func main() async throws {
    for await _ in inbox {}
    Flag.named(name).raise()
  }
}
