import KGraph
import Kamaelia
import KamaeliaIO

/// A graph that runs: its components, their linkages, and the graphs that its components have made.
///
/// Made of a plan, then started once. It ends by itself when its components do.
package final class Network: GraphHandle, @unchecked Sendable {
  // `surroundings`, `plan` and the like are constants; all that changes is inside the lock.
  struct State {
    var members: [Member] = []
    /// Which of them have not ended.
    var running = 0
    var linkages: [Wire] = []
    var backplanes: [String: Backplane] = [:]
    var children: [ObjectIdentifier: Network] = [:]
    var madeChildren = 0
    var failures: [Failure] = []
    var waits: [Wait]?
    var isStarted = false
    var isStopping = false
    var isCut = false
    var ending: Ending?
    var waiting: [CheckedContinuation<Ending, Never>] = []
    var lostAtEnd = 0
  }

  /// A linkage of the plan and the queue it became.
  struct Wire: Sendable {
    let planned: PlannedLinkage
    let linkage: any AnyLinkage
  }

  let surroundings: Surroundings
  let state: Lock<State>
  weak let parent: Network?
  let prefix: String
  package private(set) var plan: Plan

  /// Makes the components of `plan` and links them. Nothing runs yet.
  ///
  /// - Parameters:
  ///   - hostInputs: outboxes of whoever hosts the graph, by the name of the exported inbox that they lead to.
  ///   - hostOutputs: inboxes of whoever hosts the graph, by the name of the exported outbox that leads to them.
  /// - Throws: ``BuildError``; a checked plan gives none.
  package init(
    _ plan: Plan, in surroundings: Surroundings, parent: Network? = nil, prefix: String = "",
    hostInputs: [String: any AnyOutbox] = [:], hostOutputs: [String: any AnyInbox] = [:]
  ) throws {
    self.plan = plan
    self.surroundings = surroundings
    self.parent = parent
    self.prefix = prefix
    state = Lock(State())
    let wiring = Wiring(self, hostInputs: hostInputs, hostOutputs: hostOutputs)
    try wiring.build(plan)
  }

  // MARK: Running

  /// Lets all components run.
  package func start() {
    let members = state.withLock { state in
      state.isStarted = true
      state.running = state.members.count
      return state.members
    }
    if parent == nil { surroundings.whenIdle { [weak self] in self?.endIfStuck() } }
    for member in members { supervise(member) }
    if members.isEmpty { endIfDone() }
  }

  func supervise(_ member: Member) {
    let supervisor = Supervisor(member, self)
    member.began(Task(executorPreference: member.instance) { await supervisor.run() })
  }

  /// Waits until all components have ended.
  package func ended() async -> Ending {
    await withCheckedContinuation { continuation in
      let ending = state.withLock { state in
        if state.ending == nil { state.waiting.append(continuation) }
        return state.ending
      }
      if let ending { continuation.resume(returning: ending) }
    }
  }

  /// Whether all components have ended.
  package var hasEnded: Bool { state.withLock { $0.ending != nil } }

  package func finished() async throws {
    let ending = await withTaskCancellationHandler {
      await outside { await ended() }
    } onCancel: {
      stop()
    }
    if case .failed(let failures) = ending, let first = failures.first { throw first }
  }

  // MARK: Ends

  func memberEnded(_ member: Member, failure: Failure?) {
    member.ended()
    let mustStop = state.withLock { state in
      state.running -= 1
      guard let failure else { return false }
      state.failures.append(failure)
      return !state.isStopping
    }
    if mustStop { stop() }
    endIfDone()
  }

  func endIfDone() {
    let (waiting, ending) = state.withLock { state -> ([CheckedContinuation<Ending, Never>], Ending?) in
      guard state.isStarted, state.running == 0, state.children.isEmpty, state.ending == nil else { return ([], nil) }
      let ending: Ending =
        if !state.failures.isEmpty { .failed(state.failures) } else if let waits = state.waits {
          .stuck(waits)
        } else if state.isCut { .cutShort(lost: state.lostAtEnd, running: []) } else { .finished }
      state.ending = ending
      defer { state.waiting = [] }
      return (state.waiting, ending)
    }
    guard let ending else { return }
    for continuation in waiting { continuation.resume(returning: ending) }
    parent?.childEnded(self)
  }

  private func childEnded(_ child: Network) {
    _ = state.withLock { $0.children.removeValue(forKey: ObjectIdentifier(child)) }
    endIfDone()
  }

  // MARK: Stopping

  /// Stops the sources and lets what is under way be delivered.
  package func stop() {
    let (members, children) = state.withLock { state in
      state.isStopping = true
      return (state.members, Array(state.children.values))
    }
    for member in members where member.isSource { member.cancel() }
    for backplane in state.withLock({ Array($0.backplanes.values) }) { backplane.stop() }
    for child in children { child.stop() }
  }

  /// Ends all components at once; what is under way is lost, and counted.
  package func cancel() {
    let (members, children) = state.withLock { state in
      state.isStopping = true
      if !state.isCut {
        state.isCut = true
        state.lostAtEnd = state.linkages.reduce(0) { $0 + $1.linkage.waiting }
      }
      return (state.members, Array(state.children.values))
    }
    for child in children { child.cancel() }
    for member in members { member.cancel() }
  }

  /// Messages that were under way when the network was cancelled.
  package var lostAtEnd: Int { state.withLock { $0.lostAtEnd } }

  /// The components that have not ended, by path.
  package var running: [String] {
    let (members, children) = state.withLock { ($0.members, Array($0.children.values)) }
    return members.filter { !$0.hasEnded }.map(\.instance.name) + children.flatMap(\.running)
  }

  // MARK: Stuck

  /// Ends a graph in which nothing can move any more, and remembers who waits for whom.
  package func endIfStuck() {
    guard surroundings.isStill, state.withLock({ $0.isStarted && $0.ending == nil }) else { return }
    endStill()
  }

  /// The same for a caller who knows that nothing moves.
  package func endStill() {
    let waits = currentWaits
    guard let waits, !waits.isEmpty else { return }
    let isStopping = state.withLock { state in
      if !state.isStopping { state.waits = waits }
      return state.isStopping
    }
    if isStopping { endBackplanes() }
    for member in allMembers where !member.hasEnded { member.cancel() }
  }

  private func endBackplanes() {
    for backplane in state.withLock({ Array($0.backplanes.values) }) { backplane.stop() }
  }

  /// Who waits for whom; nil where a component waits for something that is none of the boxes.
  var currentWaits: [Wait]? {
    let wires = allWires
    var waits: [Wait] = []
    for member in allMembers where !member.hasEnded {
      let (messages, room) = member.waits
      if messages.isEmpty, room.isEmpty { return nil }
      let name = member.instance.name
      for box in messages {
        let incoming = wires.filter { $0.linkage.name.to == "\(name).\(box)" }
        waits.append(
          Wait(
            instance: name, box: box, what: .message, others: others(incoming.map(\.linkage.name.from)),
            waiting: 0))
      }
      for box in room {
        let outgoing = wires.filter { $0.linkage.name.from == "\(name).\(box)" && $0.linkage.waiting > 0 }
        waits.append(
          Wait(
            instance: name, box: box, what: .room, others: others(outgoing.map(\.linkage.name.to)),
            waiting: outgoing.reduce(0) { $0 + $1.linkage.waiting }))
      }
    }
    return waits
  }

  private func others(_ boxes: [String]) -> [String] {
    boxes.map { box in box.lastIndex(of: ".").map { String(box[..<$0]) } ?? box }.sorted()
  }

  var allMembers: [Member] {
    let (members, children) = state.withLock { ($0.members, Array($0.children.values)) }
    return members + children.flatMap(\.allMembers)
  }

  var allWires: [Wire] {
    let (wires, children) = state.withLock { ($0.linkages, Array($0.children.values)) }
    return wires + children.flatMap(\.allWires)
  }
}

// MARK: Graphs as parameters

extension Network: GraphMaker {
  package func make(
    _ reference: GraphReference, _ arguments: [String: Value], host: Instance, input: (any AnyOutbox)?,
    output: (any AnyInbox)?
  ) throws -> any GraphHandle {
    guard let template = reference.template as? PlanTemplate else {
      throw BuildError(description: "`\(reference.name)` is no graph of this runtime")
    }
    let (plan, diagnostics) = template.plan(arguments)
    guard let plan else {
      throw BuildError(description: diagnostics.map(\.message).joined(separator: "; "))
    }
    let number = state.withLock { state in
      state.madeChildren += 1
      return state.madeChildren
    }
    var inputs: [String: any AnyOutbox] = [:]
    if let input, let box = plan.defaultInbox { inputs[box.name] = input }
    var outputs: [String: any AnyInbox] = [:]
    if let output, let box = plan.defaultOutbox { outputs[box.name] = output }
    let child = try Network(
      plan, in: surroundings, parent: self, prefix: "\(host.name)/\(reference.name)#\(number)/", hostInputs: inputs,
      hostOutputs: outputs)
    let isStopping = state.withLock { state in
      state.children[ObjectIdentifier(child)] = child
      return state.isStopping
    }
    if isStopping { child.stop() }
    return child
  }
}
