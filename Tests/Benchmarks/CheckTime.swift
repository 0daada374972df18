import KGraph
import Kamaelia
import KamaeliaRuntime

/// How long it takes to read, check, build and run a large graph, from its text.
///
/// The graph has so many instances in chains of ten, and twice as many linkages: along the chains and across them.
struct CheckTime {
  let instances: Int

  private var text: String {
    let chains = max(2, instances / 10)
    var lines = (0..<chains).map { chain in
      "c\(chain) = Source(1)\nc\(chain) -> "
        + (1...8).map { "Step() as s\(chain)x\($0)" }.joined(separator: " -> ") + " -> Sink() as e\(chain)"
    }
    // Each stage also feeds the next stage of the chain beside it.
    for chain in 0..<chains {
      let next = (chain + 1) % chains
      lines += (1...7).map { "s\(chain)x\($0) -> s\(next)x\($0 + 1)" }
      lines += [
        "c\(chain) -> s\(next)x1", "s\(chain)x8 -> e\(next)", "c\(chain) -> s\(next)x2", "s\(chain)x7 -> e\(next)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Prints one JSON line.
  ///
  /// - Throws: ``Wrong`` where the graph has errors.
  func run(workers: Int?) async throws {
    let source = KGraph.Source(name: "large.kgraph", text: text)
    let began = seconds()
    let file = GraphFile.parse(source)
    let parsed = seconds()
    let checked = Checker(library: Workload.library, loader: MemoryLoader()).check(file, for: .run)
    let isChecked = seconds()
    guard let plan = checked.plan else {
      throw Wrong(description: Report(checked.diagnostics).render(.gcc, version: ""))
    }
    let surroundings = Surroundings(library: Workload.library, workers: workers)
    let network = try Network(plan, in: surroundings)
    network.start()
    let started = seconds()
    _ = await network.ended()
    let ended = seconds()
    print(
      "{\"peer\":\"kamaelia\",\"workload\":\"check\",\"instances\":\(plan.instances.count),"
        + "\"linkages\":\(plan.linkages.count),\"parse_s\":\(parsed - began),\"check_s\":\(isChecked - parsed),"
        + "\"start_s\":\(started - isChecked),\"run_s\":\(ended - started),\"seconds\":\(started - began),"
        + "\"rate\":\(Double(plan.instances.count) / (started - began))}")
  }
}
