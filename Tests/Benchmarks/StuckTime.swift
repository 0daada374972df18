import KGraph
import Kamaelia
import KamaeliaRuntime

/// How long it takes until a graph that cannot go on is reported: from the last message that moves in a circle of three,
/// with room for one message each, to the end of the graph that names them.
struct StuckTime {
  /// How many graphs, one after the other.
  let rounds: Int

  private static let text = """
    a = Twice()
    b = Twice()
    c = Twice()
    Source(100) -[1]-> a
    a -[1]-> b -[1]-> c
    c -[1]-> a  # allow(K0410): it is to stall
    """

  /// Prints one JSON line, with the median as `seconds` and the longest as `most_s`.
  ///
  /// - Throws: ``Wrong`` where a graph ends otherwise, or another circle is named.
  func run(workers: Int?) async throws {
    let checked = Checker(library: Workload.library, loader: MemoryLoader())
      .check(KGraph.Source(name: "stuck.kgraph", text: Self.text), for: .run)
    guard let plan = checked.plan else {
      throw Wrong(description: Report(checked.diagnostics).render(.gcc, version: ""))
    }
    var times: [Double] = []
    for _ in 0..<max(1, rounds) {
      let network = try Network(plan, in: Surroundings(library: Workload.library, workers: workers))
      network.start()
      let ending = await network.ended()
      let reported = seconds()
      guard case .stuck(let waits) = ending else { throw Wrong(description: "stuck: \(ending)") }
      let circle = waits.filter { $0.what == .room && $0.instance.count == 1 }.map { "\($0.instance)\($0.others)" }
      guard circle.sorted() == ["a[\"b\"]", "b[\"c\"]", "c[\"a\"]"] else {
        throw Wrong(description: "stuck: the circle is told as \(circle)")
      }
      times.append(reported - Measurement.current.withLock { $0.ended })
    }
    times.sort()
    print(
      "{\"peer\":\"kamaelia\",\"workload\":\"stuck\",\"rounds\":\(times.count),"
        + "\"seconds\":\(times[times.count / 2]),\"most_s\":\(times[times.count - 1])}")
  }
}

/// Sends each number twice, and notes when it last did anything.
struct Twice: Component {
  static let summary = "Sends each number twice."
  let inbox = Inbox<Int>("Numbers.")
  let outbox = Outbox<Int>("Each of them twice.")

  func main() async throws {
    for await number in inbox {
      for _ in 0..<2 {
        Measurement.move()
        try await outbox.send(number)
      }
      Measurement.move()
    }
  }
}
