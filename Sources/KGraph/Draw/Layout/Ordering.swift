/// Orders the items within their layers so that few links cross.
///
/// Sweeps over the layers put each item at the mean place of its neighbours in the layer before (K. Sugiyama, S.
/// Tagawa, M. Toda, 1981), swaps of neighbours mend what is left, and the best order met is kept.
struct Ordering {
  private var graph: ProperGraph
  /// The place of each item in its layer.
  private var place: [Int]

  /// The layers in the order found.
  static func improve(_ graph: ProperGraph) -> ProperGraph {
    var ordering = Ordering(graph)
    ordering.run()
    return ordering.graph
  }

  private init(_ graph: ProperGraph) {
    self.graph = graph
    place = [Int](repeating: 0, count: graph.items.count)
    for layer in graph.layers.indices { renumber(layer) }
  }

  private mutating func run() {
    var best = graph.layers
    var fewest = crossings()
    var idle = 0
    // The work of a sweep grows with the links, so large graphs get fewer.
    let sweeps = max(8, min(40, 400_000 / max(1, graph.links.count)))
    for sweep in 0..<sweeps where fewest > 0 && idle < 8 {
      let isForward = sweep % 2 == 0
      for layer in isForward ? Array(graph.layers.indices.dropFirst()) : graph.layers.indices.dropLast().reversed() {
        sort(layer, by: isForward, breaksTiesBackwards: sweep % 4 >= 2)
      }
      if graph.links.count < 20_000 { swapNeighbours() }
      let count = crossings()
      idle += 1
      if count < fewest {
        (fewest, best, idle) = (count, graph.layers, 0)
      }
    }
    graph.layers = best
    for layer in graph.layers.indices { renumber(layer) }
  }

  private mutating func renumber(_ layer: Int) {
    for (index, item) in graph.layers[layer].enumerated() { place[item] = index }
  }

  /// Where a link touches an item: its place, and a little for the port.
  private func touch(_ item: Int, _ offset: Double) -> Double {
    Double(place[item]) + 0.9 * offset / (graph.items[item].extent + 1)
  }

  private func target(_ item: Int, by isForward: Bool) -> Double? {
    var sum = 0.0
    let around = isForward ? graph.entering[item] : graph.leaving[item]
    if around.isEmpty { return nil }
    for index in around {
      let link = graph.links[index]
      sum += isForward ? touch(link.from, link.fromOffset) : touch(link.to, link.toOffset)
      // The port of the item itself counts the other way, so that what enters high comes from high.
      let own = isForward ? link.toOffset : link.fromOffset
      sum -= 0.9 * own / (graph.items[item].extent + 1)
    }
    return sum / Double(around.count)
  }

  /// Sorts a layer by the neighbours on one side. Items without any keep their places.
  private mutating func sort(_ layer: Int, by isForward: Bool, breaksTiesBackwards: Bool) {
    let items = graph.layers[layer]
    var targets = items.map { target($0, by: isForward) }
    for (index, item) in items.enumerated() where targets[index] == nil {
      // The turn of an arc that goes back belongs beside its vertex.
      guard let vertex = graph.items[item].companion, let own = targets[place[vertex]] else { continue }
      targets[index] = own + 0.01
    }
    var movable: [(key: Double, index: Int)] = []
    for (index, target) in targets.enumerated() {
      if let target { movable.append((target, breaksTiesBackwards ? -index : index)) }
    }
    movable.sort { $0 < $1 }
    var next = movable.makeIterator()
    var sorted = items
    for index in items.indices where targets[index] != nil {
      if let from = next.next()?.index { sorted[index] = items[abs(from)] }
    }
    graph.layers[layer] = sorted
    renumber(layer)
  }

  /// Swaps neighbours as long as that takes crossings away.
  private mutating func swapNeighbours() {
    for _ in 0..<4 {
      var hasSwapped = false
      for layer in graph.layers.indices where graph.layers[layer].count > 1 {
        for index in 0..<graph.layers[layer].count - 1 {
          let (a, b) = (graph.layers[layer][index], graph.layers[layer][index + 1])
          if crossings(a, b) > crossings(b, a) {
            graph.layers[layer].swapAt(index, index + 1)
            place[a] = index + 1
            place[b] = index
            hasSwapped = true
          }
        }
      }
      if !hasSwapped { return }
    }
  }

  /// Crossings between the links of two neighbours if `a` stands before `b`.
  private func crossings(_ a: Int, _ b: Int) -> Int {
    count(before(a), before(b)) + count(behind(a), behind(b))
  }

  /// Where the links of an item touch the layer before, and the layer behind.
  private func before(_ item: Int) -> [Double] {
    graph.entering[item].map { touch(graph.links[$0].from, graph.links[$0].fromOffset) }
  }

  private func behind(_ item: Int) -> [Double] {
    graph.leaving[item].map { touch(graph.links[$0].to, graph.links[$0].toOffset) }
  }

  /// Pairs of which the first stands behind the second.
  private func count(_ a: [Double], _ b: [Double]) -> Int {
    if a.isEmpty || b.isEmpty { return 0 }
    let sorted = b.sorted()
    return a.reduce(0) { sum, key in sum + sorted.partitioningIndex { $0 >= key } }
  }

  /// All crossings.
  ///
  /// - Note: W. Barth, M. Jünger, P. Mutzel, "Simple and Efficient Bilayer Cross Counting", 2002.
  private func crossings() -> Int {
    graph.layers.indices.dropLast().reduce(0) { sum, layer in
      let links = graph.layers[layer].flatMap { graph.leaving[$0] }.map { graph.links[$0] }
      var keys = links.map { (touch($0.from, $0.fromOffset), touch($0.to, $0.toOffset)) }
      keys.sort { $0 < $1 }
      let places = Array(Set(keys.map(\.1))).sorted()
      var tree = [Int](repeating: 0, count: places.count + 1)
      var seen = 0
      var crossings = 0
      var first = 0
      // Links from one port do not cross each other, so they are counted together before they are entered.
      while first < keys.count {
        let end = keys[first...].firstIndex { $0.0 != keys[first].0 } ?? keys.count
        for key in keys[first..<end] {
          var index = places.partitioningIndex { $0 > key.1 }
          crossings += seen
          while index > 0 {
            crossings -= tree[index]
            index &= index - 1
          }
        }
        for key in keys[first..<end] {
          var index = places.partitioningIndex { $0 >= key.1 } + 1
          while index < tree.count {
            tree[index] += 1
            index += index & -index
          }
          seen += 1
        }
        first = end
      }
      return sum + crossings
    }
  }
}
