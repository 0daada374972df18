/// Takes bends out of lines where there is room to move what they join.
///
/// What is joined by straight links moves together, and only where that makes the links around it better on the whole.
struct Straightening {
  private let graph: ProperGraph
  private let spacing: LayeredGraph.Spacing
  private let place: [Int]
  private var start: [Double]
  /// Which search has met each item last.
  private var met: [Int]
  private var search = 0

  /// - Parameter across: the beginning of each item.
  /// - Returns: the same, moved, from 0.
  static func improve(_ across: [Double], _ graph: ProperGraph, _ spacing: LayeredGraph.Spacing) -> [Double] {
    var straightening = Straightening(across, graph, spacing)
    straightening.run()
    let low = straightening.start.min() ?? 0
    return straightening.start.map { $0 - low }
  }

  private init(_ across: [Double], _ graph: ProperGraph, _ spacing: LayeredGraph.Spacing) {
    self.graph = graph
    self.spacing = spacing
    start = across
    met = [Int](repeating: 0, count: across.count)
    var place = [Int](repeating: 0, count: graph.items.count)
    for layer in graph.layers {
      for (index, item) in layer.enumerated() { place[item] = index }
    }
    self.place = place
  }

  private mutating func run() {
    for _ in 0..<3 {
      var hasMoved = false
      let bends = graph.links.indices.map { (size: abs(bend($0)), link: $0) }.filter { $0.size > 0.01 && $0.size < 100 }
      for (_, link) in bends.sorted(by: { $0 < $1 }) where abs(bend(link)) > 0.01 {
        let data = graph.links[link]
        if move(data.to, by: bend(link)) || move(data.from, by: -bend(link)) { hasMoved = true }
      }
      if !hasMoved { return }
    }
  }

  /// How far the end of a link is before its beginning.
  private func bend(_ link: Int) -> Double {
    let data = graph.links[link]
    return start[data.from] + data.fromOffset - start[data.to] - data.toOffset
  }

  /// A bend costs its size, and something for being there at all.
  private func cost(_ bend: Double) -> Double {
    abs(bend) < 0.01 ? 0 : abs(bend) + (spacing.isWhole ? 3 : 16)
  }

  /// Moves an item with all that is joined to it by straight links, if there is room and it is worth it.
  private mutating func move(_ item: Int, by distance: Double) -> Bool {
    // What has no room itself need not be searched for the rest.
    search += 1
    guard hasRoom(item, distance), let members = block(item), members.allSatisfy({ hasRoom($0, distance) }) else {
      return false
    }
    var gain = 0.0
    for member in members {
      for link in graph.entering[member] where met[graph.links[link].from] != search {
        gain += cost(bend(link)) - cost(bend(link) - distance)
      }
      for link in graph.leaving[member] where met[graph.links[link].to] != search {
        gain += cost(bend(link)) - cost(bend(link) + distance)
      }
    }
    guard gain > 0.01 else { return false }
    for member in members { start[member] += distance }
    return true
  }

  /// What is joined to an item by straight links, marked as met; nil if that is very much.
  private mutating func block(_ item: Int) -> [Int]? {
    search += 1
    met[item] = search
    var members = [item]
    var next = 0
    while next < members.count {
      let member = members[next]
      next += 1
      for link in graph.entering[member] where abs(bend(link)) < 0.01 { meet(graph.links[link].from, &members) }
      for link in graph.leaving[member] where abs(bend(link)) < 0.01 { meet(graph.links[link].to, &members) }
      if members.count > 400 { return nil }
    }
    return members
  }

  private mutating func meet(_ item: Int, _ members: inout [Int]) {
    if met[item] == search { return }
    met[item] = search
    members.append(item)
  }

  private func hasRoom(_ item: Int, _ distance: Double) -> Bool {
    let layer = graph.layers[graph.items[item].layer]
    let index = place[item]
    if distance < 0, index > 0, met[layer[index - 1]] != search {
      let before = layer[index - 1]
      return start[item] + distance >= start[before] + graph.items[before].extent + graph.gap(before, item, spacing)
    }
    if distance > 0, index + 1 < layer.count, met[layer[index + 1]] != search {
      let behind = layer[index + 1]
      return start[item] + distance + graph.items[item].extent + graph.gap(item, behind, spacing) <= start[behind]
    }
    return true
  }
}

extension ProperGraph {
  /// The least distance between two neighbours in a layer.
  func gap(_ a: Int, _ b: Int, _ spacing: LayeredGraph.Spacing) -> Double {
    switch (items[a].vertex, items[b].vertex) {
    case (nil, nil): spacing.lines
    case (nil, _), (_, nil): spacing.mixed
    default: spacing.vertices
    }
  }
}
