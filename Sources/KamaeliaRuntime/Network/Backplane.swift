import KGraph
import Kamaelia
import KamaeliaIO

/// A named place of a network: a component that copies what is published to all who subscribe at that time.
final class Backplane: Sendable {
  let member: Member
  let inbox: any AnyInbox
  let outbox: any AnyOutbox
  private let isHeld = Lock(false)

  init<T: Message>(
    _ planned: PlannedBackplane, of type: T.Type, name: String, _ surroundings: Surroundings, _ graphs: any GraphMaker
  ) {
    let relay = Relay<T>()
    let instance = Instance(
      name: name, scheduler: surroundings.scheduler, timekeeper: surroundings.timekeeper,
      journal: surroundings.journal, outside: surroundings.outside, memory: surroundings.memory)
    instance.graphs = graphs
    instance.attach(relay.inbox)
    instance.attach(relay.outbox, name: "outbox")
    inbox = relay.inbox
    outbox = relay.outbox
    member = Member(
      plan: PlannedInstance(path: "@\(planned.path)", component: "backplane", place: planned.place), component: relay,
      instance: instance, inboxes: [Member.BoxName(name: "inbox"): relay.inbox],
      outboxes: [Member.BoxName(name: "outbox"): relay.outbox], isBackplane: true)
  }

  /// Keeps the backplane open for publishers that graphs made later may bring.
  func hold() {
    let isNew = isHeld.withLock { isHeld in
      defer { isHeld = true }
      return !isHeld
    }
    if isNew { inbox.hold() }
  }

  /// Lets the backplane end when those who publish now have finished.
  func release() {
    let wasHeld = isHeld.withLock { isHeld in
      defer { isHeld = false }
      return isHeld
    }
    if wasHeld { inbox.release() }
  }
}

/// Copies what it takes to whoever is linked at the time; to nobody, if nobody is.
private struct Relay<T: Message>: Component {
  static var name: String { "backplane" }
  static var summary: String { "Copies what is published to all who subscribe." }

  let inbox = Inbox<T>("What is published.", isRequired: false)
  let outbox = Outbox<T>("A copy for each subscriber.")

  func main() async throws {
    for await message in inbox {
      do { try await outbox.send(message) } catch is Stopped {
        // All who subscribed have left; others may come.
      }
    }
  }
}
