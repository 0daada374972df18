import Kamaelia

/// Joins linkages that meet in boxes of graphs to linkages between components.
struct Collapse {
  /// A linkage between components, backplanes and boxes of the whole.
  struct Joined {
    let from: FlatEnd
    let to: FlatEnd
    let options: PartialOptions
    let place: Place
    /// The linkages it is made of, from the sender on.
    let path: [Int]
    /// The one of them that is written furthest outside.
    let outermost: Int
  }

  private let flat: Flat
  /// The linkages that leave each junction.
  private var leaving: [[Int]]
  private let isOwn: [Bool]

  init(_ flat: Flat) {
    self.flat = flat
    leaving = Array(repeating: [], count: flat.junctions.count)
    for (number, linkage) in flat.linkages.enumerated() {
      if let junction = linkage.from.junction { leaving[junction].append(number) }
    }
    var isOwn = Array(repeating: false, count: flat.junctions.count)
    for number in flat.inboxes + flat.outboxes { isOwn[number] = true }
    self.isOwn = isOwn
  }

  /// Whether messages come to a junction only to go on.
  private func isPassed(_ end: FlatEnd) -> Int? {
    guard let junction = end.junction, !isOwn[junction] else { return nil }
    return junction
  }

  /// A circle of junctions, as its linkages; nil if there is none.
  func circle() -> [Int]? {
    var state = Array(repeating: 0, count: flat.junctions.count)
    for start in flat.junctions.indices where state[start] == 0 {
      // The path to here: junctions, with the next of their linkages to follow.
      var path: [(junction: Int, next: Int)] = [(start, 0)]
      state[start] = 1
      while let last = path.last {
        guard last.next < leaving[last.junction].count else {
          state[last.junction] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let linkage = leaving[last.junction][last.next]
        guard let target = isPassed(flat.linkages[linkage].to) else { continue }
        if state[target] == 1, let first = path.firstIndex(where: { $0.junction == target }) {
          return path[first...].map { leaving[$0.junction][$0.next - 1] }
        }
        if state[target] == 0 {
          state[target] = 1
          path.append((target, 0))
        }
      }
    }
    return nil
  }

  /// How many linkages there will be; stops at the largest number. There must be no circle.
  func count() -> Int {
    var known: [Int?] = Array(repeating: nil, count: flat.junctions.count)
    func targets(_ end: FlatEnd) -> Int? {
      guard let junction = isPassed(end) else { return 1 }
      return known[junction]
    }
    for start in flat.junctions.indices where known[start] == nil {
      var waiting = [start]
      while let junction = waiting.last {
        let open = leaving[junction].compactMap { isPassed(flat.linkages[$0].to) }.filter { known[$0] == nil }
        if open.isEmpty {
          known[junction] = leaving[junction].reduce(0) { Extent.sum($0, targets(flat.linkages[$1].to) ?? 0) }
          waiting.removeLast()
        } else {
          waiting += open
        }
      }
    }
    return flat.linkages.filter { isPassed($0.from) == nil }.reduce(0) { Extent.sum($0, targets($1.to) ?? 0) }
  }

  /// All linkages, in the order of the graph.
  func joined() -> [Joined] {
    var result: [Joined] = []
    result.reserveCapacity(flat.linkages.count)
    for (number, linkage) in flat.linkages.enumerated() where isPassed(linkage.from) == nil {
      follow(number) { path in
        guard let last = path.last else { return }
        let outermost = path.min { flat.linkages[$0].depth < flat.linkages[$1].depth } ?? number
        let order = path.sorted { flat.linkages[$0].depth < flat.linkages[$1].depth }
        let options = order.dropFirst().reduce(flat.linkages[outermost].options) {
          $0.joined(with: flat.linkages[$1].options)
        }
        result.append(
          Joined(
            from: linkage.from, to: flat.linkages[last].to, options: options, place: flat.linkages[outermost].place,
            path: path, outermost: outermost))
      }
    }
    return result
  }

  /// The ends that an end stands for: itself, or what a junction leads on to.
  func targets(of end: FlatEnd) -> [FlatEnd] {
    guard let junction = isPassed(end) else { return [end] }
    var result: [FlatEnd] = []
    for linkage in leaving[junction] {
      follow(linkage) { path in path.last.map { result.append(flat.linkages[$0].to) } }
    }
    return result
  }

  private func follow(_ linkage: Int, _ visit: ([Int]) -> Void) {
    var paths = [[linkage]]
    while let path = paths.popLast() {
      guard let last = path.last else { continue }
      if let junction = isPassed(flat.linkages[last].to) {
        for next in leaving[junction].reversed() { paths.append(path + [next]) }
      } else {
        visit(path)
      }
    }
  }
}
