import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct RestartTests {
  private func run(
    _ name: String, count: Int = 10, on: Int = 5, times: Int, restart: RestartPolicy, hasDeadLetters: Bool = false,
    stopAt: Duration? = nil, journal: Journal = Journal()
  ) async throws -> (ending: Ending, time: Duration) {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": .int(count)])
    let flaky = graph.add(
      "flaky", Flaky.self, ["on": .int(on), "times": .int(times), "name": .text(name)], restart: restart)
    let sink = graph.add("sink", Collector.self, ["name": .text(name)])
    graph.link(source, flaky)
    graph.link(flaky, sink)
    if hasDeadLetters {
      let letters = graph.add("letters", Letters.self, ["name": .text("\(name)-letters")])
      graph.link(flaky, letters, outbox: "deadLetters", type: .json)
    }
    let scheduler = SeededScheduler(seed: 3)
    let library = GraphBuilder.library + [Letters.self]
    let network = try Network(
      graph.plan, in: Surroundings(library: library, seeded: scheduler, journal: journal))
    network.start()
    if let stopAt {
      _ = await scheduler.drive(to: .start + stopAt) { network.hasEnded }
      network.stop()
    }
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    return (await network.ended(), scheduler.clock.now - .start)
  }

  @Test(arguments: 1...20) func `Who takes several at once has none beside the one in hand where it may start again`(
    seed: UInt64
  ) async throws {
    let name = "batches-\(seed)"
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 500])
    let batcher = graph.add(
      "batcher", Batcher.self, ["name": .text(name)], restart: RestartPolicy(.onFailure, limit: 1000))
    graph.link(source, batcher)
    graph.link(batcher, graph.add("sink", Collector.self, ["name": .text(name)]))
    let scheduler = SeededScheduler(seed: seed)
    let network = try Network(
      graph.plan, in: Surroundings(library: GraphBuilder.library + [Batcher.self], seeded: scheduler))
    network.start()
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    #expect(Notes.read(name) == Array(0..<500))
  }

  /// A component that asks for more beside the message in hand has failed on several, one after the other, as one that writes to
  /// a full disk does.
  @Test(arguments: [false, true]) func `A message that fails again and again is given up, and none beside it`(
    isRead: Bool
  ) async throws {
    let name = "stubborn-\(isRead)"
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 20])
    let stubborn = graph.add("stubborn", Stubborn.self, [:], restart: RestartPolicy(.onFailure, limit: 1000))
    graph.link(source, stubborn)
    if isRead {
      let letters = graph.add("letters", Letters.self, ["name": .text(name)])
      graph.link(stubborn, letters, outbox: "deadLetters", type: .json)
    }
    let scheduler = SeededScheduler(seed: 1)
    let network = try Network(
      graph.plan,
      in: Surroundings(library: GraphBuilder.library + [Stubborn.self, Letters.self], seeded: scheduler))
    network.start()
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    let ending = await network.ended()
    if isRead {
      #expect(Notes.read(name) == Array(0..<20))
    } else if case .failed(let failures) = ending {
      #expect(failures.count == 1)
    } else {
      Issue.record("ended as \(ending)")
    }
  }

  @Test func `Without a restart the graph stops at the first failure, in order`() async throws {
    let (ending, _) = try await run("never", on: 7, times: 1, restart: .never)
    guard case .failed(let failures) = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(failures.map(\.description) == ["`flaky` (Flaky, test.kgraph:1:1) failed: choked on 0"])
    #expect(Notes.read("never") == [])
  }

  @Test func `A message on which a component failed is given again, and nothing is lost`() async throws {
    let journal = Journal()
    let (ending, time) = try await run(
      "again", times: 2, restart: RestartPolicy(.onFailure, limit: 10, backoff: .seconds(1)...(.seconds(30))),
      journal: journal)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("again") == Array(0..<10))
    // Two failures each on 0 and 5: pauses of 1, 2, 4 and 8 seconds, all within the window.
    #expect(time == .seconds(15))
    #expect(
      journal.take().entries.map(\.text) == [
        "failed: choked on 0; starts again in 1s", "failed: choked on 0; starts again in 2s",
        "failed: choked on 5; starts again in 4s", "failed: choked on 5; starts again in 8s",
      ])
  }

  @Test func `A graph that is told to end does not wait for a pause, and loses nothing`() async throws {
    let (ending, time) = try await run(
      "hurried", times: 2, restart: RestartPolicy(.onFailure, limit: 10, backoff: .seconds(3600)...(.seconds(3600))),
      stopAt: .seconds(10))
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("hurried") == Array(0..<10))
    #expect(time == .seconds(10))
  }

  @Test func `Too many failures within the window are one failure for good`() async throws {
    let policy = RestartPolicy(.onFailure, limit: 3, window: .seconds(60), backoff: .seconds(1)...(.seconds(2)))
    let (ending, time) = try await run("limit", times: 100, restart: policy)
    guard case .failed = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(time == .seconds(5))
  }

  @Test func `Failures further apart than the window do not add up`() async throws {
    let policy = RestartPolicy(.onFailure, limit: 1, window: .seconds(1), backoff: .seconds(2)...(.seconds(2)))
    let (ending, time) = try await run("window", times: 3, restart: policy)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(time == .seconds(12))
    #expect(Notes.read("window") == Array(0..<10))
  }

  @Test func `A message that always fails goes to the dead letters, and the flow goes on`() async throws {
    let (ending, _) = try await run(
      "poison", count: 12, times: 1000, restart: RestartPolicy(.onFailure), hasDeadLetters: true)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("poison") == [1, 2, 3, 4, 6, 7, 8, 9, 11])
    #expect(Notes.read("poison-letters") == [0, 5, 10])
  }

  @Test func `A message that always fails stops the graph where nobody takes dead letters`() async throws {
    let (ending, _) = try await run("unread", times: 1000, restart: RestartPolicy(.onFailure, limit: 100))
    guard case .failed(let failures) = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(
      failures.map(\.message) == ["choked on 0 (5 times on the same message; link `deadLetters` to go on without it)"])
  }

  @Test func `A component that is always started again ends when its input does`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 10])
    let taker = graph.add(
      "taker", Collector.self, ["name": "always", "limit": 3],
      restart: RestartPolicy(.always, backoff: .seconds(1)...(.seconds(1))))
    graph.link(source, taker)
    let (ending, _, time) = try await graph.runVirtually()
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("always") == [9])
    #expect(time == .seconds(3))
  }

  @Test func `A failure that is different each time gives up no message`() async throws {
    let policy = RestartPolicy(.onFailure, limit: 1000, backoff: .milliseconds(1)...(.milliseconds(1)))
    let (ending, _) = try await run("various", count: 50, on: 1, times: 1, restart: policy, hasDeadLetters: true)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("various") == Array(0..<50))
    #expect(Notes.read("various-letters") == [])
  }
}

private struct Letters: Component {
  static let summary = "Notes the messages of dead letters."
  @Parameter("Under which name.") var name: String
  let inbox = Inbox<JSON>("Dead letters.")
  func main() async throws {
    var all: [Int] = []
    for await letter in inbox {
      if case .int(let number)? = letter.value(at: "message") { all.append(number) }
    }
    Notes.note(name, all)
  }
}

private struct Stubborn: Component {
  static let summary = "Takes what is there, and fails."
  let inbox = Inbox<Int>("Numbers.")

  func main() async throws {
    while let first = await inbox.next() {
      var last = first
      while let more = inbox.nextIfReady() { last = more }
      throw Thrower.Poison(description: "choked on \(last)")
    }
  }
}

private struct Batcher: Component {
  static let summary = "Takes what is there and fails now and then before it has passed it on."
  @Parameter("Whose memory.") var name: String
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")

  func main() async throws {
    while let first = await inbox.next() {
      var batch = [first]
      while batch.count < 7, let more = inbox.nextIfReady() { batch.append(more) }
      if first % 50 == 0, Notes.read("\(name)-\(first)") == nil {
        Notes.note("\(name)-\(first)", [])
        throw Thrower.Poison(description: "choked on \(first)")
      }
      for number in batch { try await outbox.send(number) }
    }
  }
}
