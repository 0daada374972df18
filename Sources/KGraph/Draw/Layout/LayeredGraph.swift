/// What the layout in layers works on: boxes with ports, and arcs between the ports.
///
/// Everything is measured along the arrows (from layer to layer) and across them, so that drawings to the right and
/// drawings downwards are the same.
struct LayeredGraph {
  struct Vertex {
    enum Rank { case free, first, last }

    /// Along the arrows.
    var thickness: Double
    /// Across the arrows.
    var extent: Double
    /// Whether it stands at the border, before or behind all others.
    var rank = Rank.free
  }

  struct Arc {
    let from: Int
    /// Where the arc leaves, across, from the vertex's beginning.
    let fromOffset: Double
    let to: Int
    let toOffset: Double
    /// Room along the arrow that its label needs.
    var label = 0.0
  }

  /// Distances.
  struct Spacing {
    /// Across, between two vertices, between two lines, and between a vertex and a line.
    var vertices: Double
    var lines: Double
    var mixed: Double
    /// Across, what a line takes.
    var line: Double
    /// Whether all distances are whole numbers, as in a drawing of characters.
    var isWhole = false
  }

  /// What a gap between two layers is told of an arc that passes it; the ends are positions across.
  struct Passage {
    enum Side { case before, behind }

    let arc: Int
    let from: Double
    let fromSide: Side
    let to: Double
    let toSide: Side
    /// Room along that the label of the arc asks of this gap.
    let label: Double
  }

  /// How wide a gap is, and the corners of each passage, along from the gap's beginning; without any it is a curve.
  struct Gap {
    var width: Double
    var corners: [[(along: Double, across: Double)]]
  }

  /// A point of an arc's way.
  struct Waypoint: Hashable {
    var along: Double
    var across: Double
    /// Whether the way goes on in the direction of the arrows, or back.
    var isForward = true
  }

  /// Where everything is.
  struct Result {
    var thickness = 0.0
    var extent = 0.0
    /// The beginnings of the vertices.
    var vertices: [(along: Double, across: Double)] = []
    var ways: [[Waypoint]] = []
    /// Arcs that go against the layers.
    var isBack: [Bool] = []
  }

  var vertices: [Vertex] = []
  var arcs: [Arc] = []
}

extension LayeredGraph {
  /// The arcs that close a circle in a walk from the sources, in the order of the vertices.
  ///
  /// Without them there is no circle. Arcs from a vertex to itself are among them.
  func backArcs() -> [Bool] {
    var isBack = [Bool](repeating: false, count: arcs.count)
    var leaving = [[Int]](repeating: [], count: vertices.count)
    var isEntered = [Bool](repeating: false, count: vertices.count)
    for (index, arc) in arcs.enumerated() {
      leaving[arc.from].append(index)
      if arc.from != arc.to { isEntered[arc.to] = true }
    }
    enum State { case new, open, done }
    var state = [State](repeating: .new, count: vertices.count)
    let starts = vertices.indices.filter { !isEntered[$0] } + vertices.indices.filter { isEntered[$0] }
    for start in starts where state[start] == .new {
      state[start] = .open
      var path = [(vertex: start, next: 0)]
      while let (vertex, next) = path.last {
        guard next < leaving[vertex].count else {
          state[vertex] = .done
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let arc = leaving[vertex][next]
        let target = arcs[arc].to
        switch state[target] {
        case .open: isBack[arc] = true
        case .new:
          state[target] = .open
          path.append((target, 0))
        case .done: break
        }
      }
    }
    return isBack
  }

  /// The layer of each vertex, from 0: every arc that is not back goes to a later one, and as few layers as possible.
  ///
  /// Longest paths first; then vertices move within their freedom towards the side where they have more arcs, which
  /// shortens the arcs as the network simplex would, in most cases as well.
  func layers(isBack: [Bool]) -> [Int] {
    var after = [[Int]](repeating: [], count: vertices.count)
    var before = [[Int]](repeating: [], count: vertices.count)
    for (index, arc) in arcs.enumerated() where arc.from != arc.to {
      let (from, to) = isBack[index] ? (arc.to, arc.from) : (arc.from, arc.to)
      after[from].append(to)
      before[to].append(from)
    }
    let hasFirst = vertices.contains { $0.rank == .first }
    let least = hasFirst ? 1 : 0
    let (depth, order) = depths(after, before, from: vertices.map { $0.rank == .first ? 0 : least })
    var layer = depth
    var last = least
    for vertex in vertices.indices where vertices[vertex].rank == .free { last = max(last, layer[vertex]) }
    for vertex in vertices.indices where vertices[vertex].rank == .last { layer[vertex] = last + 1 }
    for pass in 0..<20 {
      var hasMoved = false
      for vertex in pass % 2 == 0 ? order.reversed() : order where vertices[vertex].rank == .free {
        let low = before[vertex].map { layer[$0] + 1 }.max() ?? least
        let high = after[vertex].map { layer[$0] - 1 }.min() ?? last
        let pull = after[vertex].count - before[vertex].count
        let wanted = pull > 0 ? high : pull < 0 ? low : min(max(layer[vertex], low), high)
        if wanted != layer[vertex] {
          layer[vertex] = wanted
          hasMoved = true
        }
      }
      if !hasMoved { break }
    }
    return layer
  }
}
