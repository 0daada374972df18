import KGraph
import Kamaelia
import KamaeliaIO

/// A component of a network, with what is known of it from outside.
final class Member: Sendable {
  let origin: Origin
  let component: any Component
  let instance: Instance
  /// In the order of the recipe.
  let inboxes: [any AnyInbox]
  let outboxes: [any AnyOutbox]
  private let state = Lock(State())

  /// What it was made of.
  enum Origin: Sendable {
    case component(Recipe, number: Int)
    case backplane(BackplaneRecipe)

    var plan: PlannedInstance {
      switch self {
      case .component(let recipe, let number): recipe.plan.instances[number]
      case .backplane(let backplane): backplane.planned
      }
    }

    var component: ComponentRecipe {
      switch self {
      case .component(let recipe, let number): recipe.components[number]
      case .backplane(let backplane): backplane.component
      }
    }
  }

  var plan: PlannedInstance { origin.plan }

  var recipe: ComponentRecipe { origin.component }

  // Functions of their own, since what they look at would be kept in the frames of the component's task.

  var restart: RestartPolicy {
    @inline(never) get { origin.plan.restart }
  }

  var mayStartAgain: Bool {
    @inline(never) get { origin.plan.restart.when != .never }
  }

  /// Whether it is a backplane.
  var isBackplane: Bool { if case .backplane = origin { true } else { false } }
  var takesGraphs: Bool { recipe.takesGraphs }

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

  init(
    _ origin: Origin, _ component: any Component, _ instance: Instance, inboxes: [any AnyInbox],
    outboxes: [any AnyOutbox]
  ) {
    self.origin = origin
    self.component = component
    self.instance = instance
    self.inboxes = inboxes
    self.outboxes = outboxes
  }

  // MARK: Boxes

  /// - Parameter guess: where the box probably is; the recipe that says so may be another one than the member was made by.
  func inbox(_ name: BoxName, near guess: Int = 0) -> (any AnyInbox)? {
    recipe.inboxes.position(of: name, near: guess).map { inboxes[$0] }
  }

  func outbox(_ name: BoxName, near guess: Int = 0) -> (any AnyOutbox)? {
    recipe.outboxes.position(of: name, near: guess).map { outboxes[$0] }
  }

  /// The inbox that every component has and that stops it.
  var controlInbox: any AnyInbox {
    state.withLock { state in
      if let control = state.control { return control }
      precondition(!state.hasBegun, "who listens to `control` does so from the beginning")
      let control = Inbox<AnyMessage>(ImplicitBox.control.description, isRequired: false)
      state.control = control
      instance.attach(control)
      return control
    }
  }

  /// One of the outboxes that every component has.
  func implicitOutbox(_ box: ImplicitBox) -> any AnyOutbox {
    state.withLock { state -> any AnyOutbox in
      if box == .signal {
        if let signal = state.signal { return signal }
        let signal = Outbox<String>(box.description)
        state.signal = signal
        attach(signal, box.boxName, state.hasBegun)
        return signal
      }
      if let deadLetters = state.deadLetters { return deadLetters }
      let deadLetters = Outbox<JSON>(box.description)
      state.deadLetters = deadLetters
      attach(deadLetters, box.boxName, state.hasBegun)
      return deadLetters
    }
  }

  private func attach(_ outbox: any AnyOutbox, _ name: BoxName, _ isRunning: Bool) {
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
      return isWaitingForGraph || inboxes.contains { $0.isWaiting } || outboxes.contains { $0.isWaiting }
    }
    return isWaitingForGraph || control != nil || boxInWait != nil || deadLetters?.isWaiting == true
  }

  /// The one box that the component waits at, where it is known to wait for nothing else.
  private var boxInWait: BoxInWait? {
    if let number = inboxes.firstIndex(where: { instance.waitsOnly(at: $0) }) {
      return BoxInWait(name: recipe.inboxes.all[number], what: .message)
    }
    if let number = outboxes.firstIndex(where: { instance.waitsOnly(at: $0) }) {
      return BoxInWait(name: recipe.outboxes.all[number], what: .room)
    }
    return nil
  }

  /// The boxes that it waits at, where it is known that nothing but what happens there can let it go on; else none.
  var boxesInWait: [BoxInWait] {
    guard !instance.waitsElsewhere, !inboxes.contains(where: { $0.hasDeadline }) else { return [] }
    guard Swift.type(of: component).waitsOnlyForGraph else { return boxInWait.map { [$0] } ?? [] }
    return declaredWaits
  }

  private var declaredWaits: [BoxInWait] {
    let messages = zip(recipe.inboxes.all, inboxes).filter { $1.isWaiting }.map {
      BoxInWait(name: $0.0, what: .message)
    }
    let room = zip(recipe.outboxes.all, outboxes).filter { $1.isWaiting }.map { BoxInWait(name: $0.0, what: .room) }
    return messages + room
  }

  /// The boxes that the component waits at: first those where it waits for a message, then those where it waits for room.
  var waits: [BoxInWait] {
    // Not `control`: a component listens to that besides whatever it waits for.
    var waits = declaredWaits
    if deadLetters?.isWaiting == true { waits.append(BoxInWait(name: ImplicitBox.deadLetters.boxName, what: .room)) }
    return waits
  }
}

extension Member: InstanceKeeper {
  /// Tells the component to stop where all readers of its outboxes have left.
  func readerLeft() {
    // Not `signal` nor `deadLetters`: they tell of the component, and it does not run for them.
    let heard = outboxes.filter { $0.hadReaders && !$0.isReport }
    if !heard.isEmpty, heard.allSatisfy({ $0.isAbandoned }) { cancel() }
  }
}
