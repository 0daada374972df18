import Kamaelia

/// Components that wait for room and for each other only, while the rest of the graph goes on.
///
/// Told where two looks, a while apart, find the same components and nothing has moved between them. Counts only those that are
/// known to wait for nothing else.
struct PartlyStuck: Equatable {
  let waits: [Wait]
  /// What their linkages had sent.
  private let sent: [Int]

  /// Nil where there are none.
  init?(_ members: [Member], _ linkages: [any AnyLinkage]) {
    let ends = LinkagesByEnd(linkages.filter { !$0.isAbandoned && !$0.isFinished })
    var waiting: [ObjectIdentifier: (member: Member, boxes: [BoxInWait])] = [:]
    for member in members where !member.hasEnded && !member.isBackplane && member.control == nil {
      let boxes = member.boxesInWait
      if !boxes.isEmpty { waiting[ObjectIdentifier(member.instance)] = (member, boxes) }
    }
    // What may still be woken by somebody else is taken out until nobody is left who may.
    var isChanged = true
    while isChanged {
      isChanged = false
      for (key, (member, boxes)) in waiting {
        let others = boxes.map { ends.others(than: member.instance, $0) }
        if others.contains(where: {
          $0.isEmpty || $0.contains { $0.map { waiting[ObjectIdentifier($0)] == nil } ?? true }
        }) {
          waiting[key] = nil
          isChanged = true
        }
      }
    }
    let found = waiting.values.sorted { $0.member.instance.name < $1.member.instance.name }
      .flatMap { member, boxes in boxes.map { (member, $0) } }
    guard found.contains(where: { $0.1.what == .room }) else { return nil }
    waits = found.map { Wait($0, $1, ends) }
    sent = found.flatMap { ends.awaited(by: $0.instance, $1).map(\.sent) }
  }
}

extension Network {
  /// Says who waits for whom where a part of the graph cannot move any more; called now and then while the rest goes on.
  ///
  /// - Parameter before: what the last look has found.
  /// - Returns: what this one has found; nil where nothing is, or all has been said.
  func lookForStuckPart(_ before: PartlyStuck?) -> PartlyStuck? {
    // A writer may wait for the budget, which anybody can give back.
    guard surroundings.memory == nil,
      state.withLock({ $0.isStarted && !$0.isStopping && $0.ending == nil && !$0.isChanging }),
      let found = PartlyStuck(allMembers, allWires.map(\.linkage))
    else { return nil }
    guard found == before else { return found }
    let isNew = state.withLock { state in
      defer { state.saidStuck.formUnion(found.waits) }
      return !state.saidStuck.isSuperset(of: found.waits)
    }
    if isNew {
      surroundings.journal.write(
        .warning,
        "a part of the graph is stuck while the rest goes on: " + found.waits.map(\.description).joined(separator: "; ")
      )
    }
    return nil
  }
}
