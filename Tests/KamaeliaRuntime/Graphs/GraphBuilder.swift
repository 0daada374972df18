import KGraph
import Kamaelia
import KamaeliaRuntime
import Synchronization
import Testing

/// Small graphs made without text, for tests of the runtime alone.
struct GraphBuilder {
  var plan = Plan(name: "Test")
  private let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)

  mutating func add(
    _ path: String, _ type: any Component.Type, _ arguments: [String: Value] = [:], restart: RestartPolicy = .never
  ) -> Int {
    var instance = PlannedInstance(path: path, component: type.name, place: place)
    instance.arguments = arguments
    instance.restart = restart
    plan.instances.append(instance)
    return plan.instances.count - 1
  }

  mutating func link(
    _ from: Int, _ to: Int, _ options: LinkageOptions = LinkageOptions(), outbox: String = "outbox",
    inbox: String = "inbox", type: MessageType = .int
  ) {
    plan.linkages.append(
      PlannedLinkage(
        from: .box(instance: from, name: outbox, index: nil), to: .box(instance: to, name: inbox, index: nil),
        type: type, options: options, place: place))
  }

  mutating func backplane(_ path: String, type: MessageType = .int) {
    plan.backplanes.append(PlannedBackplane(path: path, type: type, place: place))
  }

  mutating func link(
    from: PlannedEnd, to: PlannedEnd, _ options: LinkageOptions = LinkageOptions(), type: MessageType = .int
  ) {
    plan.linkages.append(PlannedLinkage(from: from, to: to, type: type, options: options, place: place))
  }

  mutating func literal(_ number: Int, to instance: Int) {
    plan.literals.append(
      PlannedLiteral(value: .int(number), to: Self.box(instance, "inbox"), place: place))
  }

  static func box(_ instance: Int, _ name: String, _ index: BoxIndex? = nil) -> PlannedEnd {
    .box(instance: instance, name: name, index: index)
  }

  /// The graph on a pool of workers, with the system's clock.
  func network(workers: Int = 2, journal: Journal = Journal()) throws -> Network {
    try Network(plan, in: Surroundings(library: Self.library, workers: workers, journal: journal))
  }

  /// Runs the graph on a pool of workers to its end.
  func run(workers: Int = 2) async throws -> Ending {
    let network = try network(workers: workers)
    network.start()
    return await network.ended()
  }

  /// Runs the graph under virtual time to its end, or until nothing can move.
  ///
  /// - Parameter limit: when it is stopped at the latest.
  func runVirtually(
    seed: UInt64 = 1, for limit: Duration? = nil, journal: Journal = Journal()
  ) async throws -> (ending: Ending, counters: [LinkageCounters], time: Duration) {
    let scheduler = SeededScheduler(seed: seed)
    let network = try Network(plan, in: Surroundings(library: Self.library, seeded: scheduler, journal: journal))
    network.start()
    let end = limit.map { Instant.start + $0 } ?? .distantFuture
    if limit != nil, case .idle = await scheduler.drive(to: end, until: { network.hasEnded }) { network.stop() }
    if case .idle = await scheduler.drive(to: .distantFuture, until: { network.hasEnded }) {
      network.endStill()
      _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    }
    let time = scheduler.clock.now - .start
    let ending = await network.ended()
    return (ending, network.counters(), time)
  }

  static let library = Library([
    Numbers.self, AddOne.self, Checker.self, Merger.self, Waits.self, Thrower.self, Quitter.self, Echo.self,
    Collector.self, Paced.self, Endless.self, Blocks.self, Sleepless.self, Flaky.self, Many.self, Maker.self,
    Chunks.self, Swallow.self, Deaf.self, Ticker.self, OnlyThree.self,
    Relay.self, Raises.self, Tracked.self, TickingOn.self, Last.self, Idle.self, TwoOutboxes.self, TwoInboxes.self,
    Doubler.self, Several.self, OtherTask.self, Asks.self, AnyCollector.self,
    Offloads.self, Unknown.self, Quarter.self,
    BlockSource.self, BlockRelay.self, BlockSink.self, ReadySink.self, BlockFailure.self, BlockTexts.self,
    BlockTextSink.self,
  ])
}
