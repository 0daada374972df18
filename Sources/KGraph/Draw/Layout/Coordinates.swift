/// Finds where the items of each layer stand across, so that lines are straight and vertices near their neighbours.
///
/// - Note: U. Brandes, B. Köpf, "Fast and Simple Horizontal Coordinate Assignment", 2001, with ports and sizes:
///   items that are aligned form a block in which each is shifted so that the link between them is straight.
struct Coordinates {
  private let graph: ProperGraph
  private let spacing: LayeredGraph.Spacing
  private let place: [Int]
  /// Links that cross a line and so must not be straight.
  private let isBlocked: [Bool]

  /// The beginning of each item across, from 0.
  static func assign(_ graph: ProperGraph, _ spacing: LayeredGraph.Spacing) -> [Double] {
    Coordinates(graph, spacing).run()
  }

  private init(_ graph: ProperGraph, _ spacing: LayeredGraph.Spacing) {
    self.graph = graph
    self.spacing = spacing
    var place = [Int](repeating: 0, count: graph.items.count)
    for layer in graph.layers {
      for (index, item) in layer.enumerated() { place[item] = index }
    }
    self.place = place
    isBlocked = Self.conflicts(graph, place)
  }

  /// Links between a vertex and its neighbour that cross a line between two lines.
  private static func conflicts(_ graph: ProperGraph, _ place: [Int]) -> [Bool] {
    var isBlocked = [Bool](repeating: false, count: graph.links.count)
    for layer in graph.layers.dropFirst() {
      var first = 0
      var scanned = 0
      for (index, item) in layer.enumerated() {
        let inner = graph.entering[item].first { graph.links[$0].isInner }
        guard inner != nil || index == layer.count - 1 else { continue }
        let last = inner.map { place[graph.links[$0].from] } ?? Int.max
        for other in layer[scanned...index] {
          for link in graph.entering[other] where !graph.links[link].isInner {
            let from = place[graph.links[link].from]
            if from < first || from > last { isBlocked[link] = true }
          }
        }
        scanned = index + 1
        first = last
      }
    }
    return isBlocked
  }

  private func run() -> [Double] {
    if graph.items.isEmpty { return [] }
    var layouts: [[Double]] = []
    for isForward in [true, false] {
      for isMirrored in [false, true] {
        let found = compact(align(isForward: isForward, isMirrored: isMirrored), isMirrored: isMirrored)
        layouts.append(isMirrored ? found.indices.map { -found[$0] - graph.items[$0].extent } : found)
      }
    }
    let bounds = layouts.map { layout in
      (low: layout.min() ?? 0, high: layout.indices.map { layout[$0] + graph.items[$0].extent }.max() ?? 0)
    }
    let narrowest = bounds.min { $0.high - $0.low < $1.high - $1.low } ?? (0, 0)
    for index in layouts.indices {
      // Those that were packed from the start share its edge, the mirrored ones share the end.
      let move = index % 2 == 0 ? narrowest.low - bounds[index].low : narrowest.high - bounds[index].high
      layouts[index] = layouts[index].map { $0 + move }
    }
    var result = graph.items.indices.map { item in
      let sorted = layouts.map { $0[item] }.sorted()
      return (sorted[1] + sorted[2]) / 2
    }
    let low = result.min() ?? 0
    result = result.map { spacing.isWhole ? ($0 - low).rounded() : $0 - low }
    return result
  }

  private struct Alignment {
    /// The item that stands for the block of each.
    var root: [Int]
    /// How far behind the block's beginning each item begins.
    var shift: [Double]
  }

  /// Joins each item with the middle one of its neighbours in the layer before, if nothing is in the way.
  private func align(isForward: Bool, isMirrored: Bool) -> Alignment {
    let count = graph.items.count
    var result = Alignment(root: Array(0..<count), shift: [Double](repeating: 0, count: count))
    var next = Array(0..<count)
    for layer in isForward ? graph.layers : graph.layers.reversed() {
      var previous = -1
      for item in isMirrored ? layer.reversed() : layer {
        let links = (isForward ? graph.entering[item] : graph.leaving[item])
          .map { (other: isForward ? graph.links[$0].from : graph.links[$0].to, link: $0) }
          .map { (place: mirrored($0.other, isMirrored), other: $0.other, link: $0.link) }
          .sorted { ($0.place, $0.link) < ($1.place, $1.link) }
        if links.isEmpty { continue }
        for middle in Set([(links.count - 1) / 2, links.count / 2]).sorted() where next[item] == item {
          let (place, other, link) = links[middle]
          guard !isBlocked[link], previous < place else { continue }
          next[other] = item
          result.root[item] = result.root[other]
          next[item] = result.root[item]
          result.shift[item] = result.shift[other] + offset(other, link, isMirrored) - offset(item, link, isMirrored)
          previous = place
        }
      }
    }
    return result
  }

  private func mirrored(_ item: Int, _ isMirrored: Bool) -> Int {
    isMirrored ? graph.layers[graph.items[item].layer].count - 1 - place[item] : place[item]
  }

  private func offset(_ item: Int, _ link: Int, _ isMirrored: Bool) -> Double {
    let data = graph.links[link]
    let offset = data.from == item ? data.fromOffset : data.toOffset
    return isMirrored ? graph.items[item].extent - offset : offset
  }

  /// Packs the blocks from the start, then moves each towards those behind it as far as there is room.
  private func compact(_ alignment: Alignment, isMirrored: Bool) -> [Double] {
    let count = graph.items.count
    // Between blocks: how far the second's beginning must be behind the first's.
    var behind = [[Int: Double]](repeating: [:], count: count)
    var waiting = [Int](repeating: 0, count: count)
    for layer in graph.layers {
      let row = isMirrored ? layer.reversed() : layer
      for (a, b) in zip(row, row.dropFirst()) {
        let distance = alignment.shift[a] + graph.items[a].extent + graph.gap(a, b, spacing) - alignment.shift[b]
        let (first, second) = (alignment.root[a], alignment.root[b])
        if behind[first][second] == nil { waiting[second] += 1 }
        behind[first][second] = max(behind[first][second] ?? -.infinity, distance)
      }
    }
    var order = graph.items.indices.filter { alignment.root[$0] == $0 && waiting[$0] == 0 }
    var start = [Double](repeating: 0, count: count)
    for root in order { start[root] = 0 }
    var isSet = [Bool](repeating: false, count: count)
    var next = 0
    while next < order.count {
      let block = order[next]
      next += 1
      for (other, distance) in behind[block] {
        let wanted = start[block] + distance
        start[other] = isSet[other] ? max(start[other], wanted) : wanted
        isSet[other] = true
        waiting[other] -= 1
      }
      for other in behind[block].keys.sorted() where waiting[other] == 0 { order.append(other) }
    }
    for block in order.reversed() where !behind[block].isEmpty {
      let room = behind[block].map { start[$0.key] - $0.value }.min() ?? start[block]
      start[block] = max(start[block], room)
    }
    return graph.items.indices.map { start[alignment.root[$0]] + alignment.shift[$0] }
  }
}
