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
  /// Whether the component may make graphs while it runs.
  let takesGraphs: Bool
  /// Whether it is a backplane.
  let isBackplane: Bool
  private let state = Lock(State())

  struct State {
    var task: Task<Void, Never>?
    var hasBegun = false
    var isStopped = false
    var hasEnded = false
    var isSource = false
    var isHurried = false
    /// Waits for the end of the pause before the component starts again.
    var pause: Waiter?
    /// The boxes that every component has, made where a graph links them.
    var control: Inbox<AnyMessage>?
    var signal: Outbox<String>?
    var deadLetters: Outbox<JSON>?
  }

  /// The name of the inbox that every component has and that stops it.
  static let control = "control"

  /// A box of a component, by its name and, for arrays, its index.
  struct BoxName: Hashable {
    let name: String
    var index: BoxIndex?

    var text: String { name + (index?.description ?? "") }
  }

  init(
    plan: PlannedInstance, component: any Component, instance: Instance, inboxes: [BoxName: any AnyInbox],
    outboxes: [BoxName: any AnyOutbox], isBackplane: Bool = false
  ) {
    self.isBackplane = isBackplane
    self.plan = plan
    self.component = component
    self.instance = instance
    self.inboxes = inboxes
    self.outboxes = outboxes
    takesGraphs = plan.arguments.values.contains(where: \.holdsGraph)
  }

  // MARK: Boxes

  func inbox(_ name: String, _ index: BoxIndex?) -> (any AnyInbox)? {
    guard name == Self.control else { return inboxes[BoxName(name: name, index: index)] }
    return state.withLock { state in
      if let control = state.control { return control }
      precondition(!state.hasBegun, "who listens to `control` does so from the beginning")
      let control = Inbox<AnyMessage>("Stops the component, whatever comes.", isRequired: false)
      state.control = control
      instance.attach(control)
      return control
    }
  }

  func outbox(_ name: String, _ index: BoxIndex?) -> (any AnyOutbox)? {
    switch name {
    case "signal":
      return state.withLock { state in
        if let signal = state.signal { return signal }
        let signal = Outbox<String>("Says that the component has ended, and how.")
        state.signal = signal
        attach(signal, name, state.hasBegun)
        return signal
      }
    case "deadLetters":
      return state.withLock { state in
        if let deadLetters = state.deadLetters { return deadLetters }
        let deadLetters = Outbox<JSON>("Messages that were given up after the component failed on them.")
        state.deadLetters = deadLetters
        attach(deadLetters, name, state.hasBegun)
        return deadLetters
      }
    default: return outboxes[BoxName(name: name, index: index)]
    }
  }

  private func attach(_ outbox: any AnyOutbox, _ name: String, _ isRunning: Bool) {
    guard isRunning else { return instance.attach(outbox, name: name) }
    // The instance's list of boxes is its executor's.
    outbox.attach(to: instance, name: name)
    instance.post { [instance] in instance.attach(outbox, name: name) }
  }

  /// Takes whatever is meant to stop the component; nil where no graph links it.
  var control: Inbox<AnyMessage>? { state.withLock { $0.control } }
  /// Says that the component has ended; nil where no graph links it.
  var signal: Outbox<String>? { state.withLock { $0.signal } }
  /// Takes messages that were given up; nil where no graph links it.
  var deadLetters: Outbox<JSON>? { state.withLock { $0.deadLetters } }

  /// The full name of a box, for messages.
  func name(of box: String, _ index: BoxIndex?) -> String { "\(instance.name).\(box)\(index?.description ?? "")" }

  // MARK: Its life

  /// Whether nothing comes to it along linkages, so that it goes on until it is told to stop.
  var isSource: Bool {
    get { state.withLock { $0.isSource } }
    set { state.withLock { $0.isSource = newValue } }
  }

  var hasEnded: Bool { state.withLock { $0.hasEnded } }
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Lets it run `body` on its own executor, in a task that `cancel` reaches.
  func begin(_ body: @escaping @Sendable () async -> Void) {
    state.withLock { $0.hasBegun = true }
    // Detached: the task of a component that starts a graph has a `current` instance, and this one must not inherit it.
    let task = Task.detached(executorPreference: instance, operation: body)
    let isLate = state.withLock { state in
      if !state.hasEnded { state.task = task }
      return state.isStopped
    }
    if isLate {
      task.cancel()
      instance.tell()
    }
  }

  func ended() {
    state.withLock { state in
      state.hasEnded = true
      state.task = nil
    }
  }

  /// Tells the component to stop: loops over inboxes end, `sleep` and `send` throw.
  func cancel() {
    let task = state.withLock { state in
      state.isStopped = true
      return state.task
    }
    task?.cancel()
    instance.tell()
  }

  /// Pauses before the component starts again; not to the end where ``hurry()`` is called meanwhile, or has been.
  ///
  /// - Throws: `CancellationError` when the component is to stop.
  func rest(for time: Duration) async throws {
    let timekeeper = instance.timekeeper
    let moment = timekeeper.now + time
    let waiter = Waiter()
    let isOver = { timekeeper.now >= moment || self.state.withLock { $0.isHurried } }
    state.withLock { $0.pause = waiter }
    let timer = timekeeper.schedule(at: moment) { waiter.wake() }
    defer {
      timekeeper.cancel(timer)
      state.withLock { $0.pause = nil }
    }
    repeat {
      try Task.checkCancellation()
      if !isOver() { await waiter.wait(until: isOver) }
    } while !isOver()
    try Task.checkCancellation()
  }

  /// Ends a pause, and allows no other: the graph is to end, and what waits for the component is still to be delivered.
  func hurry() {
    state.withLock { state in
      state.isHurried = true
      return state.pause
    }?.wake()
  }

  /// Tells the component to stop where all readers of its outboxes have left. On its executor.
  func cancelIfUnheard() {
    // Not `signal` nor `deadLetters`: they tell of the component, and it does not run for them.
    let heard = outboxes.values.filter { $0.hadReaders && !$0.isReport }
    if !heard.isEmpty, heard.allSatisfy(\.isAbandoned) { cancel() }
  }

  /// Ends the component at once, even in the middle of delivering a message.
  func cut() {
    cancel()
    instance.cut()
  }

  /// Whether it is known that the component waits for others of the graph, and for nothing else.
  ///
  /// - Parameter besides: whether it waits for a graph that it has made, or at that one's boxes.
  func isKnownToWait(besides isWaitingForGraph: Bool) -> Bool {
    if isBackplane || Swift.type(of: component).waitsOnlyForGraph {
      return isWaitingForGraph || inboxes.contains { $0.value.isWaiting } || outboxes.contains { $0.value.isWaiting }
    }
    return isWaitingForGraph || control != nil || boxInWait != nil || deadLetters?.isWaiting == true
  }

  /// The one box that the component waits at, where it is known to wait for nothing else.
  var boxInWait: (name: BoxName, isInbox: Bool)? {
    if let inbox = inboxes.first(where: { instance.waitsOnly(at: $0.value) }) { return (inbox.key, true) }
    if let outbox = outboxes.first(where: { instance.waitsOnly(at: $0.value) }) { return (outbox.key, false) }
    return nil
  }

  /// The boxes that it waits at, where it is known that nothing but what happens there can let it go on; else none.
  var boxesInWait: [(name: BoxName, isInbox: Bool)] {
    guard !instance.waitsElsewhere, !inboxes.contains(where: { $0.value.hasDeadline }) else { return [] }
    guard Swift.type(of: component).waitsOnlyForGraph else { return boxInWait.map { [$0] } ?? [] }
    return inboxes.filter { $0.value.isWaiting }.map { ($0.key, true) }
      + outboxes.filter { $0.value.isWaiting }.map { ($0.key, false) }
  }

  /// The boxes that the component waits at: what waits for a message, and what waits for room.
  var waits: (forMessages: [String], forRoom: [String]) {
    // Not `control`: a component listens to that besides whatever it waits for.
    let messages = inboxes.filter { $0.value.isWaiting }.map(\.key.text)
    var room = outboxes.filter { $0.value.isWaiting }.map(\.key.text)
    if deadLetters?.isWaiting == true { room.append("deadLetters") }
    return (messages.sorted(), room.sorted())
  }
}

extension Value {
  /// Whether a graph is in it, so that whoever has it may make instances while the network runs.
  var holdsGraph: Bool {
    switch self {
    case .graph: true
    case .list(let values): values.contains(where: \.holdsGraph)
    case .record(let fields): fields.contains(where: \.value.holdsGraph)
    default: false
    }
  }
}
