import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime
import Testing

@testable import KamaeliaComponents

/// An atomic file when its graph comes to an end before its time.
@Suite struct CutShortTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  /// A source of three numbers, a component that is told to stop after it, and the writer.
  private func network() throws -> Network {
    let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)
    var plan = Plan(name: "Test")
    var source = PlannedInstance(path: "source", component: "Stubborn", place: place)
    source.arguments = ["count": 3]
    var slow = PlannedInstance(path: "slow", component: "Stubborn", place: place)
    slow.arguments = ["count": 0, "isSlow": true]
    var writer = PlannedInstance(path: "writer", component: "FileWriter", place: place)
    writer.arguments = ["path": .text(scratch["log"])]
    plan.instances = [source, slow, writer]
    plan.linkages = [
      PlannedLinkage(
        from: .box(instance: 0, name: "outbox", index: nil), to: .box(instance: 2, name: "inbox", index: nil),
        type: .any, options: LinkageOptions(), place: place)
    ]
    return try Network(plan, in: Surroundings(library: Library([Stubborn.self, FileWriter.self]), workers: 2))
  }

  private func untilTaken(_ network: Network, _ count: Int) async {
    while network.counters()[0].sent < count || network.counters()[0].waiting > 0 { await Task.yield() }
  }

  @Test func `it is whole when the graph has drained`() async throws {
    try scratch.write("log", "old\n")
    let network = try network()
    network.start()
    await untilTaken(network, 3)
    network.stop()
    guard case .finished = await network.ended() else {
      Issue.record("did not drain")
      return
    }
    #expect(scratch.read("log") == "0\n1\n2\n")
    #expect(scratch.names == ["log"])
  }

  @Test func `it is the old one when the graph is ended at once, also where its producers end first`() async throws {
    try scratch.write("log", "old\n")
    let network = try network()
    Stubborn.hasOthersEnded.withLock { $0 = { !network.running.contains("writer") } }
    defer { Stubborn.hasOthersEnded.withLock { $0 = nil } }
    network.start()
    await untilTaken(network, 3)
    network.cancel()
    guard case .cutShort = await network.ended() else {
      Issue.record("was not cut short")
      return
    }
    #expect(scratch.read("log") == "old\n")
    #expect(scratch.names == ["log"])
  }
}

/// Sends some numbers, waits to be told to stop, and ends without a word.
private struct Stubborn: Component {
  static let summary = "Sends numbers and waits."
  @Parameter("How many.") var count: Int
  @Parameter("Whether whoever tells it to stop is held up until the others have ended, or for a while.")
  var isSlow = false
  let outbox = Outbox<Int>("Numbers.")

  static let hasOthersEnded = Lock<(@Sendable () -> Bool)?>(nil)

  func main() async throws {
    for number in 0..<count { try await outbox.send(number) }
    let waiter = Waiter()
    let isOver = Lock(false)
    await withTaskCancellationHandler {
      await waiter.wait { isOver.withLock { $0 } }
    } onCancel: { [isSlow] in
      isOver.withLock { $0 = true }
      waiter.wake()
      guard isSlow, let hasOthersEnded = Self.hasOthersEnded.withLock({ $0 }) else { return }
      var looks = 0
      while !hasOthersEnded(), looks < 300_000 { looks += 1 }
    }
  }
}
