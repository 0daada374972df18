import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct BlockTests {
  @Test(arguments: [1, 2, 3, 7, 64, 1000], [1, 5, 2000]) func `Blocks keep order and lose nothing`(
    capacity: Int, size: Int
  ) async throws {
    for workers in 1...2 {
      var graph = GraphBuilder()
      let name = "blocks-\(capacity)-\(size)-\(workers)"
      let options = LinkageOptions(capacity: capacity)
      var last = graph.add("source", BlockSource.self, ["count": 5000, "size": .int(size)])
      for number in 0..<3 {
        let stage = graph.add("stage\(number)", BlockRelay.self, ["limit": .int(number * 100 + 1)])
        graph.link(last, stage, options)
        last = stage
      }
      graph.link(last, graph.add("sink", BlockSink.self, ["name": .text(name)]), options)
      let ending = try await graph.run(workers: workers)
      #expect(ending.isFinished)
      #expect(Notes.read(name) == Array(0..<5000))
    }
  }

  @Test(arguments: [1, 4, 300]) func `Copies of blocks go to all readers, blocks from several writers into one`(
    capacity: Int
  ) async throws {
    var graph = GraphBuilder()
    let name = "blocks-several-\(capacity)"
    let options = LinkageOptions(capacity: capacity)
    let source = graph.add("source", BlockSource.self, ["count": 3000, "size": 100])
    let merge = graph.add("merge", BlockSink.self, ["name": .text("\(name)-merge")])
    for number in 0..<3 {
      let relay = graph.add("relay\(number)", BlockRelay.self)
      graph.link(source, relay, options)
      graph.link(relay, merge, options)
      let sink = graph.add("sink\(number)", BlockSink.self, ["name": .text("\(name)-\(number)")])
      graph.link(relay, sink, options)
    }
    #expect(try await graph.run().isFinished)
    for number in 0..<3 { #expect(Notes.read("\(name)-\(number)") == Array(0..<3000)) }
    #expect(Notes.read("\(name)-merge")?.sorted() == (0..<3000).flatMap { [$0, $0, $0] })
  }

  @Test(arguments: [1, 3, 100]) func `A block is as long as what is there, up to its limit`(limit: Int) async throws {
    var graph = GraphBuilder()
    let name = "blocks-limit-\(limit)"
    let source = graph.add("source", BlockSource.self, ["count": 500, "size": 50])
    let sink = graph.add("sink", BlockSink.self, ["name": .text(name), "limit": .int(limit)])
    graph.link(source, sink, LinkageOptions(capacity: 64))
    _ = try await graph.runVirtually()
    #expect(Notes.read(name) == Array(0..<500))
    #expect(Notes.read("\(name)-longest") == [min(limit, 64)])
  }

  @Test(arguments: [1, 3, 100]) func `What is there is taken without waiting, from each linkage in its order`(
    sources: Int
  ) async throws {
    var graph = GraphBuilder()
    let name = "blocks-ready-\(sources)"
    let sink = graph.add("sink", ReadySink.self, ["name": .text(name)])
    for number in 0..<sources {
      let source = graph.add("source\(number)", BlockSource.self, ["count": 500, "size": 50])
      graph.link(source, sink, LinkageOptions(capacity: 64))
    }
    #expect(try await graph.runVirtually().ending.isFinished)
    let all = try #require(Notes.read(name))
    if sources == 1 { #expect(all == Array(0..<500)) }
    #expect(all.sorted() == (0..<500).flatMap { Array(repeating: $0, count: sources) })
    #expect(try #require(Notes.read("\(name)-longest")?.first) >= 64)
  }

  @Test func `A message that comes alone does not wait for others`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Paced.self, ["count": 5, "every": .duration(.seconds(1))])
    graph.link(source, graph.add("sink", BlockSink.self, ["name": "blocks-alone"]))
    _ = try await graph.runVirtually()
    #expect(Notes.read("blocks-alone") == [0, 1, 2, 3, 4])
    #expect(Notes.read("blocks-alone-longest") == [1])
  }

  @Test(arguments: [1, 20]) func `Messages of different sizes pass in blocks`(capacity: Int) async throws {
    var graph = GraphBuilder()
    let name = "blocks-texts-\(capacity)"
    let source = graph.add("source", BlockSource.self, ["count": 1000, "size": 30])
    let texts = graph.add("texts", BlockTexts.self)
    graph.link(source, texts, LinkageOptions(capacity: capacity))
    let sink = graph.add("sink", BlockTextSink.self, ["name": .text(name)])
    graph.link(texts, sink, LinkageOptions(capacity: capacity, byteCapacity: 200), type: .text)
    #expect(try await graph.run().isFinished)
    #expect(Notes.read(name) == Array(0..<1000))
  }

  @Test(arguments: [1, 2]) func `A writer of blocks is stopped when its reader leaves`(workers: Int) async throws {
    var graph = GraphBuilder()
    let name = "blocks-leave-\(workers)"
    let source = graph.add("source", BlockSource.self, ["count": .int(.max / 2), "size": 100])
    let relay = graph.add("relay", BlockRelay.self)
    graph.link(source, relay, LinkageOptions(capacity: 10))
    let sink = graph.add("sink", BlockSink.self, ["name": .text(name), "blocks": 3])
    graph.link(relay, sink, LinkageOptions(capacity: 10))
    #expect(try await graph.run(workers: workers).isFinished)
    let taken = try #require(Notes.read(name))
    #expect(taken == Array(0..<taken.count) && taken.count >= 3)
  }

  @Test func `A writer of blocks is told to stop, and what is under way arrives`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", BlockSource.self, ["count": .int(.max / 2), "size": 100])
    let relay = graph.add("relay", BlockRelay.self)
    graph.link(source, relay, LinkageOptions(capacity: 10))
    graph.link(relay, graph.add("sink", BlockSink.self, ["name": "blocks-stop"]), LinkageOptions(capacity: 10))
    let network = try graph.network()
    network.start()
    while network.counters()[1].sent < 1000 { await Task.yield() }
    network.stop()
    #expect(await network.ended().isFinished)
    let taken = try #require(Notes.read("blocks-stop"))
    #expect(taken == Array(0..<network.counters()[0].sent))
  }

  @Test(arguments: [LinkageOptions.Overflow.dropOldest, .dropNewest, .latest])
  func `A block is sent message by message where the linkage may lose some`(
    overflow: LinkageOptions.Overflow
  ) async throws {
    var graph = GraphBuilder()
    let name = "blocks-\(overflow)"
    let source = graph.add("source", BlockSource.self, ["count": 100, "size": 100])
    let sink = graph.add("sink", BlockSink.self, ["name": .text(name)])
    let all = graph.add("all", BlockSink.self, ["name": .text("\(name)-all")])
    graph.link(source, sink, LinkageOptions(capacity: 4, overflow: overflow))
    graph.link(source, all, LinkageOptions(capacity: 4))
    let (ending, counters, _) = try await graph.runVirtually()
    #expect(ending.isFinished)
    let taken = try #require(Notes.read(name))
    #expect(counters[0].sent == 100 && counters[0].lost == 100 - taken.count)
    #expect(zip(taken, taken.dropFirst()).allSatisfy { $0 < $1 })
    #expect(Notes.read("\(name)-all") == Array(0..<100))
  }

  @Test func `A block fails its sender where the linkage must not be full`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", BlockSource.self, ["count": 100, "size": 100])
    let sink = graph.add("sink", BlockSink.self, ["name": "blocks-fail"])
    graph.link(source, sink, LinkageOptions(capacity: 4, overflow: .fail))
    let (ending, _, _) = try await graph.runVirtually()
    guard case .failed(let failures) = ending else {
      Issue.record("ended as \(ending)")
      return
    }
    #expect(
      failures.map(\.message) == [
        "the linkage source.outbox -> sink.inbox is full (4 messages) and its policy is `fail`"
      ])
    #expect(Notes.read("blocks-fail") == [0, 1, 2, 3])
  }

  @Test func `A component that is restarted gets messages one by one, the one it failed on again`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", BlockSource.self, ["count": 20, "size": 20])
    let sink = graph.add(
      "sink", BlockFailure.self, ["at": 7, "name": "blocks-again"], restart: RestartPolicy(.onFailure))
    graph.link(source, sink)
    let (ending, _, _) = try await graph.runVirtually()
    #expect(ending.isFinished)
    #expect(Notes.read("blocks-again") == Array(0...7) + Array(7..<20))
  }
}

extension Ending {
  fileprivate var isFinished: Bool { if case .finished = self { true } else { false } }
}
