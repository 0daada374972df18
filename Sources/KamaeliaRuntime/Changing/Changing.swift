import KGraph
import Kamaelia

/// A network on its way from one plan to another: all that is new is made, and attached to what goes on.
struct Changing {
  let recipe: Recipe
  /// In the order of the new plan.
  let members: [Member]
  let backplanes: [String: Backplane]
  let wires: [Network.Wire]
  let addedMembers: [Member]
  let removedMembers: [Member]
  let removedBackplanes: [Backplane]
  let retiredWires: [Network.Wire]
  let change: Change

  private let before: Network.State
  private let comparison: PlanComparison
  private let wiring: Wiring
  /// The linkages that are made, each with the one that it takes the place of.
  private let made: [(linkage: Wiring.Made, replaced: (any AnyLinkage)?)]
  private let unlinked: [Network.Wire]
  private let running: Set<ObjectIdentifier>
  /// The members of the old plan that go on.
  private let keptNumbers: Set<Int>

  /// Makes everything that is new. Nothing that runs is touched yet.
  init(_ network: Network, from before: Network.State, to recipe: Recipe) throws(BuildError) {
    let plan = recipe.plan
    let comparison = PlanComparison(before.recipe.plan, plan)
    var members: [Member] = []
    var added: [Member] = []
    for (index, component) in recipe.components.enumerated() {
      if let number = comparison.kept[index] {
        members.append(before.members[number])
      } else {
        members.append(try component.make(.component(recipe, number: index), in: network))
        added.append(members[index])
      }
    }
    var backplanes: [String: Backplane] = [:]
    for planned in recipe.backplanes {
      let kept = comparison.keptBackplanes.contains(planned.path) ? before.backplanes[planned.path] : nil
      let backplane: Backplane
      if let kept { backplane = kept } else { backplane = try planned.make(in: network) }
      backplanes[planned.path] = backplane
      if kept == nil { added.append(backplane.member) }
    }
    let wiring = Wiring(
      network: network, recipe: recipe, members: members, backplanes: backplanes, hostInputs: [:],
      hostOutputs: [:])
    let linkages = recipe.linkages.filter(wiring.isHosted)
    let (fates, removed) = comparison.linkages(before.wires.map(\.planned), linkages.map { plan.linkages[$0.number] })
    var wires: [Network.Wire] = []
    var made: [(linkage: Wiring.Made, replaced: (any AnyLinkage)?)] = []
    var replaced: Set<Int> = []
    for (linkage, fate) in zip(linkages, fates) {
      switch fate {
      case .kept(let number): wires.append(Network.Wire(recipe, linkage, before.wires[number].linkage))
      case .made(let number):
        let new = try wiring.make(linkage)
        wires.append(new.wire)
        made.append((new, number.map { before.wires[$0].linkage }))
        if let number { replaced.insert(number) }
      }
    }
    let kept = Set(comparison.kept.compactMap(\.self))
    keptNumbers = kept
    self.recipe = recipe
    self.members = members
    self.backplanes = backplanes
    self.wires = wires
    self.before = before
    self.comparison = comparison
    self.wiring = wiring
    self.made = made
    unlinked = removed.map { before.wires[$0] }
    retiredWires = (removed + replaced.sorted()).map { before.wires[$0] }
    addedMembers = added
    removedBackplanes = before.backplanes.filter { !comparison.keptBackplanes.contains($0.key) }.map(\.value)
    removedMembers =
      before.members.indices.filter { !kept.contains($0) }.map { before.members[$0] } + removedBackplanes.map(\.member)
    running = Set(before.all.map { ObjectIdentifier($0.instance) })
    change = Change(
      added: added.map(\.plan.path), removed: removedMembers.map(\.plan.path),
      kept: members.count + backplanes.count - added.count, linkagesAdded: made.count,
      linkagesRemoved: removed.count + replaced.count, linkagesKept: wires.count - made.count)
    network.exemptCycles(members, backplanes, wires)
    Network.markSources(members, linkages, recipe.literals)
    if recipe.takesGraphs { for backplane in backplanes.values { backplane.hold() } }
  }

  // MARK: Attaching

  private func isRunning(_ instance: Instance?) -> Bool {
    instance.map { running.contains(ObjectIdentifier($0)) } ?? false
  }

  /// What goes on must not see its end between the old linkage and the new one.
  func holdInboxes() { for (new, _) in made where isRunning(new.reader) { new.inbox.hold() } }
  func releaseInboxes() { for (new, _) in made where isRunning(new.reader) { new.inbox.release() } }

  func attachReaders() async {
    let actions = made.map { new, replaced in
      (new.reader, { @Sendable in new.inbox.attach(new.pending, replacing: replaced) } as @Sendable () -> Void)
    }
    await perform(actions)
  }

  func attachWriters() async {
    var actions = made.map { new, replaced in
      let isSameWriter = isRunning(new.writer)
      return (
        new.writer,
        { @Sendable in new.outbox.attach(new.pending, replacing: isSameWriter ? replaced : nil) }
          as @Sendable () -> Void
      )
    }
    for wire in unlinked {
      guard let (instance, outbox) = writer(of: wire.from) else { continue }
      actions.append((instance, { @Sendable in outbox.unlink(wire.linkage) }))
    }
    await perform(actions)
  }

  /// The outbox of the old plan at that end. One that goes away lets go of its linkages when it ends.
  private func writer(of end: Recipe.End) -> (Instance, any AnyOutbox)? {
    switch end {
    case .box(let number, let box):
      guard keptNumbers.contains(number) else { return nil }
      let member = before.members[number]
      return member.outbox(before.recipe.components[number].outboxes.all[box], near: box).map { (member.instance, $0) }
    case .implicit(let number, let box):
      guard keptNumbers.contains(number) else { return nil }
      return (before.members[number].instance, before.members[number].implicitOutbox(box))
    case .backplane(let path): return before.backplanes[path].map { ($0.member.instance, $0.outbox) }
    case .exported: return nil
    }
  }

  /// Once the readers are attached.
  func orderReplicas() throws(BuildError) {
    let new = Set(addedMembers.map { ObjectIdentifier($0) })
    try wiring.orderReplicas { new.contains(ObjectIdentifier($0)) }
  }

  func putLiterals() async throws(BuildError) {
    for number in comparison.literals.reversed() {
      let (literal, to) = recipe.literals[number]
      guard let instance = wiring.inbox(to)?.end.instance, isRunning(instance) else {
        try wiring.put(literal, to)
        continue
      }
      let wiring = wiring
      let error = await instance.perform { () -> BuildError? in
        do throws(BuildError) {
          try wiring.put(literal, to)
          return nil
        } catch {
          return error
        }
      }
      if let error { throw error }
    }
  }

  /// Runs each action on its instance's executor where that runs already, all of an instance's in one go.
  private func perform(_ actions: [(instance: Instance?, action: @Sendable () -> Void)]) async {
    var order: [Instance] = []
    var groups: [ObjectIdentifier: [@Sendable () -> Void]] = [:]
    for (instance, action) in actions {
      guard let instance, isRunning(instance) else {
        action()
        continue
      }
      let id = ObjectIdentifier(instance)
      if groups[id] == nil { order.append(instance) }
      groups[id, default: []].append(action)
    }
    for instance in order {
      let actions = groups[ObjectIdentifier(instance)] ?? []
      await instance.perform { for action in actions { action() } }
    }
  }

  // MARK: Cycles

  /// The removed members that wait for each other in a cycle, so that none would ever see the end of its input.
  var cycles: Set<ObjectIdentifier> {
    let numbers = Set(before.members.indices).subtracting(keptNumbers)
    var edges: [(from: Int, to: Int)] = []
    for wire in before.wires {
      guard case .box(let from, _, _) = wire.planned.from, case .box(let to, let name, _) = wire.planned.to,
        name != ImplicitBox.control.name, numbers.contains(from), numbers.contains(to)
      else { continue }
      edges.append((from, to))
    }
    let behind = Self.never(numbers, edges)
    let ahead = Self.never(numbers, edges.map { ($0.to, $0.from) })
    return Set(behind.intersection(ahead).map { ObjectIdentifier(before.members[$0]) })
  }

  /// What is left when one takes away what has no edge to it, again and again.
  private static func never(_ numbers: Set<Int>, _ edges: [(from: Int, to: Int)]) -> Set<Int> {
    var count: [Int: Int] = [:]
    for edge in edges { count[edge.to, default: 0] += 1 }
    let outgoing = Dictionary(grouping: edges, by: \.from)
    var left = numbers
    var free = numbers.filter { count[$0] == nil }.sorted()
    while let number = free.popLast() {
      left.remove(number)
      for edge in outgoing[number] ?? [] {
        count[edge.to, default: 0] -= 1
        if count[edge.to] == 0 { free.append(edge.to) }
      }
    }
    return left
  }
}
