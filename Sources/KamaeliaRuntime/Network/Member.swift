import KGraph
import Kamaelia
import KamaeliaIO

/// A component of a network, with what is known of it from outside.
final class Member: Sendable {
  let plan: PlannedInstance
  let component: any Component
  let instance: Instance
  let inboxes: [BoxName: any AnyInbox]
  let outboxes: [BoxName: any AnyOutbox]
  private let state = Lock(State())

  struct State {
    var task: Task<Void, Never>?
    var isStopped = false
    var hasEnded = false
    /// The boxes that every component has, made where a graph links them.
    var control: Inbox<AnyMessage>?
    var signal: Outbox<String>?
    var deadLetters: Outbox<JSON>?
  }

  /// A box of a component, by its name and, for arrays, its index.
  struct BoxName: Hashable {
    let name: String
    var index: BoxIndex?
  }

  init(
    plan: PlannedInstance, component: any Component, instance: Instance, inboxes: [BoxName: any AnyInbox],
    outboxes: [BoxName: any AnyOutbox]
  ) {
    self.plan = plan
    self.component = component
    self.instance = instance
    self.inboxes = inboxes
    self.outboxes = outboxes
  }

  /// Before the component runs, or on its executor.
  func inbox(_ name: String, _ index: BoxIndex?) -> (any AnyInbox)? {
    guard name == "control" else { return inboxes[BoxName(name: name, index: index)] }
    return state.withLock { state in
      if let control = state.control { return control }
      let control = Inbox<AnyMessage>("Stops the component, whatever comes.", isRequired: false)
      state.control = control
      instance.attach(control)
      return control
    }
  }

  /// Before the component runs, or on its executor.
  func outbox(_ name: String, _ index: BoxIndex?) -> (any AnyOutbox)? {
    switch name {
    case "signal":
      return state.withLock { state in
        if let signal = state.signal { return signal }
        let signal = Outbox<String>("Says that the component has ended, and how.")
        state.signal = signal
        instance.attach(signal, name: name)
        return signal
      }
    case "deadLetters":
      return state.withLock { state in
        if let deadLetters = state.deadLetters { return deadLetters }
        let deadLetters = Outbox<JSON>("Messages that were given up after the component failed on them.")
        state.deadLetters = deadLetters
        instance.attach(deadLetters, name: name)
        return deadLetters
      }
    default: return outboxes[BoxName(name: name, index: index)]
    }
  }

  /// Takes whatever is meant to stop the component; nil where no graph links it.
  var control: Inbox<AnyMessage>? { state.withLock { $0.control } }
  /// Says that the component has ended; nil where no graph links it.
  var signal: Outbox<String>? { state.withLock { $0.signal } }
  /// Takes messages that were given up; nil where no graph links it.
  var deadLetters: Outbox<JSON>? { state.withLock { $0.deadLetters } }

  /// Whether nothing comes to it along linkages, so that it goes on until it is told to stop.
  var isSource: Bool { !inboxes.values.contains(where: \.isLinked) }

  var hasEnded: Bool { state.withLock { $0.hasEnded } }
  var isStopped: Bool { state.withLock { $0.isStopped } }

  func began(_ task: Task<Void, Never>) {
    let isLate = state.withLock { state in
      state.task = task
      return state.isStopped
    }
    if isLate { task.cancel() }
  }

  func ended() { state.withLock { $0.hasEnded = true } }

  /// Tells the component to stop: loops over inboxes end, `sleep` and `send` throw.
  func cancel() {
    let task = state.withLock { state in
      state.isStopped = true
      return state.task
    }
    task?.cancel()
  }

  /// The boxes that the component waits at: what waits for a message, and what waits for room.
  var waits: (forMessages: [String], forRoom: [String]) {
    let inboxes = inboxes.filter { $0.value.isWaiting }.map { $0.key.name + ($0.key.index?.description ?? "") }
    let outboxes = outboxes.filter { $0.value.isWaiting }.map { $0.key.name + ($0.key.index?.description ?? "") }
    return (inboxes.sorted(), outboxes.sorted())
  }
}
