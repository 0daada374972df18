/// A graph in layers in which every link joins neighbouring layers: long arcs are chains of lines.
///
/// An arc that goes back leaves its vertex at the far side like any other, turns round, passes its own layer and all
/// between as a line, and turns again before it enters. So a loop can be seen as one.
struct ProperGraph {
  /// A vertex, or the line of an arc that passes a layer.
  struct Item {
    /// The vertex, or nil for a line.
    let vertex: Int?
    let layer: Int
    let extent: Double
    /// For the ends of an arc that goes back: the item of the vertex beside which it turns.
    var companion: Int?
  }

  /// From an item to one in the next layer, with the places across where it touches them.
  struct Link {
    let from: Int
    let fromOffset: Double
    let to: Int
    let toOffset: Double
    /// Whether both ends are lines.
    let isInner: Bool
  }

  private(set) var items: [Item] = []
  private(set) var links: [Link] = []
  /// The lines of each arc, in its own direction.
  private(set) var lines: [[Int]] = []
  /// The items of each layer in the order in which they stand.
  var layers: [[Int]]
  /// Links into and out of each item.
  private(set) var entering: [[Int]] = []
  private(set) var leaving: [[Int]] = []

  init(_ graph: LayeredGraph, layer: [Int], isBack: [Bool], line: Double) {
    layers = [[Int]](repeating: [], count: (layer.max() ?? -1) + 1)
    for (vertex, data) in graph.vertices.enumerated() {
      items.append(Item(vertex: vertex, layer: layer[vertex], extent: data.extent))
    }
    for (index, arc) in graph.arcs.enumerated() {
      if isBack[index] {
        addBack(arc, from: layer[arc.from], to: layer[arc.to], line)
      } else {
        addForward(arc, from: layer[arc.from], to: layer[arc.to], line)
      }
    }
    entering = [[Int]](repeating: [], count: items.count)
    leaving = [[Int]](repeating: [], count: items.count)
    for (index, link) in links.enumerated() {
      leaving[link.from].append(index)
      entering[link.to].append(index)
    }
    fillLayers()
  }

  private mutating func addForward(_ arc: LayeredGraph.Arc, from: Int, to: Int, _ line: Double) {
    var chain: [Int] = []
    var previous = (item: arc.from, offset: arc.fromOffset)
    for layer in from + 1..<max(to, from + 1) {
      let item = addLine(layer, line, nil)
      link(previous, (item, 0), isInner: !chain.isEmpty)
      chain.append(item)
      previous = (item, 0)
    }
    link(previous, (arc.to, arc.toOffset), isInner: false)
    lines.append(chain)
  }

  private mutating func addBack(_ arc: LayeredGraph.Arc, from: Int, to: Int, _ line: Double) {
    var chain: [Int] = []
    for layer in (to...from).reversed() {
      let item = addLine(layer, line, layer == from ? arc.from : layer == to ? arc.to : nil)
      if let last = chain.last { link((item, 0), (last, 0), isInner: true) }
      chain.append(item)
    }
    lines.append(chain)
  }

  private mutating func addLine(_ layer: Int, _ line: Double, _ companion: Int?) -> Int {
    items.append(Item(vertex: nil, layer: layer, extent: line, companion: companion))
    return items.count - 1
  }

  private mutating func link(_ from: (item: Int, offset: Double), _ to: (item: Int, offset: Double), isInner: Bool) {
    links.append(
      Link(from: from.item, fromOffset: from.offset, to: to.item, toOffset: to.offset, isInner: isInner))
  }

  /// Puts the items into their layers in the order of a walk along the links, so that what belongs together starts
  /// together.
  private mutating func fillLayers() {
    var isPlaced = [Bool](repeating: false, count: items.count)
    var companions = [[Int]](repeating: [], count: items.count)
    for (item, data) in items.enumerated() {
      if let vertex = data.companion { companions[vertex].append(item) }
    }
    for start in items.indices where entering[start].isEmpty && items[start].companion == nil {
      walk(start, &isPlaced, companions)
    }
    for start in items.indices { walk(start, &isPlaced, companions) }
  }

  private mutating func walk(_ start: Int, _ isPlaced: inout [Bool], _ companions: [[Int]]) {
    var waiting = [start]
    while let item = waiting.popLast() {
      if isPlaced[item] { continue }
      isPlaced[item] = true
      layers[items[item].layer].append(item)
      waiting += companions[item]
      waiting += leaving[item].reversed().map { links[$0].to }
    }
  }
}
