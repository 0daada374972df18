import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

/// Narrow boxes and many workers. `KAMAELIA_STRESS=1` makes it ten million messages.
@Suite(.fewAtATime) struct StressTests {
  private static let scale = Stress.isLong ? 100 : 1

  @Test(arguments: [1, 2, 3], [1, 2, 4]) func `Copies, merges and chains of narrow boxes lose nothing`(
    capacity: Int, workers: Int
  ) async throws {
    var graph = GraphBuilder()
    let name = "stress-\(capacity)-\(workers)"
    let count = 1_000 * Self.scale / Stress.slowness
    let options = LinkageOptions(capacity: capacity)
    var sources: [Int] = []
    for number in 0..<3 { sources.append(graph.add("source\(number)", Numbers.self, ["count": .int(count)])) }
    let merge = graph.add("merge", Merger.self)
    for source in sources { graph.link(source, merge, options) }
    var last = merge
    for number in 0..<3 {
      let stage = graph.add("stage\(number)", Merger.self)
      graph.link(last, stage, options)
      last = stage
    }
    for number in 0..<2 {
      let sink = graph.add("sink\(number)", Checker.self, ["name": .text("\(name)-\(number)"), "isOrdered": false])
      graph.link(last, sink, options)
    }
    guard case .finished = try await graph.run(workers: workers) else {
      Issue.record("did not finish")
      return
    }
    for number in 0..<2 {
      #expect(Notes.read("\(name)-\(number)") == [3 * count, 3 * count * (count - 1) / 2, -1])
    }
  }

  @Test(arguments: [1, 2, 3], [1, 2, 4]) func `Readers that leave and producers that end at any moment end the graph`(
    capacity: Int, workers: Int
  ) async throws {
    var random = SplitMix(UInt64(capacity * 10 + workers))
    for round in 0..<40 * Self.scale / Stress.slowness {
      var graph = GraphBuilder()
      let name = "leave-\(capacity)-\(workers)-\(round)"
      let options = LinkageOptions(capacity: capacity)
      let count = Int.random(in: 0..<20, using: &random)
      let source = graph.add("source", Numbers.self, ["count": .int(count)])
      let stage = graph.add("stage", Merger.self)
      graph.link(source, stage, options)
      graph.link(stage, graph.add("all", Collector.self, ["name": .text(name)]), options)
      for number in 0..<3 {
        let after = Int.random(in: 0..<20, using: &random)
        graph.link(stage, graph.add("quitter\(number)", Quitter.self, ["after": .int(after)]), options)
      }
      guard case .finished = try await graph.run(workers: workers) else {
        Issue.record("did not finish in round \(round)")
        return
      }
      #expect(Notes.read(name) == Array(0..<count))
    }
  }

  @Test(arguments: [1, 2, 4]) func `Components that wait on each other's heels miss no wake`(workers: Int) async throws
  {
    var graph = GraphBuilder()
    let times = 2_000 * Self.scale / Stress.slowness
    for pair in 0..<3 {
      let ping = graph.add("ping\(pair)", Echo.self, ["times": .int(times)])
      let pong = graph.add("pong\(pair)", Echo.self, ["times": .int(times)])
      graph.link(ping, pong, LinkageOptions(capacity: 1))
      graph.link(pong, ping, LinkageOptions(capacity: 1))
    }
    guard case .finished = try await graph.run(workers: workers) else {
      Issue.record("did not finish")
      return
    }
  }

  @Test func `Tasks of one component that wait for room together are all woken`() async throws {
    for round in 0..<2_000 * Self.scale / Stress.slowness {
      var graph = GraphBuilder()
      let sender = graph.add("sender", Several.self, ["tasks": 6, "count": 5])
      let name = "together-\(round % 2)"
      graph.link(
        sender, graph.add("sink", Checker.self, ["name": .text(name), "isOrdered": false]), LinkageOptions(capacity: 2))
      guard case .finished = try await graph.run(workers: 2) else {
        Issue.record("did not finish in round \(round)")
        return
      }
      #expect(Notes.read(name) == [30, 60, -1])
    }
  }

  @Test func `Many components that sleep and wake miss no timer`() async throws {
    var graph = GraphBuilder()
    let name = "sleepers"
    let merge = graph.add("sink", Checker.self, ["name": .text(name), "isOrdered": false])
    for number in 0..<200 {
      let source = graph.add(
        "source\(number)", Paced.self, ["count": 10, "every": .duration(.microseconds(number * 10))])
      graph.link(source, merge, LinkageOptions(capacity: 1 + number % 3))
    }
    guard case .finished = try await graph.run(workers: 4) else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read(name) == [2000, 200 * 45, -1])
  }
}
