import KGraph
import Kamaelia
import KamaeliaComponents
import KamaeliaRuntime
import Testing

/// An hour of each graph, as fast as it goes; a day of it with `KAMAELIA_FULL_TESTS=1`.
@Suite struct HourTests {
  /// Ends where nobody listens at the address that it connects to.
  private static let client = "graphs/talk/presenter.kgraph"

  /// What lies outside (clients that do not come, people who do not type) is waited for a moment, and then time goes on.
  @Test(.timeLimit(.minutes(10)), arguments: GraphFilesTests.graphs.filter { $0 != client })
  func `A graph that runs for an hour neither fails nor stalls`(path: String) async throws {
    let loader = FileLoader(root: Place.root)
    let checked = Checker(library: .standard, loader: loader).check(Source(name: path, text: try Place.read(path)))
    let plan = try #require(checked.plan)
    let scheduler = SeededScheduler(seed: 1)
    let network = try Network(
      plan, in: Surroundings(library: .standard, seeded: scheduler, journal: Journal(holding: HeldOutput())))
    network.start()
    let bounds = SeededScheduler.Bounds(patience: .seconds(1), end: .now + .seconds(300))
    let pause = await scheduler.drive(to: .start + .seconds(areTestsFull ? 86_400 : 3600), bounds) { network.hasEnded }
    switch pause {
    case .restless, .overdue: Issue.record("\(path): \(pause) at \(scheduler.clock.now - .start)")
    case .done, .idle: break
    }
    #expect(network.failures.map(\.description) == [])
    network.cancel()
    _ = await scheduler.drive(to: .distantFuture, SeededScheduler.Bounds(patience: .seconds(5))) { network.hasEnded }
    #expect(network.hasEnded)
  }
}
