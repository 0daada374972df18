import KGraph
import Kamaelia
import KamaeliaIO

extension Network {
  /// Goes over to another plan while it runs, and changes only what differs.
  ///
  /// Components that are the same in path, type, arguments and restart policy go on, as do linkages between them with the
  /// same options; nothing that is under way on those is lost. What is in the plan no more gets no new input, delivers what it
  /// has, and ends. What takes the place of something between the same boxes comes after it, so that the order is kept.
  /// A component that holds its thread holds the change up.
  ///
  /// - Throws: ``ChangeError``; nothing has changed then.
  package func change(to plan: Plan) async throws(ChangeError) -> Change {
    let before = try beginChange()
    defer { endChange() }
    let changing: Changing
    do { changing = try Changing(self, from: before, to: surroundings.recipe(of: plan)) } catch {
      throw .cannotBuild(error)
    }
    changing.holdInboxes()
    await changing.attachReaders()
    do {
      try changing.orderReplicas()
      try await changing.putLiterals()
    } catch {
      throw .cannotBuild(error)
    }
    await changing.attachWriters()
    let (added, removed) = state.withLock { $0.adopt(changing) }
    for member in added { supervise(member) }
    changing.releaseInboxes()
    let cycles = changing.cycles
    for member in removed where member.isSource || cycles.contains(ObjectIdentifier(member)) { member.cancel() }
    for backplane in changing.removedBackplanes { backplane.release() }
    releaseBackplanes()
    // Told to stop meanwhile: the new ones have not heard of it.
    if state.withLock({ $0.isStopping }) { stop() }
    return changing.change
  }

  private func beginChange() throws(ChangeError) -> State {
    try state.withLock { state throws(ChangeError) in
      guard state.isStarted, state.ending == nil, !state.isStopping else { throw .hasEnded }
      guard !state.isChanging else { throw .isChanging }
      state.isChanging = true
      return state
    }
  }

  private func endChange() {
    state.withLock { $0.isChanging = false }
    endIfDone()
  }
}

extension Network.State {
  /// Takes over what a change has made.
  ///
  /// - Returns: the components that are to run, and those that are to end.
  mutating func adopt(_ changing: Changing) -> (added: [Member], removed: [Member]) {
    recipe = changing.recipe
    members = changing.members
    backplanes = changing.backplanes
    wires = changing.wires
    // Asked once: a linkage that came to its end in between would be counted nowhere.
    let old = retiredWires.map { (wire: $0, isOver: $0.isOver) }
    for (wire, isOver) in old where isOver { removedCounters.add(LinkageCounters(wire.linkage, isRemoved: true)) }
    retiredWires = old.filter { !$0.isOver }.map(\.wire) + changing.retiredWires
    retired += changing.removedMembers.filter { !$0.hasEnded }
    running += changing.addedMembers.count
    takers += changing.addedMembers.count(where: \.takesGraphs)
    return (changing.addedMembers, changing.removedMembers)
  }
}
