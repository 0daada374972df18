import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct PoolTests {
  @Test(arguments: [1, 2, 3, 64, 256], [1, 2, 4])
  func `A chain loses nothing and keeps the order`(capacity: Int, workers: Int) async throws {
    var graph = GraphBuilder()
    let name = "chain-\(capacity)-\(workers)"
    let count = (capacity < 64 ? 20_000 : 200_000) / Stress.slowness
    var last = graph.add("source", Numbers.self, ["count": .int(count)])
    for stage in 0..<8 {
      let next = graph.add("stage\(stage)", AddOne.self)
      graph.link(last, next, LinkageOptions(capacity: capacity))
      last = next
    }
    let sink = graph.add("sink", Checker.self, ["name": .text(name)])
    graph.link(last, sink, LinkageOptions(capacity: capacity))
    guard case .finished = try await graph.run(workers: workers) else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read(name) == [count, count * (count - 1) / 2 + 8 * count, -1])
  }

  @Test(arguments: [1, 2, 16, 256], [1, 2, 4])
  func `Copies to eight and a merge of them lose nothing`(capacity: Int, workers: Int) async throws {
    var graph = GraphBuilder()
    let name = "fan-\(capacity)-\(workers)"
    let count = 10_000 / Stress.slowness
    let source = graph.add("source", Numbers.self, ["count": .int(count)])
    let sink = graph.add("sink", Checker.self, ["name": .text(name), "isOrdered": false])
    for stage in 0..<8 {
      let next = graph.add("stage\(stage)", AddOne.self)
      graph.link(source, next, LinkageOptions(capacity: capacity))
      graph.link(next, sink, LinkageOptions(capacity: capacity))
    }
    guard case .finished = try await graph.run(workers: workers) else {
      Issue.record("did not finish")
      return
    }
    #expect(Notes.read(name) == [8 * count, 8 * (count * (count - 1) / 2 + count), -1])
  }

  @Test func `A component that throws stops the graph and is named`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": .int(1_000_000)])
    let thrower = graph.add("picky", Thrower.self, ["at": 77])
    let sink = graph.add("sink", Checker.self, ["name": "thrown"])
    graph.link(source, thrower)
    graph.link(thrower, sink)
    guard case .failed(let failures) = try await graph.run() else {
      Issue.record("did not fail")
      return
    }
    #expect(failures.map(\.description) == ["`picky` (Thrower, test.kgraph:1:1) failed: will not take 77"])
    #expect(Notes.read("thrown")?[0] == 77)
  }

  @Test func `A reader that leaves stops its producers`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": .int(.max)])
    let stage = graph.add("stage", AddOne.self)
    let quitter = graph.add("quitter", Quitter.self, ["after": 10])
    graph.link(source, stage)
    graph.link(stage, quitter)
    guard case .finished = try await graph.run() else {
      Issue.record("did not finish")
      return
    }
  }

  @Test func `A circle of full boxes is found and drawn`() async throws {
    var graph = GraphBuilder()
    let a = graph.add("a", Waits.self)
    let b = graph.add("b", Waits.self)
    graph.link(a, b)
    graph.link(b, a)
    guard case .stuck(let waits) = try await graph.run() else {
      Issue.record("was not found to be stuck")
      return
    }
    #expect(
      waits.map(\.description) == [
        "`a` waits at its inbox `inbox` for `b`", "`b` waits at its inbox `inbox` for `a`",
      ])
  }
}
