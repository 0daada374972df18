extension LayeredGraph {
  /// The layer of each vertex, from 0, where those of a layer and the lines that pass it reach no farther than `limit`, if
  /// that can be; a layer has one vertex at least.
  ///
  /// - Note: list scheduling as in E. Coffman and R. Graham, "Optimal scheduling for two-processor systems", 1972: what is
  ///   farthest from the end comes first. Walked from the ends, so that each vertex is near what it leads to.
  func layers(isBack: [Bool], limit: Double, _ spacing: Spacing) -> [Int] {
    var after = vertices.map { _ in [Int]() }
    var before = vertices.map { _ in [Int]() }
    for (index, arc) in arcs.enumerated() where arc.from != arc.to {
      let (from, to) = isBack[index] ? (arc.to, arc.from) : (arc.from, arc.to)
      guard vertices[from].rank == .free, vertices[to].rank == .free else { continue }
      after[from].append(to)
      before[to].append(from)
    }
    let depth = depths(after, before, from: vertices.map { _ in 0 }).depth
    var waiting = after.map(\.count)
    var ready = vertices.indices.filter { vertices[$0].rank == .free && waiting[$0] == 0 }
    var level = vertices.map { _ in 0 }
    var count = 0
    while !ready.isEmpty {
      ready.sort { (depth[$0], -$0) > (depth[$1], -$1) }
      let chosen = chosen(ready, passing: passing(waiting, after), limit, spacing)
      for vertex in chosen { level[vertex] = count }
      ready.removeAll { chosen.contains($0) }
      for vertex in chosen {
        for other in before[vertex] {
          waiting[other] -= 1
          if waiting[other] == 0 { ready.append(other) }
        }
      }
      count += 1
    }
    let least = vertices.contains { $0.rank == .first } ? 1 : 0
    return vertices.indices.map { vertex in
      switch vertices[vertex].rank {
      case .first: 0
      case .free: least + count - 1 - level[vertex]
      case .last: least + count
      }
    }
  }

  /// How long the longest way to each vertex is, from where it starts, and the vertices in the order of their ways.
  func depths(_ after: [[Int]], _ before: [[Int]], from start: [Int]) -> (depth: [Int], order: [Int]) {
    var depth = start
    var waiting = before.map(\.count)
    var order = vertices.indices.filter { waiting[$0] == 0 }
    var next = 0
    while next < order.count {
      let vertex = order[next]
      next += 1
      for other in after[vertex] {
        depth[other] = max(depth[other], depth[vertex] + 1)
        waiting[other] -= 1
        if waiting[other] == 0 { order.append(other) }
      }
    }
    return (depth, order)
  }

  /// How many lines lead to vertices that are placed from some that are not, of which not all can be in the next layer.
  private func passing(_ waiting: [Int], _ after: [[Int]]) -> Int {
    vertices.indices.count { waiting[$0] > 0 && waiting[$0] < after[$0].count }
  }

  private func chosen(_ ready: [Int], passing: Int, _ limit: Double, _ spacing: Spacing) -> Set<Int> {
    var chosen: Set<Int> = []
    var extent = Double(passing) * (spacing.line + spacing.mixed)
    for vertex in ready {
      let gap = chosen.isEmpty ? 0 : spacing.vertices
      guard chosen.isEmpty || extent + gap + vertices[vertex].extent <= limit else { continue }
      extent += gap + vertices[vertex].extent
      chosen.insert(vertex)
    }
    return chosen
  }
}
