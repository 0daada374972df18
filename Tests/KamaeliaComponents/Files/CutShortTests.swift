import Glibc
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

/// An atomic file when what feeds it fails, or is stopped.
@Suite(.timeLimit(.minutes(1))) struct IncompleteFileTests {
  private let scratch: Scratch
  init() throws { scratch = try Scratch() }

  /// Components one behind the other, and a writer of `log`, on the system's clock.
  private func run(
    _ links: [(String, [String: Value])], onceRunning: (Network) async -> Void = { _ in }
  ) async throws -> (Ending, [String]) {
    let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)
    var plan = Plan(name: "Test")
    for (number, link) in (links + [("FileWriter", ["path": .text(scratch["log"])])]).enumerated() {
      var instance = PlannedInstance(path: "link\(number)", component: link.0, place: place)
      instance.arguments = link.1
      plan.instances.append(instance)
      guard number > 0 else { continue }
      let outbox = links[number - 1].0 == "FileReader" ? "lines" : "outbox"
      plan.linkages.append(
        PlannedLinkage(
          from: .box(instance: number - 1, name: outbox, index: nil),
          to: .box(instance: number, name: "inbox", index: nil), type: number == links.count ? .any : .text,
          options: LinkageOptions(capacity: 2), place: place))
    }
    let surroundings = Surroundings(library: Library.standard, workers: 1)
    let network = try Network(plan, in: surroundings)
    network.start()
    await onceRunning(network)
    let ending = await network.ended()
    return (ending, surroundings.journal.take().entries.map(\.text))
  }

  @Test func `the old one stays when a component before it fails`() async throws {
    try scratch.write("log", "old\n")
    try scratch.write("in", "[1]\n[2]\nno\n[3]\n")
    let (ending, said) = try await run([("FileReader", ["path": .text(scratch["in"])]), ("ParseJSON", [:])])
    guard case .failed = ending else { return #expect(Bool(false), "\(ending)") }
    #expect(scratch.read("log") == "old\n")
    #expect(scratch.names == ["in", "log"])
    #expect(said.contains("not all came that was to come: `\(scratch["log"])` is left as it was"))
  }

  @Test(arguments: ["exit 9", "kill -9 $$"])
  func `the old one stays when a program before it does not end well`(_ end: String) async throws {
    try scratch.write("log", "old\n")
    let (ending, _) = try await run([("Process", ["command": .command(["sh", "-c", "echo new; \(end)"])])])
    guard case .failed = ending else { return #expect(Bool(false), "\(ending)") }
    #expect(scratch.read("log") == "old\n")
  }

  @Test func `it is new when a program before it ends well`() async throws {
    try scratch.write("log", "old\n")
    let (ending, said) = try await run([("Process", ["command": .command(["echo", "new"])])])
    guard case .finished = ending else { return #expect(Bool(false), "\(ending)") }
    #expect(scratch.read("log") == "new\n")
    #expect(said == [])
  }

  @Test func `the old one stays when a file before it was not read to its end`() async throws {
    try scratch.write("log", "old\n")
    try #require(mkfifo(scratch["pipe"], 0o600) == 0)
    let pipe = open(scratch["pipe"], O_RDWR)
    defer { close(pipe) }
    try #require(write(pipe, "new\n", 4) == 4)
    let (ending, _) = try await run([("FileReader", ["path": .text(scratch["pipe"])])]) { network in
      while network.counters()[0].sent < 1 || network.counters()[0].waiting > 0 { await Task.yield() }
      network.stop()
    }
    guard case .finished = ending else { return #expect(Bool(false), "\(ending)") }
    #expect(scratch.read("log") == "old\n")
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
