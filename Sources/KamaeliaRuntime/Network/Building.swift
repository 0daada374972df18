import KGraph
import Kamaelia
import KamaeliaIO

extension Network {
  /// Makes and links everything of the recipe, before anything runs.
  func build(hostInputs: [String: any AnyOutbox], hostOutputs: [String: any AnyInbox]) throws(BuildError) {
    let recipe = recipe
    var members: [Member] = []
    var backplanes: [String: Backplane] = [:]
    do throws(BuildError) {
      members.reserveCapacity(recipe.components.count)
      for (number, component) in recipe.components.enumerated() {
        members.append(try component.make(.component(recipe, number: number), in: self))
      }
      for backplane in recipe.backplanes { backplanes[backplane.path] = try backplane.make(in: self) }
      if recipe.takesGraphs { for backplane in backplanes.values { backplane.hold() } }
      let wiring = Wiring(
        network: self, recipe: recipe, members: members, backplanes: backplanes, hostInputs: hostInputs,
        hostOutputs: hostOutputs)
      var made: [Wiring.Made] = []
      made.reserveCapacity(recipe.linkages.count)
      for linkage in recipe.linkages where wiring.isHosted(linkage) { made.append(try wiring.make(linkage)) }
      let wires = made.map { $0.wire }
      exemptCycles(members, backplanes, wires)
      findPassages(among: made)
      for linkage in made { wiring.attach(linkage) }
      for (planned, to) in recipe.literals.reversed() { try wiring.put(planned, to) }
      try wiring.orderReplicas()
      Self.markSources(members, made.map { $0.linkage }, recipe.literals)
      state.withLock { state in
        state.members = members
        state.backplanes = backplanes
        state.wires = wires
        state.takers = members.count { $0.takesGraphs }
      }
    } catch {
      // Boxes and components hold each other until they are closed.
      for member in members + backplanes.values.map(\.member) { member.instance.close() }
      throw error
    }
  }

  /// Tells each member whether something comes to it.
  ///
  /// - Parameter linkages: those that are made: not the ones to a host that is not there.
  static func markSources(
    _ members: [Member], _ linkages: [Recipe.LinkageRecipe], _ literals: [(planned: PlannedLiteral, to: Recipe.End)]
  ) {
    var isFed = [Bool](repeating: false, count: members.count)
    for linkage in linkages { if case .box(let component, _) = linkage.to { isFed[component] = true } }
    for literal in literals { if case .box(let component, _) = literal.to { isFed[component] = true } }
    for (member, isFed) in zip(members, isFed) { member.isSource = !isFed }
  }
}
