import KGraph
import Kamaelia
import KamaeliaIO

extension Network {
  /// Ends circles that have nothing more to do: every component waits for a message, and none is under way.
  ///
  /// A circle keeps itself open, since each of its components waits for the one before. So the linkages that close it
  /// are finished at one place; from there on all ends as it does elsewhere: a component sees the end of its inbox, sends
  /// what it still has, and closes its outboxes.
  ///
  /// - Returns: false where there is no such circle.
  func endDrainedCircles(_ waits: [Wait]) -> Bool {
    let wires = allWires
    guard waits.allSatisfy({ $0.what == .message }), wires.allSatisfy({ $0.linkage.waiting == 0 }) else { return false }
    let closing = Circles(allMembers.filter { !$0.hasEnded }.map(\.instance.name), wires.map(\.linkage)).closing
    for linkage in closing { linkage.finish() }
    return !closing.isEmpty
  }
}

extension Network {
  /// Lets no linkage of a circle wait for the memory budget: the circle would wait for itself.
  func exemptCircles(_ members: [Member], _ backplanes: [String: Backplane], _ wires: [Wire]) {
    guard surroundings.memory != nil else { return }
    let names = (members + backplanes.values.map(\.member)).map(\.instance.name)
    for linkage in Circles(names, wires.map(\.linkage)).circular { linkage.exemptFromBudget() }
  }
}

/// The circles in which components that have not ended wait for each other and for nobody else, and through which messages
/// have gone. One that never had a first message is a mistake, and stays stuck.
struct Circles {
  private let names: [String]
  /// The linkages to each component that may still carry something, and whether others have led there before.
  private var incoming: [String: [any AnyLinkage]] = [:]
  private var hadOthers: Set<String> = []
  private let linkages: [any AnyLinkage]
  private var next: [String: Set<String>] = [:]
  private var previous: [String: Set<String>] = [:]

  /// - Parameter names: of the components, in the order of the plan.
  init(_ names: [String], _ linkages: [any AnyLinkage]) {
    self.names = names
    self.linkages = linkages
    let known = Set(names)
    for linkage in linkages where !linkage.isAbandoned {
      let (from, to) = (Self.instance(linkage.name.from), Self.instance(linkage.name.to))
      guard linkage.name.to != "\(to).\(Member.control)" else { continue }
      guard !linkage.isFinished, known.contains(from), known.contains(to) else {
        hadOthers.insert(to)
        continue
      }
      incoming[to, default: []].append(linkage)
      next[from, default: []].insert(to)
      previous[to, default: []].insert(from)
    }
  }

  /// The linkages that close the circles, of those circles that wait for no other one: where something led into the circle
  /// from outside, the linkages of the circle that lead to the same place.
  var closing: [any AnyLinkage] {
    var result: [any AnyLinkage] = []
    for group in groups {
      let isCircle = group.count > 1 || group.contains { next[$0]?.contains($0) == true }
      guard isCircle, group.allSatisfy({ previous[$0, default: []].isSubset(of: group) }) else { continue }
      let hadMessages = group.contains { incoming[$0, default: []].contains { $0.sent > 0 } || hadOthers.contains($0) }
      guard hadMessages else { continue }
      let place = names.first { group.contains($0) && hadOthers.contains($0) } ?? names.first(where: group.contains)
      result += place.flatMap { incoming[$0] } ?? []
    }
    return result
  }

  /// The linkages by which components lead to themselves.
  var circular: [any AnyLinkage] {
    var numbers: [String: Int] = [:]
    for (number, group) in groups.enumerated() { for name in group { numbers[name] = number } }
    return linkages.filter { linkage in
      let (from, to) = (Self.instance(linkage.name.from), Self.instance(linkage.name.to))
      return numbers[from] != nil && numbers[from] == numbers[to] && next[from]?.contains(to) == true
    }
  }

  /// Groups of components that all lead to each other.
  ///
  /// - Note: S. R. Kosaraju's algorithm (M. Sharir, Computers & Mathematics with Applications 7 (1981)), without recursion.
  private var groups: [Set<String>] {
    var order: [String] = []
    var seen: Set<String> = []
    for start in names where seen.insert(start).inserted {
      var path = [(name: start, rest: Array(next[start] ?? []))]
      while let last = path.last {
        guard let other = last.rest.last else {
          order.append(last.name)
          path.removeLast()
          continue
        }
        path[path.count - 1].rest.removeLast()
        if seen.insert(other).inserted { path.append((other, Array(next[other] ?? []))) }
      }
    }
    var groups: [Set<String>] = []
    for start in order.reversed() where seen.remove(start) != nil {
      var group: Set<String> = [start]
      var waiting = [start]
      while let name = waiting.popLast() {
        for other in previous[name] ?? [] where seen.remove(other) != nil {
          group.insert(other)
          waiting.append(other)
        }
      }
      groups.append(group)
    }
    return groups
  }

  /// The component of a box.
  static func instance(_ box: String) -> String {
    box.lastIndex(of: ".").map { String(box[..<$0]) } ?? box
  }
}
