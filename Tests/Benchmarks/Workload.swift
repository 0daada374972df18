import KGraph
import Kamaelia
import KamaeliaRuntime

/// Something to measure: a graph as text, built of components like any user's, and what must come of it.
struct Workload: Sendable {
  let name: String
  let title: String
  /// How many messages, unless the command line says otherwise.
  let count: Int
  /// The graph for so many messages and for linkages of that capacity.
  let text: @Sendable (Int, _ capacity: Int) -> String
  /// The sum that proves that nothing was lost.
  let sum: @Sendable (Int) -> Int
  /// Hops that a message makes.
  var hops = 1
  /// What is told of the latencies, where there are any.
  var latencies: (@Sendable (Measurement) -> String)?
  /// The capacity of linkages where the command line says nothing.
  var capacity = 256
  /// What the rate counts, for a message; 1 unless it is measured in GiB.
  var unit: (name: String, size: Double)?

  /// Single messages in chains and circles.
  static let byMessages = [
    Workload(
      name: "w1", title: "source, 8 stages, sink; integers", count: 3_000_000,
      text: { count, capacity in
        chain(["Source(\(count))"] + [String](repeating: "Step()", count: 8) + ["Sink()"], capacity)
      },
      sum: { $0 * ($0 - 1) / 2 + 8 * $0 }, hops: 9),
    Workload(
      name: "w1text", title: "the same; texts of 32 bytes", count: 3_000_000,
      text: { count, capacity in
        chain(["TextSource(\(count))"] + [String](repeating: "TextStep()", count: 8) + ["TextSink()"], capacity)
      },
      sum: { 32 * $0 }, hops: 9),
    Workload(
      name: "w2", title: "copies to 8, merged into 1", count: 300_000,
      text: { count, capacity in
        let steps = (0..<8).map { _ in "source -[\(capacity)]-> Step() -[\(capacity)]-> sink" }
        return (["source = Source(\(count))", "sink = Sink()"] + steps).joined(separator: "\n")
      },
      sum: { 8 * ($0 * ($0 - 1) / 2 + $0) }, hops: 16),
    Workload(
      name: "w3", title: "ping-pong, one message under way", count: 1_000_000,
      text: { count, capacity in
        "ping = Ping(\(count))\n0 -> ping\nping -[\(capacity)]-> Pong() -[\(capacity)]-> ping"
      },
      sum: { $0 }),
    Workload(
      name: "w3task", title: "ping-pong with a component that waits for its answer in the middle of its code",
      count: 1_000_000,
      text: { count, capacity in
        "caller = Caller(\(count))\ncaller -[\(capacity)]-> Pong() -[\(capacity)]-> caller"
      },
      sum: { $0 * ($0 - 1) / 2 }),
    Workload(
      name: "w4", title: "ring of 503, one token", count: 2_000_000,
      text: { count, capacity in
        let nodes = (1...503).map { "n\($0) = RingNode(\($0))" }
        let ring = ((1...503).map { "n\($0)" } + ["n1"]).joined(separator: " -[\(capacity)]-> ")
        return (nodes + [ring, "RingStart(\(count)) -> n1"]).joined(separator: "\n")
      },
      sum: { $0 % 503 + 1 }),
    Workload(
      name: "w7", title: "2 GiB in chunks of 64 KiB through 4 stages", count: 32_768,
      text: { count, capacity in
        chain(["ChunkSource(\(count))"] + [String](repeating: "ChunkStep()", count: 4) + ["ChunkSink()"], capacity)
      },
      sum: { $0 * ChunkSource.size }, unit: ("GiB/s", Double(ChunkSource.size) / Double(1 << 30))),
  ]

  static func chain(_ stages: [String], _ capacity: Int) -> String {
    stages.joined(separator: " -[\(capacity)]-> ")
  }

  static let library = Library([
    Source.self, Step.self, Sink.self, TextSource.self, TextStep.self, TextSink.self, Ping.self, Pong.self, Caller.self,
    RingNode.self, RingStart.self, ChunkSource.self, ChunkStep.self, ChunkSink.self, Twice.self, BlockSource.self,
    BlockStep.self, BlockSink.self, Spread.self, Silence.self, Idler.self, Pulse.self, Stopwatch.self, Racer.self,
    Finish.self, Swallow.self,
  ])

  /// Runs the graph once and prints one JSON line.
  ///
  /// - Throws: ``Wrong`` where the result is not what it must be.
  func run(_ count: Int, capacity: Int?, workers: Int?) async throws {
    let capacity = capacity ?? self.capacity
    let checked = Checker(library: Self.library, loader: MemoryLoader())
      .check(KGraph.Source(name: "\(name).kgraph", text: text(count, capacity)), for: .run)
    guard let plan = checked.plan else {
      throw Wrong(description: Report(checked.diagnostics).render(.gcc, version: ""))
    }
    let surroundings = Surroundings(library: Self.library, workers: workers)
    let network = try Network(plan, in: surroundings)
    network.start()
    let ending = await network.ended()
    guard case .finished = ending else { throw Wrong(description: "\(name): \(ending)") }
    let measured = Measurement.current.withLock { $0 }
    guard measured.sum == sum(count) else {
      throw Wrong(description: "\(name): wrong result \(measured.sum), not \(sum(count))")
    }
    let rate = Double(count) / measured.seconds * (unit?.size ?? 1)
    var line = "{\"peer\":\"kamaelia\",\"workload\":\"\(name)\",\"messages\":\(count),"
    line += "\"seconds\":\(measured.seconds),\"rate\":\(rate)"
    if hops > 1 { line += ",\"hops_per_s\":\(Int(Double(hops * count) / measured.seconds))" }
    if let unit { line += ",\"unit\":\"\(unit.name)\"" }
    if let latencies { line += latencies(measured) }
    print(line + "}")
  }
}

/// A result that is not what it must be.
struct Wrong: Error, CustomStringConvertible {
  let description: String
}
