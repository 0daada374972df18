import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

/// What becomes of the components before a reader that has left.
@Suite(.fewAtATime) struct LeavingTests {
  private func run(_ graph: GraphBuilder, seed: UInt64) async throws -> (Ending, Duration) {
    let scheduler = SeededScheduler(seed: seed)
    let library = GraphBuilder.library + [Pace.self, Negate.self, Keeper.self, Forks.self]
    let network = try Network(graph.plan, in: Surroundings(library: library, seeded: scheduler))
    network.start()
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    return (await network.ended(), scheduler.clock.now - .start)
  }

  @Test(arguments: 1...20) func `Components that wait learn at once that the last reader has left`(
    seed: UInt64
  ) async throws {
    var graph = GraphBuilder()
    var last = graph.add("pace", Pace.self)
    for stage in 0..<5 {
      let next = graph.add("stage\(stage)", Negate.self)
      graph.link(last, next)
      last = next
    }
    graph.link(last, graph.add("quitter", Quitter.self, ["after": 1]))
    let (ending, time) = try await run(graph, seed: seed)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    // The second number would come after an hour.
    #expect(time == .zero)
  }

  @Test(arguments: 1...10) func `A component with other effects goes on until it notices by itself`(
    seed: UInt64
  ) async throws {
    var graph = GraphBuilder()
    let pace = graph.add("pace", Pace.self, ["count": 3])
    let keeper = graph.add("keeper", Keeper.self, ["name": .text("keeper-\(seed)")])
    let stage = graph.add("stage", Negate.self)
    graph.link(pace, keeper)
    graph.link(keeper, stage)
    graph.link(stage, graph.add("quitter", Quitter.self, ["after": 1]))
    let (_, time) = try await run(graph, seed: seed)
    #expect(Notes.read("keeper-\(seed)") == [0, 1, 2])
    #expect(time == .seconds(7200))
  }

  @Test(arguments: 1...10) func `As long as one of its outboxes has a reader, a component goes on`(
    seed: UInt64
  ) async throws {
    var graph = GraphBuilder()
    let pace = graph.add("pace", Pace.self, ["count": 3])
    let forks = graph.add("forks", Forks.self)
    graph.link(pace, forks)
    graph.link(forks, graph.add("quitter", Quitter.self, ["after": 1]))
    graph.link(forks, graph.add("collector", Collector.self, ["name": .text("forks-\(seed)")]), outbox: "copy")
    _ = try await run(graph, seed: seed)
    #expect(Notes.read("forks-\(seed)") == [0, 1, 2])
  }

  @Test func `A component that nobody has ever read goes on`() async throws {
    var graph = GraphBuilder()
    let pace = graph.add("pace", Pace.self, ["count": 3])
    graph.link(pace, graph.add("stage", Negate.self))
    let (ending, time) = try await run(graph, seed: 1)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(time == .seconds(7200))
  }
}

private struct Pace: Component {
  static let summary = "Sends a number an hour."
  static let endsWithReaders = true
  @Parameter("How many.") var count = 1000
  let outbox = Outbox<Int>("The numbers.")
  func main() async throws {
    for number in 0..<count {
      if number > 0 { try await Time.sleep(for: .seconds(3600)) }
      try await outbox.send(number)
    }
  }
}

private struct Negate: Transform {
  static let summary = "Turns signs."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("With the other sign.")
  func transform(_ number: Int) -> Int { -number }
}

private struct Keeper: Component {
  static let summary = "Notes all numbers and passes them on while somebody listens."
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  func main() async throws {
    var all: [Int] = []
    for await number in inbox {
      all.append(number)
      do { try await outbox.send(number) } catch is Stopped {}
    }
    Notes.note(name, all)
  }
}

private struct Forks: Component {
  static let summary = "Passes numbers on twice."
  static let endsWithReaders = true
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  let copy = Outbox<Int>("The same again.")
  func main() async throws {
    var isHeard = true
    for await number in inbox {
      if isHeard { do { try await outbox.send(number) } catch is Stopped { isHeard = false } }
      try await copy.send(number)
    }
  }
}
