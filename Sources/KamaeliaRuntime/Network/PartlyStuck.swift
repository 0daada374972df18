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
    var waiting: [String: [(name: Member.BoxName, isInbox: Bool)]] = [:]
    for member in members where !member.hasEnded && !member.isBackplane && member.control == nil {
      let boxes = member.boxesInWait
      if !boxes.isEmpty { waiting[member.instance.name] = boxes }
    }
    let open = linkages.filter { !$0.isAbandoned && !$0.isFinished }
    let incoming = Dictionary(grouping: open) { $0.name.to }
    let outgoing = Dictionary(grouping: open) { $0.name.from }
    /// The linkages at which something must happen for a component to go on.
    func keys(_ name: String, _ box: (name: Member.BoxName, isInbox: Bool)) -> [any AnyLinkage] {
      let path = "\(name).\(box.name.text)"
      return box.isInbox ? incoming[path] ?? [] : (outgoing[path] ?? []).filter(\.isWriterWaiting)
    }
    func others(_ name: String, _ box: (name: Member.BoxName, isInbox: Bool)) -> [String] {
      keys(name, box).map { Circles.instance(box.isInbox ? $0.name.from : $0.name.to) }
    }
    // What may still be woken by somebody else is taken out until nobody is left who may.
    var isChanged = true
    while isChanged {
      isChanged = false
      for (name, boxes) in waiting {
        let others = boxes.map { others(name, $0) }
        if others.contains(where: { $0.isEmpty || $0.contains { waiting[$0] == nil } }) {
          waiting[name] = nil
          isChanged = true
        }
      }
    }
    let found = waiting.sorted { $0.key < $1.key }.flatMap { name, boxes in boxes.map { (name, $0) } }
    guard found.contains(where: { !$0.1.isInbox }) else { return nil }
    waits = found.map { name, box in
      Wait(
        instance: name, box: box.name.text, what: box.isInbox ? .message : .room, others: others(name, box).sorted(),
        waiting: box.isInbox ? 0 : keys(name, box).reduce(0) { $0 + $1.waiting })
    }
    sent = found.flatMap { keys($0.0, $0.1).map(\.sent) }
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
