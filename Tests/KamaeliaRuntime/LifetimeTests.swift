import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

/// One at a time: they count what is alive.
@Suite(.fewAtATime, .serialized, .timeLimit(.minutes(1))) struct LifetimeTests {
  private func isFinished(_ ending: Ending) -> Bool { if case .finished = ending { true } else { false } }

  @Test(arguments: ["run", "drop", "forget"])
  func `Graphs that have come and gone leave nothing behind in the graph around them`(how: String) async throws {
    let count = (Stress.isLong ? 100_000 : 2_000) / Stress.slowness
    let network = try GraphTests.graph("tokens", Tracked.self, count: count, how: how).network()
    network.start()
    #expect(isFinished(await network.ended()))
    await Token.untilNoneIsLeft()
    #expect(Token.alive == 0)
    // It is there still, and has let go of them.
    #expect(network.hasEnded)
  }

  @Test func `A thousand networks leave nothing behind`() async throws {
    for _ in 0..<1_000 / Stress.slowness {
      var graph = GraphBuilder()
      let source = graph.add("source", Numbers.self, ["count": 100])
      let stage = graph.add("stage", Tracked.self)
      graph.link(source, stage)
      graph.link(stage, graph.add("sink", Checker.self, ["name": "thousand"]))
      #expect(isFinished(try await graph.run(workers: 2)))
    }
    await Token.untilNoneIsLeft()
    #expect(Token.alive == 0)
  }

  @Test func `A network that is dropped without having run leaves nothing behind`() async throws {
    for _ in 0..<100 {
      var graph = GraphBuilder()
      graph.link(graph.add("source", Numbers.self, ["count": 100]), graph.add("stage", Tracked.self))
      _ = try graph.network()
    }
    await Token.untilNoneIsLeft()
    #expect(Token.alive == 0)
  }
}

/// With `KAMAELIA_ALONE=1` and `--filter FootprintTests`: these look at the threads, the memory and the time of the whole
/// process, and so must be alone in it.
@Suite(.serialized, .enabled(if: Stress.isAlone, "KAMAELIA_ALONE is not set"))
struct FootprintTests {
  @Test func `Networks in sequence leave neither threads nor memory`() async throws {
    func run(_ times: Int) async throws {
      for _ in 0..<times {
        var graph = GraphBuilder()
        let source = graph.add("source", Numbers.self, ["count": 100])
        graph.link(source, graph.add("sink", Checker.self, ["name": "sequence"]))
        _ = try await graph.run(workers: 2)
      }
    }
    try await run(500)
    let (threads, memory) = (Process.threads, Process.residentBytes)
    try await run(5_000)
    #expect(Process.threads < threads + 16)
    #expect(Process.residentBytes < memory + 8 << 20)
  }

  @Test func `Memory stays flat while messages flow`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Endless.self, ["name": "flat"])
    let stage = graph.add("stage", Merger.self)
    graph.link(source, stage)
    graph.link(stage, graph.add("sink", Quitter.self, ["after": 50_000_000]))
    let network = try graph.network(workers: 2)
    network.start()
    while network.counters()[0].sent < 1_000_000 { await Task.yield() }
    let before = Process.residentBytes
    _ = await network.ended()
    #expect(Process.residentBytes < before + 1 << 20)
  }

  @Test func `An idle graph uses no processor time`() async throws {
    var graph = GraphBuilder()
    let clock = graph.add("clock", Paced.self, ["count": 2, "every": .duration(.seconds(2))])
    let stage = graph.add("stage", AddOne.self)
    graph.link(clock, stage)
    graph.link(stage, graph.add("idle", Idle.self, ["name": "footprint"]))
    _ = try await graph.run(workers: 2)
    let used = try #require(Notes.read("footprint"))
    // Microseconds, and how often a thread was woken.
    #expect(used[0] < 20_000, "\(used[0]) µs")
    #expect(used[1] < 30, "\(used[1]) wakes")
  }
}

/// Notes what the process has done between two messages.
struct Idle: Component {
  static let summary = "Notes processor time and wakes between two messages."
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<Int>("Two messages.")
  func main() async throws {
    _ = await inbox.next()
    let (time, wakes) = (Process.processorTime, Process.wakes)
    _ = await inbox.next()
    let used = Process.processorTime - time
    Notes.note(name, [Int(used / .microseconds(1)), Process.wakes - wakes])
  }
}
