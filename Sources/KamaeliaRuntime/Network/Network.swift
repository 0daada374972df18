import KGraph
import Kamaelia
import KamaeliaIO

/// A graph that runs: its components, their linkages, and the graphs that its components have made.
///
/// Made of a plan, then started once. It ends by itself when its components do.
package final class Network: Sendable {
  struct State {
    var recipe: Recipe
    /// In the order of the plan.
    var members: [Member] = []
    /// Members that are in the plan no more and deliver what they still have.
    var retired: [Member] = []
    var backplanes: [String: Backplane] = [:]
    var orderedBackplanes: [Backplane] { backplanes.sorted { $0.key < $1.key }.map(\.value) }
    /// The linkages of the plan, and those that are in it no more and not at their end.
    var wires: [Wire] = []
    var retiredWires: [Wire] = []
    /// What linkages carried that a change has taken away and that are at their end.
    var removedCounters = RemovedCounters()
    /// How many components have not ended, backplanes included.
    var running = 0
    /// How many of them may make graphs.
    var takers = 0
    /// By their numbers.
    var children: [Int: Network] = [:]
    /// Those that were made first come first, so that a seed decides all that happens.
    var orderedChildren: [Network] { children.sorted { $0.key < $1.key }.map(\.value) }
    /// Graphs that have failed, and whose makers may still ask for it.
    var unclaimed: [ObjectIdentifier: Network] = [:]
    var madeChildren = 0
    /// Linkages that lead past all components of the graph.
    var passages: [Passage] = []
    var failures: [Failure] = []
    var waits: [Wait]?
    /// What has been said of parts that are stuck.
    var saidStuck: Set<Wait> = []
    var isStarted = false
    var isStopping = false
    var isChanging = false
    var hasWarned = false
    var cut: Cut?
    var ending: Ending?
    var waiting: [CheckedContinuation<Ending, Never>] = []
    /// Messages lost in graphs that were made and have ended, when they were ended at once.
    var lostInChildren = 0
    // Of a graph that a component has made:
    /// Whether somebody has asked, or asks, how it ended.
    var isClaimed = false
    /// Whether nobody can ask any more.
    var isLetGo = false
  }

  /// What was going on when the network was told to end at once.
  struct Cut {
    let running: [String]
    /// Messages that had been discarded before.
    let discarded: Int
  }

  /// A linkage of the plan and the queue it became.
  struct Wire: Sendable {
    private let recipe: Recipe
    /// Its number in the plan.
    private let number: Int
    let linkage: any AnyLinkage

    init(_ recipe: Recipe, _ linkage: Recipe.LinkageRecipe, _ made: any AnyLinkage) {
      self.recipe = recipe
      number = linkage.number
      self.linkage = made
    }

    var planned: PlannedLinkage { recipe.plan.linkages[number] }
    /// Where it comes from.
    var from: Recipe.End { recipe.linkages[number].from }
  }

  /// Of a graph that a component has made: the component, and its boxes that the graph is linked to.
  struct Host: Sendable {
    let instance: Instance
    let input: (any AnyOutbox)?
    let output: (any AnyInbox)?
  }

  let surroundings: Surroundings
  let state: Lock<State>
  weak let parent: Network?
  let host: Host?
  let attachments = Attachments()
  /// Of a graph that a component has made: `server/Client#3`; empty for the one at the top.
  package let path: String
  /// Of a graph that a component has made: how many its maker's graph had made by then.
  let number: Int

  /// What comes before the paths of its instances.
  let prefix: String

  /// Makes the components of `plan` and links them. Nothing runs yet.
  ///
  /// - Parameters:
  ///   - hostInputs: outboxes of whoever hosts the graph, by the name of the exported inbox that they lead to.
  ///   - hostOutputs: inboxes of whoever hosts the graph, by the name of the exported outbox that leads to them.
  /// - Throws: ``BuildError``; a checked plan gives none.
  package convenience init(
    _ plan: Plan, in surroundings: Surroundings, hostInputs: [String: any AnyOutbox] = [:],
    hostOutputs: [String: any AnyInbox] = [:]
  ) throws(BuildError) {
    try self.init(
      try surroundings.recipe(of: plan), in: surroundings, parent: nil, host: nil, path: "",
      hostInputs: hostInputs,
      hostOutputs: hostOutputs)
  }

  init(
    _ recipe: Recipe, in surroundings: Surroundings, parent: Network?, host: Host?, path: String, number: Int = 0,
    hostInputs: [String: any AnyOutbox], hostOutputs: [String: any AnyInbox]
  ) throws(BuildError) {
    self.number = number
    self.surroundings = surroundings
    self.parent = parent
    self.host = host
    self.path = path
    prefix = path.isEmpty ? "" : path + "/"
    state = Lock(State(recipe: recipe))
    try build(hostInputs: hostInputs, hostOutputs: hostOutputs)
  }

  /// The plan that it runs.
  package var plan: Plan { recipe.plan }

  var recipe: Recipe { state.withLock { $0.recipe } }

  // MARK: Running

  /// Lets all components run, once the subscriptions at backplanes around the graph stand: what is published after the first
  /// step of a component of it comes to the graph. Once.
  package func start() {
    let members: [Member]? = state.withLock { state in
      guard !state.isStarted, state.ending == nil else { return nil }
      state.isStarted = true
      let all = state.all
      state.running = all.count
      return all
    }
    guard let members else { return }
    if parent == nil {
      surroundings.whenStill { [weak self] in self?.endIfStuck() }
      surroundings.whenPartlyStill { [weak self] in self?.lookForStuckPart($0) }
    }
    attachments.whenDone { [self] in
      for member in members { supervise(member) }
      if members.isEmpty { endIfDone() }
    }
  }

  func supervise(_ member: Member) {
    let supervisor = Supervisor(member, self)
    member.begin { await supervisor.run() }
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

  /// The components that have not ended, by path.
  package var running: [String] { allMembers.filter { !$0.hasEnded }.map(\.instance.name) }

  var allMembers: [Member] {
    let (members, children) = state.withLock { ($0.all, $0.orderedChildren) }
    return members + children.flatMap(\.allMembers)
  }

  /// All linkages, with those of the graphs that components have made.
  var allWires: [Wire] {
    let (wires, children) = state.withLock { ($0.wires + $0.retiredWires, Array($0.children.values)) }
    return wires + children.flatMap(\.allWires)
  }
}

extension Network.State {
  /// Everything that runs: components, those that leave, backplanes.
  var all: [Member] { members + retired + backplanes.sorted { $0.key < $1.key }.map(\.value.member) }
}
