import KGraph
import Kamaelia
import KamaeliaIO

extension Network {
  /// Makes and links everything of the plan, before anything runs.
  func build(_ plan: Plan, hostInputs: [String: any AnyOutbox], hostOutputs: [String: any AnyInbox]) throws {
    let builder = Builder(surroundings: surroundings, plan: plan, prefix: prefix, graphs: self)
    let arrays = builder.arrays
    var members: [Member] = []
    members.reserveCapacity(plan.instances.count)
    for (index, planned) in plan.instances.enumerated() {
      members.append(try builder.member(planned, arrays: arrays[index] ?? []))
    }
    var backplanes: [String: Backplane] = [:]
    for planned in plan.backplanes { backplanes[planned.path] = try builder.backplane(planned) }
    if members.contains(where: \.takesGraphs) { for backplane in backplanes.values { backplane.hold() } }
    let wiring = Wiring(
      network: self, members: members, backplanes: backplanes, hostInputs: hostInputs, hostOutputs: hostOutputs)
    let linkages = plan.linkages.filter(wiring.isHosted)
    let made = try linkages.map(wiring.make)
    exemptCircles(members, backplanes, made.map(\.wire))
    findPassages(among: made)
    for linkage in made { wiring.attach(linkage) }
    for literal in plan.literals.reversed() { try wiring.put(literal) }
    try wiring.orderReplicas(plan)
    Self.markSources(members, linkages, plan.literals)
    state.withLock { state in
      state.plan = plan
      state.members = members
      state.backplanes = backplanes
      state.wires = made.map(\.wire)
      state.takers = members.count(where: \.takesGraphs)
    }
  }

  /// Tells each member whether anything comes to it along linkages.
  static func markSources(_ members: [Member], _ linkages: [PlannedLinkage], _ literals: [PlannedLiteral]) {
    var fed: Set<Int> = []
    for end in linkages.map(\.to) + literals.map(\.to) {
      if case .box(let instance, let name, _) = end, name != Member.control { fed.insert(instance) }
    }
    for (index, member) in members.enumerated() { member.isSource = !fed.contains(index) }
  }
}
