/// Routes lines through the gap between two layers with corners only, as a drawing of characters needs.
///
/// Lines from one port share an upright part, called its track; those that end at one port join before it. Otherwise no
/// two lines share a place, except where they cross.
///
/// - Note: this is channel routing; the order of tracks is the vertical constraint graph of A. Hashimoto and J.
///   Stevens, "Wire routing by optimizing channel assignment within large apertures", 1971, and a circle in it is
///   broken by a dogleg, as in D. Deutsch, "A dogleg channel router", 1976.
struct GapRouter {
  /// The lines do not go through without touching.
  struct Blocked: Error {}

  /// Lines that hang together upright.
  private struct Net {
    /// Rows at which it reaches the gap's beginning, and its end.
    var before: Set<Int> = []
    var behind: Set<Int> = []
    /// The row by which it is joined to its other half, if it has been split.
    var joint: Int?
    /// The half nearer to the end.
    var otherHalf: Int?
    var track = 0

    var rows: ClosedRange<Int> {
      let all = before.union(behind).union(joint.map { [$0] } ?? [])
      return (all.min() ?? 0)...(all.max() ?? 0)
    }

    var isStraight: Bool { rows.count == 1 }
  }

  private var nets: [Net] = []
  /// The net of each passage.
  private var netOf: [Int] = []
  private let hasBefore: Bool

  /// - Parameter stub: how much of a line is seen between the last track and the arrow's head.
  static func route(_ passages: [LayeredGraph.Passage], stub: Int) throws(Blocked) -> LayeredGraph.Gap {
    var router = GapRouter(passages)
    let tracks = try router.assign()
    let label = passages.map(\.label).max() ?? 0
    let corners = passages.indices.map { router.corners(passages[$0], $0) }
    // Beside each track there is a piece of line at the side from which lines come, and the head where they go.
    let before = passages.contains { $0.fromSide == .before } ? 1 : 0
    let behind = passages.contains { $0.toSide == .behind } ? 1 + stub : 0
    let least = before > 0 && behind > 0 ? 2 + 2 * stub : 0
    return LayeredGraph.Gap(width: Double(max(least, before + tracks + behind)) + label, corners: corners)
  }

  private init(_ passages: [LayeredGraph.Passage]) {
    hasBefore = passages.contains { $0.fromSide == .before }
    var known: [Int: Int] = [:]
    for passage in passages {
      let ends = [(Int(passage.from), passage.fromSide), (Int(passage.to), passage.toSide)]
      // What comes from one place, or turns back from it, is one net; what turns before the end is a net of its own.
      let net: Int
      if passage.fromSide == .before, let found = known[ends[0].0] {
        net = found
      } else if passage.toSide == .before, let found = known[ends[1].0] {
        net = found
      } else {
        net = nets.count
        nets.append(Net())
      }
      for (row, side) in ends {
        if side == .before {
          nets[net].before.insert(row)
          known[row] = net
        } else {
          nets[net].behind.insert(row)
        }
      }
      netOf.append(net)
    }
  }

  /// Gives each net that is not straight a track.
  ///
  /// - Returns: how many tracks there are.
  private mutating func assign() throws(Blocked) -> Int {
    for _ in 0...nets.count * 2 {
      let after = constraints()
      guard let order = order(after) else {
        try split(after)
        continue
      }
      return fill(order, after)
    }
    throw Blocked()
  }

  /// For each net those that must be behind it: where one comes in at a row from which another goes out, the first must
  /// turn before the second does.
  private func constraints() -> [Set<Int>] {
    var after = nets.map { _ in Set<Int>() }
    for (a, first) in nets.enumerated() where !first.isStraight {
      for (b, second) in nets.enumerated()
      where a != b && !second.isStraight && !first.before.isDisjoint(with: second.behind) {
        after[a].insert(b)
      }
      if let other = first.otherHalf { after[a].insert(other) }
    }
    return after
  }

  private func order(_ after: [Set<Int>]) -> [Int]? {
    var waiting = nets.map { _ in 0 }
    for others in after { for other in others { waiting[other] += 1 } }
    var order = nets.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      for other in after[order[next]].sorted() {
        waiting[other] -= 1
        if waiting[other] == 0 { order.append(other) }
      }
      next += 1
    }
    return order.count == nets.count ? order : nil
  }

  /// Splits a net on a circle in two, joined along a row that nobody uses.
  private mutating func split(_ after: [Set<Int>]) throws(Blocked) {
    var alive = Set(nets.indices)
    while let leaf = alive.sorted().first(where: { after[$0].isDisjoint(with: alive) }) { alive.remove(leaf) }
    var used = Set<Int>()
    for net in nets { used.formUnion(net.before.union(net.behind).union(net.joint.map { [$0] } ?? [])) }
    let candidates = alive.sorted().filter {
      !nets[$0].before.isEmpty && !nets[$0].behind.isEmpty && nets[$0].joint == nil
    }
    for index in candidates {
      let rows = nets[index].rows
      guard let row = rows.first(where: { !used.contains($0) }) else { continue }
      nets.append(Net(behind: nets[index].behind, joint: row))
      nets[index].behind = []
      nets[index].joint = row
      nets[index].otherHalf = nets.count - 1
      return
    }
    throw Blocked()
  }

  private mutating func fill(_ order: [Int], _ after: [Set<Int>]) -> Int {
    var least = nets.map { _ in 0 }
    var taken: [[ClosedRange<Int>]] = []
    for net in order where !nets[net].isStraight {
      var track = least[net]
      while track < taken.count, taken[track].contains(where: { $0.overlaps(nets[net].rows) }) { track += 1 }
      while taken.count <= track { taken.append([]) }
      taken[track].append(nets[net].rows)
      nets[net].track = track
      for other in after[net] { least[other] = max(least[other], track + 1) }
    }
    return taken.count
  }

  private func corners(_ passage: LayeredGraph.Passage, _ index: Int) -> [(along: Double, across: Double)] {
    let net = nets[netOf[index]]
    if passage.from == passage.to { return [] }
    // Without lines from before, tracks begin at once.
    let first = Double(net.track + (hasBefore ? 1 : 0))
    guard let other = net.otherHalf, let joint = net.joint, passage.toSide == .behind else {
      return [(first, passage.from), (first, passage.to)]
    }
    let second = Double(nets[other].track + (hasBefore ? 1 : 0))
    return [(first, passage.from), (first, Double(joint)), (second, Double(joint)), (second, passage.to)]
  }
}
