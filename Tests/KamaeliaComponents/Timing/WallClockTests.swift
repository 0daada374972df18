import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime
import Testing

@testable import KamaeliaComponents

/// The clock on the wall is set while a graph runs.
@Suite struct WallClockTests {
  /// When each message came, in milliseconds since the start, and what it said.
  private struct Arrival: Hashable {
    let time: Int
    let text: String
  }

  private static let library = Library([
    Clock.self, Ticks.self, Delay<Placeholder>.self, Throttle<Placeholder>.self, Timeout<Placeholder>.self,
    Debounce<Placeholder>.self,
    Batch<Placeholder>.self, Sample<Placeholder>.self, TimeWitness.self,
  ])

  /// Runs components for ten seconds and sets the clock after 2.5 s.
  ///
  /// - Returns: what each sent and when, and how many times components ran.
  private func run(
    _ components: [(name: String, arguments: [String: Value], isSource: Bool)], setting jump: Duration
  ) async throws -> [[Arrival]] {
    let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)
    var plan = Plan(name: "Test")
    func add(_ name: String, _ arguments: [String: Value]) -> Int {
      var instance = PlannedInstance(path: "i\(plan.instances.count)", component: name, place: place)
      instance.arguments = arguments
      instance.types = ["T": .int]
      plan.instances.append(instance)
      return plan.instances.count - 1
    }
    func link(_ from: Int, _ to: Int, _ type: MessageType) {
      plan.linkages.append(
        PlannedLinkage(
          from: .box(instance: from, name: "outbox", index: nil), to: .box(instance: to, name: "inbox", index: nil),
          type: type, options: LinkageOptions(), place: place))
    }
    let scripts = components.map { _ in TimeWitness.begin() }
    for (component, script) in zip(components, scripts) {
      let number = add(component.name, component.arguments)
      if !component.isSource { link(add("Ticks", ["interval": .duration(.milliseconds(300))]), number, .int) }
      link(number, add("TimeWitness", ["script": .int(script)]), .any)
    }
    let scheduler = SeededScheduler(seed: 7)
    let network = try Network(plan, in: Surroundings(library: Self.library, seeded: scheduler))
    network.start()
    _ = await scheduler.drive(to: .start + .milliseconds(2500)) { network.hasEnded }
    scheduler.clock.setWallClock(forward: jump)
    _ = await scheduler.drive(to: .start + .seconds(10)) { network.hasEnded }
    network.cancel()
    _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
    return scripts.map { script in
      TimeWitness.seen.withLock { $0[script] ?? [] }.map { Arrival(time: $0.0, text: $0.1) }
    }
  }

  private static let jumps: [Duration] = [.seconds(864_000), .seconds(-864_000), .milliseconds(-250), .zero]

  @Test(arguments: jumps) func `no timer notices that the clock on the wall is set`(jump: Duration) async throws {
    let second = Value.duration(.seconds(1))
    let components: [(String, [String: Value], Bool)] = [
      ("Ticks", ["interval": second], true), ("Delay", ["time": second], false),
      ("Throttle", ["rate": .rate(perSecond: 1, isBytes: false)], false), ("Timeout", ["after": second], false),
      ("Debounce", ["quiet": .duration(.milliseconds(100))], false), ("Batch", ["size": 100, "within": second], false),
      ("Sample", ["every": second], false),
    ]
    let still = try await run(components, setting: .zero)
    #expect(try await run(components, setting: jump) == still)
    #expect(still.allSatisfy { $0.count > 3 })
  }

  @Test(
    arguments: [
      // Ten days later, the multiple is as far away as before.
      (Duration.seconds(864_000), [0, 1000, 2000, 3000, 4000]),
      // It shows 3.4 when the wait is over, which is late; then it is in step again.
      (.milliseconds(864_000_400), [0, 1000, 2000, 3000, 3600]),
      (.seconds(-864_000), [0, 1000, 2000, 4000, 5000]),
      // It shows 2.75 when the wait is over.
      (.milliseconds(-250), [0, 1000, 2000, 3250, 4250]),
      (.zero, [0, 1000, 2000, 3000, 4000]),
    ] as [(Duration, [Int])])
  func `a clock that is set is never early, and sends once for each multiple`(
    jump: Duration, times: [Int]
  ) async throws {
    let every: [String: Value] = ["every": .duration(.seconds(1)), "format": .name("milliseconds")]
    let arrivals = try await run([("Clock", every, true)], setting: jump)[0]
    // Once for each multiple means that it does not spin either.
    #expect(Array(arrivals.map(\.time).prefix(5)) == times)
    #expect((9...11).contains(arrivals.count))
    #expect(arrivals.count { !$0.text.hasSuffix(".000Z") } <= (jump == .milliseconds(864_000_400) ? 1 : 0))
  }
}

/// Notes when messages come.
private struct TimeWitness: Component {
  static let summary = "Notes when messages come."
  @Parameter("Under which number.") var script: Int
  let inbox = Inbox<AnyMessage>("Anything.")

  static let seen = Lock<[Int: [(Int, String)]]>([:])

  static func begin() -> Int {
    seen.withLock { seen in
      seen[seen.count] = []
      return seen.count - 1
    }
  }

  func main() async throws {
    for await message in inbox {
      let time = Int((Time.now - .start) / .milliseconds(1))
      Self.seen.withLock { $0[script, default: []].append((time, message.text)) }
    }
  }
}
