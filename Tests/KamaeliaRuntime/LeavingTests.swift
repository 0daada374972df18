import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

/// What becomes of the components before a reader that has left.
@Suite(.fewAtATime) struct LeavingTests {
  private func run(_ graph: GraphBuilder, seed: UInt64) async throws -> (Ending, Duration) {
    let scheduler = SeededScheduler(seed: seed)
    let library = GraphBuilder.library + [Pace.self, Negate.self, Keeper.self, Forks.self, Sorter.self]
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

  @Test(arguments: 1...10) func `Who reads one of several outboxes gets all, whatever the readers of the others do`(
    seed: UInt64
  ) async throws {
    var graph = GraphBuilder()
    let pace = graph.add("pace", Pace.self, ["count": 5])
    let sorter = graph.add("sorter", Sorter.self)
    graph.link(pace, sorter)
    graph.link(sorter, graph.add("quitter", Quitter.self, ["after": 1]), outbox: "odd")
    graph.link(sorter, graph.add("collector", Collector.self, ["name": .text("sorted-\(seed)")]), outbox: "even")
    _ = try await run(graph, seed: seed)
    #expect(Notes.read("sorted-\(seed)") == [0, 2, 4])
  }

  @Test(arguments: 1...10) func `Who is read by nobody any more ends, whatever its reports are`(
    seed: UInt64
  ) async throws {
    for (box, hours) in [("even", 0..<900), ("report", 999..<1000)] {
      var graph = GraphBuilder()
      let pace = graph.add("pace", Pace.self)
      let sorter = graph.add("sorter", Sorter.self)
      graph.link(pace, sorter)
      graph.link(sorter, graph.add("quitter", Quitter.self, ["after": 1]), outbox: box)
      if box == "even" {
        graph.link(sorter, graph.add("reports", Collector.self, ["name": "reports"]), outbox: "report")
      }
      let (_, end) = try await run(graph, seed: seed)
      #expect(hours.contains(Int(end / .seconds(3600))), "\(box): \(end)")
    }
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

private struct Sorter: Component {
  static let summary = "Sorts numbers, and reports each."
  let inbox = Inbox<Int>("Numbers.")
  let even = Outbox<Int>("Even ones.")
  let odd = Outbox<Int>("Odd ones.")
  let report = Outbox<Int>("Each of them.", isReport: true)
  func main() async throws {
    for await number in inbox {
      try await report.send(number)
      if number % 2 == 0 { try await even.send(number) } else { try await odd.send(number) }
    }
  }
}
