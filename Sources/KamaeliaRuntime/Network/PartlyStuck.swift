import Kamaelia

/// Components that wait for room and for each other only, while the rest of the graph goes on.
///
/// Told where two looks, a while apart, find the same components and nothing has moved between them. Counts only those that are
/// known to wait for nothing else: at one box, without child tasks, without an end to their patience.
struct PartlyStuck: Equatable {
  let waits: [Wait]
  /// What their linkages had sent.
  private let sent: [Int]

  /// Nil where there are none.
  init?(_ members: [Member], _ linkages: [any AnyLinkage]) {
    var waiting: [String: (member: Member, name: Member.BoxName, isInbox: Bool)] = [:]
    for member in members where !member.hasEnded && !member.isBackplane && member.control == nil {
      guard let (name, isInbox) = member.boxInWait, !member.hasDeadline else { continue }
      waiting[member.instance.name] = (member, name, isInbox)
    }
    let open = linkages.filter { !$0.isAbandoned && !$0.isFinished }
    let incoming = Dictionary(grouping: open) { $0.name.to }
    let outgoing = Dictionary(grouping: open) { $0.name.from }
    /// The linkages that could let a component go on.
    func keys(_ name: String) -> [any AnyLinkage] {
      guard let wait = waiting[name] else { return [] }
      let box = "\(name).\(wait.name.text)"
      return wait.isInbox ? incoming[box] ?? [] : (outgoing[box] ?? []).filter(\.isWriterWaiting)
    }
    func others(_ name: String) -> [String] {
      let isInbox = waiting[name]?.isInbox == true
      return keys(name).map { Circles.instance(isInbox ? $0.name.from : $0.name.to) }
    }
    // What may still be woken by somebody else is taken out until nobody is left who may.
    var isChanged = true
    while isChanged {
      isChanged = false
      for name in waiting.keys {
        let others = others(name)
        if others.isEmpty || others.contains(where: { waiting[$0] == nil }) {
          waiting[name] = nil
          isChanged = true
        }
      }
    }
    guard waiting.contains(where: { !$0.value.isInbox }) else { return nil }
    let names = waiting.keys.sorted()
    waits = names.map { name in
      let isInbox = waiting[name]?.isInbox == true
      return Wait(
        instance: name, box: waiting[name]?.name.text ?? "", what: isInbox ? .message : .room,
        others: others(name).sorted(),
        waiting: isInbox ? 0 : keys(name).reduce(0) { $0 + $1.waiting })
    }
    sent = names.flatMap { keys($0).map(\.sent) }
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
