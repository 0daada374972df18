import KGraph
import Kamaelia
import KamaeliaRuntime
import Synchronization

/// Takes messages, does something at each, and leaves after the last step.
struct Witness: Component {
  typealias Step = @Sendable (String) throws -> Void

  static let summary = "Takes messages, does something at each, and leaves."
  @Parameter("Which script.") var script: Int
  let inbox = Inbox<AnyMessage>("Anything.")

  static let scripts = Mutex<[Int: [Step]]>([:])
  static let seen = Mutex<[Int: [String]]>([:])

  func main() async throws {
    for step in Self.scripts.withLock({ $0[script] }) ?? [] {
      guard let message = await inbox.next() else { return }
      Self.seen.withLock { $0[script, default: []].append(message.text) }
      try step(message.text)
    }
  }
}

/// Runs a component of which only one outbox is linked, on the system's clock, until it ends or the steps are done.
///
/// - Parameter steps: one for each message, called with its text once it has come.
/// - Returns: the texts of the messages, and how it ended.
func witness(
  _ type: any Component.Type, _ arguments: [String: Value], _ box: String = "outbox", steps: [Witness.Step]
) async throws -> (texts: [String], ending: Ending) {
  let place = Place(Source(name: "test.kgraph", text: "x"), 0..<1)
  let script = Witness.scripts.withLock { scripts in
    scripts[scripts.count] = steps
    return scripts.count - 1
  }
  var plan = Plan(name: "Test")
  var source = PlannedInstance(path: "source", component: type.name, place: place)
  source.arguments = arguments
  var witness = PlannedInstance(path: "witness", component: "Witness", place: place)
  witness.arguments = ["script": .int(script)]
  plan.instances = [source, witness]
  plan.linkages = [
    PlannedLinkage(
      from: .box(instance: 0, name: box, index: nil), to: .box(instance: 1, name: "inbox", index: nil), type: .any,
      options: LinkageOptions(), place: place)
  ]
  let network = try Network(plan, in: Surroundings(library: Library([type, Witness.self]), workers: 1))
  network.start()
  let ending = await network.ended()
  return (Witness.seen.withLock { $0[script] } ?? [], ending)
}

/// A step that does nothing.
let look: Witness.Step = { _ in }
