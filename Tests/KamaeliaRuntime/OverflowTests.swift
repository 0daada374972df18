import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct OverflowTests {
  /// A source of 100 numbers, 100 ms apart, and three readers; the last one takes a second for each number.
  private func run(_ name: String, _ options: LinkageOptions) async throws -> (Ending, [LinkageCounters]) {
    var graph = GraphBuilder()
    let source = graph.add("source", Paced.self, ["count": .int(100), "every": .duration(.milliseconds(100))])
    for reader in 0..<2 {
      graph.link(source, graph.add("fast\(reader)", Collector.self, ["name": .text("\(name)\(reader)")]))
    }
    let slow = graph.add("slow", Collector.self, ["name": .text("\(name)2"), "pause": .duration(.seconds(1))])
    graph.link(source, slow, options)
    let (ending, counters, _) = try await graph.runVirtually()
    return (ending, counters)
  }

  @Test(arguments: [LinkageOptions.Overflow.block, .dropOldest, .dropNewest, .latest])
  func `One slow reader of three loses what its policy says and the others nothing`(
    overflow: LinkageOptions.Overflow
  ) async throws {
    let name = "slow-\(overflow)"
    let (ending, counters) = try await run(name, LinkageOptions(capacity: 4, overflow: overflow))
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(Notes.read("\(name)0") == Array(0..<100))
    #expect(Notes.read("\(name)1") == Array(0..<100))
    let slow = try #require(Notes.read("\(name)2"))
    let counter = try #require(counters.first { $0.to == "slow.inbox" })
    #expect(counter.sent == 100)
    #expect(counter.lost == 100 - slow.count)
    #expect(counter.waiting == 0 && counter.discarded == 0)
    #expect(zip(slow, slow.dropFirst()).allSatisfy { $0 < $1 })
    switch overflow {
    case .block: #expect(slow == Array(0..<100))
    case .dropOldest: #expect(slow.suffix(4) == [96, 97, 98, 99])
    case .dropNewest: #expect(slow.prefix(5) == [0, 1, 2, 3, 4])
    case .latest: #expect(slow.last == 99 && slow.count < 15)
    case .fail: break
    }
  }

  @Test func `A linkage that must not be full fails its sender, after the others have got their copies`() async throws {
    let (ending, _) = try await run("slow-fail", LinkageOptions(capacity: 4, overflow: .fail))
    guard case .failed(let failures) = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(
      failures.map(\.message) == [
        "the linkage source.outbox -> slow.inbox is full (4 messages) and its policy is `fail`"
      ])
    let counts = [0, 1, 2].map { Notes.read("slow-fail\($0)")?.count }
    #expect(counts == [6, 6, 5])
  }

  @Test func `What has waited for longer than its time to live is dropped and counted`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Paced.self, ["count": .int(20), "every": .duration(.milliseconds(100))])
    let slow = graph.add("slow", Collector.self, ["name": "ttl", "pause": .duration(.seconds(1))])
    graph.link(source, slow, LinkageOptions(timeToLive: .milliseconds(250)))
    let (_, counters, _) = try await graph.runVirtually()
    let taken = try #require(Notes.read("ttl"))
    #expect(counters[0].sent == 20 && counters[0].lost == 20 - taken.count)
    // At each second it takes what is 200 ms old at most, give or take which of the two went first at that moment.
    #expect(taken.count == 3 && taken[0] == 0 && (7...8).contains(taken[1]) && (17...18).contains(taken[2]))
  }

  @Test func `A writer that waits goes on when a message's time runs out`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 10])
    let deaf = graph.add("deaf", Deaf.self, ["time": .duration(.seconds(100))])
    graph.link(source, deaf, LinkageOptions(capacity: 2, timeToLive: .seconds(1)))
    let scheduler = SeededScheduler(seed: 1)
    let network = try Network(graph.plan, in: Surroundings(library: GraphBuilder.library, seeded: scheduler))
    network.start()
    var sent: [Int] = []
    for second in 0..<6 {
      _ = await scheduler.drive(to: .start + .milliseconds(second * 1000 + 500)) { network.hasEnded }
      sent.append(network.counters()[0].sent)
    }
    #expect(sent == [2, 4, 6, 8, 10, 10])
  }

  @Test func `A linkage holds as many bytes as it may, and a larger message alone`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Chunks.self, ["sizes": .list([60, 40, 1, 500, 10, 100].map { .int($0) })])
    let sink = graph.add("sink", Deaf.self, [:])
    graph.plan.instances[sink].component = "SlowBytes"
    graph.link(source, sink, LinkageOptions(byteCapacity: 100), type: .bytes)
    let scheduler = SeededScheduler(seed: 1)
    let library = GraphBuilder.library + [SlowBytes.self]
    let network = try Network(graph.plan, in: Surroundings(library: library, seeded: scheduler))
    network.start()
    // The reader takes one message a second.
    var waiting: [Int] = []
    for second in 0..<7 {
      _ = await scheduler.drive(to: .start + .milliseconds(second * 1000 + 500)) { network.hasEnded }
      waiting.append(network.counters()[0].waiting)
    }
    #expect(waiting == [2, 1, 1, 1, 1, 0, 0])
    #expect(network.counters()[0].bytes == 711)
  }
}

private struct SlowBytes: Component {
  static let summary = "Takes one message a second."
  @Parameter("Unused.") var time = Duration.zero
  let inbox = Inbox<Bytes>("Bytes.")
  func main() async throws { for await _ in inbox { try await Time.sleep(for: .seconds(1)) } }

  @Test(arguments: [1, 3, 64], [1, 2, 4]) func `Readers of every kind beside each other get what is theirs`(
    capacity: Int, workers: Int
  ) async throws {
    let count = 100_000 / Stress.slowness
    let name = "kinds-\(capacity)-\(workers)"
    let policies = [LinkageOptions.Overflow.dropOldest, .dropNewest, .latest]
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": .int(count)])
    graph.link(
      source, graph.add("all", Collector.self, ["name": .text("\(name)-all")]), LinkageOptions(capacity: capacity))
    graph.link(
      source, graph.add("any", AnyCollector.self, ["name": .text("\(name)-any")]), LinkageOptions(capacity: capacity))
    for policy in policies {
      for (kind, reader) in [("", Collector.self), ("any-", AnyCollector.self)] as [(String, any Component.Type)] {
        let reader = graph.add("\(kind)\(policy)", reader, ["name": .text("\(name)-\(kind)\(policy)")])
        graph.link(source, reader, LinkageOptions(capacity: capacity, overflow: policy))
      }
    }
    let network = try graph.network(workers: workers)
    network.start()
    guard case .finished = await network.ended() else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read("\(name)-all") == Array(0..<count))
    #expect(Notes.read("\(name)-any") == Array(0..<count))
    let counters = network.counters()
    #expect(counters.count == 8 && counters.allSatisfy { $0.sent == count && $0.waiting == 0 && $0.discarded == 0 })
    for policy in policies {
      for kind in ["", "any-"] {
        let got = try #require(Notes.read("\(name)-\(kind)\(policy)"))
        let lost = try #require(counters.first { $0.to == "\(kind)\(policy).inbox" }).lost
        #expect(got.count + lost == count)
        #expect(zip(got, got.dropFirst()).allSatisfy { $0 < $1 })
        if policy != .dropNewest { #expect(got.last == count - 1) }
      }
    }
  }
}
