import KGraph
import Kamaelia

/// The cycles in which components that have not ended wait for each other and for nobody else, and through which messages
/// have gone. One that never had a first message is a mistake, and stays stuck.
struct Cycles {
  private let linkages: [any AnyLinkage]
  /// The number of each component.
  private var numbers: [ObjectIdentifier: Int] = [:]
  /// The linkages to each component that may still carry something, and whether others have led there before.
  private var incoming: [[any AnyLinkage]]
  private var hadOthers: [Bool]
  private var next: [[Int]]
  private var previous: [[Int]]
  /// The components that all lead to each other, in the order of the plan.
  private let groups: [[Int]]

  /// - Parameter instances: in the order of the plan.
  init(_ instances: [Instance], _ linkages: [any AnyLinkage]) {
    self.linkages = linkages
    let count = instances.count
    for (number, instance) in instances.enumerated() { numbers[ObjectIdentifier(instance)] = number }
    incoming = Array(repeating: [], count: count)
    hadOthers = Array(repeating: false, count: count)
    next = Array(repeating: [], count: count)
    previous = Array(repeating: [], count: count)
    let numbers = numbers
    for linkage in linkages where !linkage.isAbandoned {
      guard let to = Self.reader(of: linkage, numbers) else { continue }
      guard !linkage.isFinished, let from = Self.writer(of: linkage, numbers) else {
        hadOthers[to] = true
        continue
      }
      incoming[to].append(linkage)
      next[from].append(to)
      previous[to].append(from)
    }
    let next = next
    groups = strongComponents(count) { next[$0] }.sorted { $0[0] < $1[0] }
  }

  private static func writer(of linkage: any AnyLinkage, _ numbers: [ObjectIdentifier: Int]) -> Int? {
    linkage.ends.from.instance.flatMap { numbers[ObjectIdentifier($0)] }
  }

  /// Nil where it leads to an inbox that only stops the component.
  private static func reader(of linkage: any AnyLinkage, _ numbers: [ObjectIdentifier: Int]) -> Int? {
    guard case .box(let instance, let box) = linkage.ends.to, box != ImplicitBox.control.boxName else { return nil }
    return numbers[ObjectIdentifier(instance)]
  }

  /// The linkages that close the cycles, of those cycles that wait for no other one: where something led into the cycle
  /// from outside, the linkages of the cycle that lead to the same place.
  var closing: [any AnyLinkage] {
    groups.flatMap { group -> [any AnyLinkage] in
      let own = Set(group)
      let isCycle = group.count > 1 || next[group[0]].contains(group[0])
      guard isCycle, group.allSatisfy({ own.isSuperset(of: previous[$0]) }) else { return [] }
      let hadMessages = group.contains { hadOthers[$0] || incoming[$0].contains { $0.sent > 0 } }
      guard hadMessages else { return [] }
      return incoming[group.first { hadOthers[$0] } ?? group[0]]
    }
  }

  /// The linkages by which components lead to themselves.
  var circular: [any AnyLinkage] {
    var groupOf = Array(repeating: 0, count: next.count)
    for (number, group) in groups.enumerated() { for member in group { groupOf[member] = number } }
    return linkages.filter { linkage in
      guard !linkage.isAbandoned, !linkage.isFinished, let to = Self.reader(of: linkage, numbers),
        let from = Self.writer(of: linkage, numbers)
      else { return false }
      return groupOf[from] == groupOf[to]
    }
  }
}

extension Network {
  /// Ends cycles that have nothing more to do: every component waits for a message, and none is under way.
  ///
  /// A cycle keeps itself open, since each of its components waits for the one before. So the linkages that close it
  /// are finished at one place; from there on all ends as it does elsewhere: a component sees the end of its inbox, sends
  /// what it still has, and closes its outboxes.
  ///
  /// - Returns: false where there is no such cycle.
  func endDrainedCycles(_ waits: [Wait]) -> Bool {
    let linkages = allWires.map(\.linkage)
    guard waits.allSatisfy({ $0.what == .message }), linkages.allSatisfy({ $0.waiting == 0 }) else { return false }
    let closing = Cycles(allMembers.filter { !$0.hasEnded }.map(\.instance), linkages).closing
    for linkage in closing { linkage.finish() }
    return !closing.isEmpty
  }

  /// Lets no linkage of a cycle wait for the memory budget: the cycle would wait for itself.
  func exemptCycles(_ members: [Member], _ backplanes: [String: Backplane], _ wires: [Wire]) {
    guard surroundings.memory != nil else { return }
    let instances = (members + backplanes.values.map(\.member)).map(\.instance)
    for linkage in Cycles(instances, wires.map(\.linkage)).circular { linkage.exemptFromBudget() }
  }
}
