import KGraph
import Kamaelia
import KamaeliaRuntime
import Synchronization

/// Does something and sends what comes of it, step by step, with pauses between.
struct StepSource: Component {
  /// Gives the messages to send.
  typealias Step = @Sendable () throws -> [String]

  static let summary = "Does something and sends what comes of it, step by step."
  @Parameter("Which script.") var script: Int
  @Parameter("How long it waits behind each step.") var pause: Duration
  let outbox = Outbox<String>("What a step gives.")

  static let scripts = Mutex<[Int: [Step]]>([:])

  func main() async throws {
    for step in Self.scripts.withLock({ $0[script] }) ?? [] {
      for text in try step() { try await outbox.send(text) }
      try await Time.sleep(for: pause)
    }
  }
}

/// Runs a component that takes what the steps give, in virtual time: each step begins when all before it has been dealt with.
func run(
  _ type: any Component.Type, _ arguments: [String: Value], pause: Duration = .seconds(2), steps: [StepSource.Step]
) async throws -> (ending: Ending?, said: [String]) {
  let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)
  let script = StepSource.scripts.withLock { scripts in
    scripts[scripts.count] = steps
    return scripts.count - 1
  }
  var plan = Plan(name: "Test")
  var source = PlannedInstance(path: "source", component: "StepSource", place: place)
  source.arguments = ["script": .int(script), "pause": .duration(pause)]
  var sink = PlannedInstance(path: "sink", component: type.name, place: place)
  sink.arguments = arguments
  plan.instances = [source, sink]
  plan.linkages = [
    PlannedLinkage(
      from: .box(instance: 0, name: "outbox", index: nil), to: .box(instance: 1, name: "inbox", index: nil), type: .any,
      options: LinkageOptions(), place: place)
  ]
  let scheduler = SeededScheduler(seed: 1)
  let surroundings = Surroundings(library: Library([type, StepSource.self]), seeded: scheduler)
  let network = try Network(plan, in: surroundings)
  network.start()
  _ = await scheduler.drive(to: .distantFuture) { network.hasEnded }
  let ending = network.hasEnded ? await network.ended() : nil
  return (ending, surroundings.journal.take().entries.map(\.text))
}
