import KGraph
import Kamaelia
import KamaeliaIO

/// A backplane of a plan, with all that is known of it before one is made.
final class BackplaneRecipe: Sendable {
  let planned: PlannedInstance
  let component: ComponentRecipe
  /// The path of the backplane, as linkages name it.
  let path: String

  init(_ planned: PlannedBackplane, _ type: any Message.Type, _ shapes: ComponentShapes) {
    func relay<T: Message>(of type: T.Type) -> any Component.Type { Relay<T>.self }
    let relay = relay(of: type)
    path = planned.path
    self.planned = PlannedInstance(path: "@\(planned.path)", component: relay.name, place: planned.place)
    component = ComponentRecipe(self.planned, shapes.shape(of: relay), linked: [])
  }

  func make(in network: Network) throws(BuildError) -> Backplane {
    Backplane(try component.make(.backplane(self), in: network))
  }
}

/// A named place of a network: a component that copies what is published to all who subscribe at that time.
final class Backplane: Sendable {
  let member: Member
  private let isHeld = Lock(false)

  var inbox: any AnyInbox { member.inboxes[0] }
  var outbox: any AnyOutbox { member.outboxes[0] }

  init(_ member: Member) { self.member = member }

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
