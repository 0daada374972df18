extension LayeredGraph {
  /// Finds a place for every vertex and a way for every arc.
  ///
  /// Cycles are broken, layers assigned, crossings reduced and coordinates found, as K. Sugiyama, S. Tagawa and M. Toda
  /// laid down in 1981. The result is the same each time.
  ///
  /// - Parameters:
  ///   - limit: how far across the vertices of a layer and the lines that pass it should reach together.
  ///   - route: decides how wide a gap between two layers is and where the ways turn in it.
  func layout<Failure>(
    _ spacing: Spacing, limit: Double? = nil, route: ([Passage]) throws(Failure) -> Gap
  ) throws(Failure) -> Result {
    let isBack = backArcs()
    let layer = limit.map { layers(isBack: isBack, limit: $0, spacing) } ?? layers(isBack: isBack)
    let proper = Ordering.improve(ProperGraph(self, layer: layer, isBack: isBack, line: spacing.line))
    let across = Straightening.improve(Coordinates.assign(proper, spacing), proper, spacing)
    let hops = arcs.indices.map { self.hops($0, proper, across, layer, isBack[$0]) }

    var thickness = [Double](repeating: 0, count: proper.layers.count)
    for (index, vertex) in vertices.enumerated() {
      thickness[layer[index]] = max(thickness[layer[index]], vertex.thickness)
    }
    var passages = [[(arc: Int, hop: Int)]](repeating: [], count: proper.layers.count + 1)
    for (arc, list) in hops.enumerated() {
      for (index, hop) in list.enumerated() { passages[hop.gap].append((arc, index)) }
    }
    var starts: [Double] = []
    var ends: [Double] = [0]
    var corners = hops.map { $0.map { _ in [(along: Double, across: Double)]() } }
    var position = 0.0
    for gap in passages.indices {
      let routed = try route(
        passages[gap].map { arc, hop in
          let passage = hops[arc][hop]
          let label = hop == Self.labelled(hops[arc]) ? arcs[arc].label : 0
          return Passage(
            arc: arc, from: passage.from, fromSide: passage.fromSide, to: passage.to, toSide: passage.toSide,
            label: label)
        })
      for (index, (arc, hop)) in passages[gap].enumerated() {
        corners[arc][hop] = routed.corners[index].map { (position + $0.along, $0.across) }
      }
      let isBetween = gap > 0 && gap < proper.layers.count
      position += isBetween || !passages[gap].isEmpty ? routed.width : 0
      starts.append(position)
      if gap < proper.layers.count { position += thickness[gap] }
      ends.append(position)
    }

    var result = Result(thickness: position, isBack: isBack)
    result.extent = proper.items.indices.map { across[$0] + proper.items[$0].extent }.max() ?? 0
    for (index, vertex) in vertices.enumerated() {
      let middle = (thickness[layer[index]] - vertex.thickness) / 2
      result.vertices.append((starts[layer[index]] + (spacing.isWhole ? middle.rounded(.down) : middle), across[index]))
    }
    for (index, arc) in arcs.enumerated() {
      let from = result.vertices[arc.from].along + vertices[arc.from].thickness
      let to = result.vertices[arc.to].along
      var way = [Waypoint(along: from, across: across[arc.from] + arc.fromOffset)]
      for (hop, corners) in zip(hops[index], corners[index]) {
        way += waypoints(hop, corners, starts: starts, ends: ends)
      }
      way.append(Waypoint(along: to, across: across[arc.to] + arc.toOffset))
      result.ways.append(way)
    }
    return result
  }

  /// The gap that an arc's label is put into: the middle one of those it passes.
  private static func labelled(_ hops: [Hop]) -> Int { (hops.count - 1) / 2 }

  /// The passage of a gap; gap 0 is before the first layer.
  private struct Hop {
    let gap: Int
    let from: Double
    let fromSide: Passage.Side
    let to: Double
    let toSide: Passage.Side
  }

  private func hops(_ index: Int, _ proper: ProperGraph, _ across: [Double], _ layer: [Int], _ isBack: Bool) -> [Hop] {
    let arc = arcs[index]
    let lines = proper.lines[index]
    let start = across[arc.from] + arc.fromOffset
    let end = across[arc.to] + arc.toOffset
    let points = [start] + lines.map { across[$0] } + [end]
    if !isBack {
      return (1..<points.count).map { step in
        Hop(gap: layer[arc.from] + step, from: points[step - 1], fromSide: .before, to: points[step], toSide: .behind)
      }
    }
    return (1..<points.count).map { step in
      Hop(
        gap: layer[arc.from] + 2 - step, from: points[step - 1], fromSide: step == 1 ? .before : .behind,
        to: points[step],
        toSide: step == points.count - 1 ? .behind : .before)
    }
  }

  private func waypoints(
    _ hop: Hop, _ corners: [(along: Double, across: Double)], starts: [Double], ends: [Double]
  ) -> [Waypoint] {
    func point(_ side: Passage.Side, _ across: Double, isForward: Bool) -> Waypoint {
      Waypoint(along: side == .before ? ends[hop.gap] : starts[hop.gap], across: across, isForward: isForward)
    }
    let from = point(hop.fromSide, hop.from, isForward: hop.fromSide == .before)
    let to = point(hop.toSide, hop.to, isForward: hop.toSide == .behind)
    return [from] + corners.map { Waypoint(along: $0.along, across: $0.across) } + [to]
  }
}
