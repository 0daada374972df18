import Glibc
import KGraph
import Kamaelia
import KamaeliaRuntime
import Testing

@Suite(.fewAtATime) struct StuckTests {
  @Test func `A circle of full boxes is found and its members are named`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Numbers.self, ["count": 100])
    let names = ["a", "b", "c"]
    let circle = names.map { graph.add($0, Doubler.self) }
    graph.link(source, circle[0], LinkageOptions(capacity: 1))
    for index in 0..<3 { graph.link(circle[index], circle[(index + 1) % 3], LinkageOptions(capacity: 1)) }
    guard case .stuck(let waits) = try await graph.run() else {
      Issue.record("was not found to be stuck")
      return
    }
    let room = waits.filter { $0.what == .room }
    #expect(room.contains { $0.instance == "a" && $0.others == ["b"] && $0.waiting == 1 })
    #expect(room.contains { $0.instance == "b" && $0.others == ["c"] })
    #expect(room.contains { $0.instance == "c" && $0.others == ["a"] })
  }

  @Test func `A reader that takes a little and then waits elsewhere lets its writer go on`() async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", TwoOutboxes.self)
    let reader = graph.add("reader", TwoInboxes.self, ["name": "elsewhere"])
    graph.link(source, reader, LinkageOptions(capacity: 4), outbox: "left", inbox: "left")
    graph.link(source, reader, LinkageOptions(capacity: 4), outbox: "right", inbox: "right")
    guard case .finished = try await graph.run() else {
      Issue.record("was taken for stuck")
      return
    }
    #expect(Notes.read("elsewhere") == [0, 100, 1, 2, 3, 4, 5])
  }

  @Test(arguments: [1, 2, 4]) func `A graph that waits for a timer or a call that blocks is not stuck`(
    workers: Int
  ) async throws {
    var graph = GraphBuilder()
    let source = graph.add("source", Paced.self, ["count": 3, "every": .duration(.milliseconds(150))])
    let stage = graph.add("stage", Offloads.self)
    let sink = graph.add("sink", Collector.self, ["name": .text("timer-\(workers)")])
    graph.link(source, stage)
    graph.link(stage, sink)
    guard case .finished = try await graph.run(workers: workers) else {
      Issue.record("was taken for stuck")
      return
    }
    #expect(Notes.read("timer-\(workers)") == [0, 1, 2])
  }

  @Test func `A wait for what the runtime does not know is named and not ended`() async throws {
    var graph = GraphBuilder()
    _ = graph.add("odd", Unknown.self)
    let journal = Journal()
    let network = try graph.network(journal: journal)
    network.start()
    while journal.take().entries.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
    #expect(!network.hasEnded)
    network.cancel()
    _ = await network.ended()
  }
}

struct TwoOutboxes: Component {
  static let summary = "Fills one box and then wants to write to the other."
  let left = Outbox<Int>("Five.")
  let right = Outbox<Int>("One.")
  func main() async throws {
    for number in 0..<5 { try await left.send(number) }
    try await right.send(100)
    try await left.send(5)
  }
}

struct TwoInboxes: Component {
  static let summary = "Takes one from the left, then the right, then the rest."
  @Parameter("Under which name.") var name: String
  let left = Inbox<Int>("Many.")
  let right = Inbox<Int>("One.")
  func main() async throws {
    var all: [Int] = []
    if let first = await left.next() { all.append(first) }
    if let other = await right.next() { all.append(other) }
    for await number in left { all.append(number) }
    Notes.note(name, all)
  }
}

struct Doubler: Component {
  static let summary = "Sends each number twice."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("Each twice.")
  func main() async throws {
    for await number in inbox { for _ in 0..<2 { try await outbox.send(number) } }
  }
}

struct Offloads: Component {
  static let summary = "Passes numbers on after a call that blocks."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("The same.")
  func main() async throws {
    for await number in inbox {
      let result = try await offload {
        usleep(150_000)
        return number
      }
      try await outbox.send(result)
    }
  }
}

struct Unknown: Component {
  static let summary = "Waits for what nobody knows of, until it is cancelled."
  func main() async throws {
    let (stream, continuation) = AsyncStream.makeStream(of: Int.self)
    for await _ in stream {}
    continuation.finish()
  }
}
