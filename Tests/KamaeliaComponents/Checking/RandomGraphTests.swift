import KGraph
import Kamaelia
import KamaeliaComponents
import KamaeliaIO
import KamaeliaRuntime
import Testing

/// `check` against `run`: what is accepted runs, and what cannot run is refused.
@Suite struct RandomGraphTests {
  /// How many graphs there are; under `KAMAELIA_FULL_TESTS=1` ten times as many.
  private static let count = Environment.current["KAMAELIA_FULL_TESTS"] == nil ? 300 : 3000

  /// Stretches of seeds, each a test of its own.
  static let stretches = (0..<10).map { (count / 10 * $0)..<(count / 10 * ($0 + 1)) }

  private func check(_ graph: RandomGraph) -> Checked {
    Checker(library: .standard, loader: MemoryLoader())
      .check(Source(name: "random.kgraph", text: graph.text), for: .run)
  }

  private func errors(_ checked: Checked) -> [String] {
    checked.diagnostics.filter { $0.severity == .error }.map { "\($0.place) \($0.code.name) \($0.message)" }
  }

  @Test(arguments: stretches)
  func `a graph in which all types fit is accepted, and runs to its end`(_ seeds: Range<Int>) async throws {
    for seed in seeds {
      let graph = RandomGraph(seed: UInt64(seed))
      let checked = check(graph)
      guard let plan = checked.plan else {
        Issue.record("seed \(seed) is refused: \(errors(checked))\n\(graph.text)")
        continue
      }
      let scheduler = SeededScheduler(seed: UInt64(seed))
      let network: Network
      do {
        network = try Network(
          plan, in: Surroundings(library: .standard, seeded: scheduler, journal: Journal(holding: HeldOutput())))
      } catch {
        Issue.record("seed \(seed) cannot start: \(error)\n\(graph.text)")
        continue
      }
      network.start()
      if case .idle = await scheduler.drive(to: .distantFuture, until: { network.hasEnded }) { network.endStill() }
      _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
      let ending = await network.ended()
      guard case .finished = ending else {
        Issue.record("seed \(seed) ends otherwise: \(ending)\n\(graph.text)")
        continue
      }
    }
  }

  @Test(arguments: stretches)
  func `a graph with one mistake is refused`(_ seeds: Range<Int>) {
    for seed in seeds {
      let graph = RandomGraph(seed: UInt64(seed), isWrong: true)
      let checked = check(graph)
      #expect(!errors(checked).isEmpty, "seed \(seed): \(graph.mistake ?? "nothing")\n\(graph.text)")
    }
  }
}
