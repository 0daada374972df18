import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct ReplicaTests {
  /// A source, `distribute`, some replicas, and what gathers them.
  private func run(
    _ name: String, _ type: any Component.Type, replicas: Int, by rule: String = "roundRobin", isOrdered: Bool,
    seed: UInt64, count: Int = 60, capacity: Int = 3
  ) async throws -> [Int]? {
    var graph = GraphBuilder()
    let options = LinkageOptions(capacity: capacity)
    let source = graph.add("source", Numbers.self, ["count": .int(count)])
    let share = graph.add("share", Merger.self, ["by": .name(rule)])
    graph.plan.instances[share].component = "distribute"
    graph.plan.instances[share].types = ["T": .int]
    graph.link(source, share, options)
    let sink = graph.add("sink", Collector.self, ["name": .text(name)])
    var gather = sink
    if isOrdered {
      gather = graph.add("gather", Merger.self)
      graph.plan.instances[gather].component = "collect"
      graph.plan.instances[gather].types = ["T": .int]
      graph.link(share, gather, options, outbox: "order", inbox: "order")
      graph.link(gather, sink, options)
    }
    for number in 0..<replicas {
      let replica = graph.add("replica[\(number)]", type)
      graph.link(
        from: GraphBuilder.box(share, "out", .number(number)), to: GraphBuilder.box(replica, "inbox"), options)
      if isOrdered {
        graph.plan.instances[replica].replica = .init(collector: gather, number: number)
        graph.link(
          from: GraphBuilder.box(replica, "outbox"), to: GraphBuilder.box(gather, "inputs", .number(number)), options)
      } else {
        graph.link(replica, sink, options)
      }
    }
    let (ending, _, _) = try await graph.runVirtually(seed: seed)
    guard case .finished = ending else {
      Issue.record("ended as \(ending)")
      return nil
    }
    return Notes.read(name)
  }

  @Test(arguments: [1, 2, 5], [UInt64(1), 2, 3, 4, 5])
  func `Replicas that take their time and send none, one or two keep the order when asked to`(
    replicas: Int, seed: UInt64
  ) async throws {
    let result = try await run(
      "ordered-\(replicas)-\(seed)", Many.self, replicas: replicas, isOrdered: true, seed: seed)
    #expect(result == (0..<60).flatMap { Array(repeating: $0, count: $0 % 3) })
  }

  @Test(arguments: [1, 3], [1, 2, 64]) func `Replicas lose nothing`(replicas: Int, capacity: Int) async throws {
    let result = try await run(
      "shared-\(replicas)-\(capacity)", Many.self, replicas: replicas, isOrdered: false, seed: 9, capacity: capacity)
    #expect(result?.sorted() == (0..<60).flatMap { Array(repeating: $0, count: $0 % 3) })
  }

  @Test func `Equal keys keep their order, since they go to the same replica`() async throws {
    let result = try await run(
      "keyed", AddOne.self, replicas: 3, by: "key", isOrdered: false, seed: 2, count: 40)
    #expect(result?.sorted() == Array(1...40))
  }

  @Test func `A replica that leaves takes no share any more`() async throws {
    let result = try await run("left", OnlyThree.self, replicas: 4, isOrdered: true, seed: 5, count: 100, capacity: 1)
    // Each takes three and leaves; what had been put on its linkage by then is lost with it.
    #expect(result == Array(0..<12))
  }
}

struct OnlyThree: Component {
  static let summary = "Passes three numbers on and returns."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  func main() async throws {
    for _ in 0..<3 {
      guard let number = await inbox.next() else { return }
      try await outbox.send(number)
    }
  }
}
