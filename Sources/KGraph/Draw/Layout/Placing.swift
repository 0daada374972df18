import Kamaelia

/// Lays out a diagram: each group by itself, then as one box of what it is in.
///
/// An edge that crosses a frame ends at its border inside, and begins there outside, so the ways of all levels
/// together are the way of the edge.
struct Placing<Failure: Error> {
  typealias Router = (_ passages: [LayeredGraph.Passage]) throws(Failure) -> LayeredGraph.Gap

  private let diagram: Diagram
  private let metrics: DrawingMetrics
  private let direction: DrawingDirection
  private let labels: [Double]
  private let route: Router

  private let shapes: [NodeShape]
  private let numbers: [String: Int]
  /// The groups that a node is in, from the outermost.
  private let chains: [[Int]]
  private var children: [Int?: [Item]] = [:]

  /// A box of one level.
  private enum Item: Hashable { case node(Int), group(Int) }

  /// A group that has been laid out. Places are from its own beginning.
  private struct Block {
    var thickness = 0.0
    var extent = 0.0
    var nodes: [(Int, along: Double, across: Double)] = []
    var groups: [(Int, along: Double, across: Double, thickness: Double, extent: Double)] = []
    var ways: [Int: [LayeredGraph.Waypoint]] = [:]
    var isBack: Set<Int> = []
    /// Where edges cross the border, across.
    var entrances: [Int: Double] = [:]
    var exits: [Int: Double] = [:]
  }

  /// - Parameters:
  ///   - labels: for each edge the room along it that its label needs.
  ///   - route: how wide gaps are, and where ways turn.
  static func place(
    _ diagram: Diagram, _ metrics: DrawingMetrics, _ direction: DrawingDirection, labels: [Double],
    route: @escaping Router
  ) throws(Failure) -> Placement {
    try Placing(diagram, metrics, direction, labels, route).run()
  }

  private init(
    _ diagram: Diagram, _ metrics: DrawingMetrics, _ direction: DrawingDirection, _ labels: [Double],
    _ route: @escaping Router
  ) {
    self.diagram = diagram
    self.metrics = metrics
    self.direction = direction
    self.labels = labels
    self.route = route
    var used: [String: (inboxes: [String?], outboxes: [String?])] = [:]
    for edge in diagram.edges {
      used[edge.to.node, default: ([], [])].inboxes.append(edge.to.box)
      used[edge.from.node, default: ([], [])].outboxes.append(edge.from.box)
    }
    shapes = diagram.nodes.map { node in
      let (inboxes, outboxes) = used[node.id] ?? ([], [])
      return NodeShape(
        node, inboxes: Diagram.boxes(node.inboxes, inboxes), outboxes: Diagram.boxes(node.outboxes, outboxes), metrics,
        direction)
    }
    numbers = Dictionary(uniqueKeysWithValues: diagram.nodes.enumerated().map { ($1.id, $0) })
    let groups = Dictionary(uniqueKeysWithValues: diagram.groups.enumerated().map { ($1.id, $0) })
    func chain(_ group: String?) -> [Int] {
      var result: [Int] = []
      var next = group
      while let id = next, let number = groups[id] {
        result.append(number)
        next = diagram.groups[number].parent
      }
      return result.reversed()
    }
    chains = diagram.nodes.map { chain($0.group) }
    for (number, node) in diagram.nodes.enumerated() {
      children[node.group.flatMap { groups[$0] }, default: []].append(.node(number))
    }
    for (number, group) in diagram.groups.enumerated() {
      children[group.parent.flatMap { groups[$0] }, default: []].append(.group(number))
    }
  }

  private func run() throws(Failure) -> Placement {
    let block = try block(nil, Array(diagram.edges.indices), metrics.limit)
    func frame(_ along: Double, _ across: Double, _ thickness: Double, _ extent: Double) -> Placement.Frame {
      direction == .right
        ? .init(x: along, y: across, width: thickness, height: extent)
        : .init(x: across, y: along, width: extent, height: thickness)
    }
    let nowhere = frame(0, 0, 0, 0)
    let (width, height) = direction == .right ? (block.thickness, block.extent) : (block.extent, block.thickness)
    var result = Placement(
      direction: direction, width: width, height: height, nodes: shapes.map { _ in nowhere }, shapes: shapes,
      groups: diagram.groups.map { _ in nowhere }, ways: diagram.edges.map { _ in [] },
      isBack: diagram.edges.indices.map { block.isBack.contains($0) })
    for (number, along, across) in block.nodes {
      let size = size(.node(number), [:])
      result.nodes[number] = frame(along, across, size.thickness, size.extent)
    }
    for (number, along, across, thickness, extent) in block.groups {
      result.groups[number] = frame(along, across, thickness, extent)
    }
    for (edge, way) in block.ways {
      result.ways[edge] = way.map { point in
        let (x, y) = direction == .right ? (point.along, point.across) : (point.across, point.along)
        return Placement.Point(x: x, y: y, isForward: point.isForward)
      }
    }
    return result
  }

  private func size(_ item: Item, _ blocks: [Int: Block]) -> (thickness: Double, extent: Double) {
    switch item {
    case .node(let number):
      let shape = shapes[number]
      return direction == .right ? (shape.width, shape.height) : (shape.height, shape.width)
    case .group(let number):
      return (blocks[number]?.thickness ?? 0, blocks[number]?.extent ?? 0)
    }
  }

  /// The box of a level that holds a node, or nil if it is outside the level's group.
  private func item(of node: Int, in group: Int?) -> Item? {
    let chain = chains[node]
    guard let group else { return chain.first.map { .group($0) } ?? .node(node) }
    guard let depth = chain.firstIndex(of: group) else { return nil }
    return depth + 1 < chain.count ? .group(chain[depth + 1]) : .node(node)
  }

  /// Lays out what a group has in it, or the whole diagram.
  ///
  /// - Parameters:
  ///   - edges: those that have an end inside.
  ///   - limit: how far it should reach, across.
  private func block(_ group: Int?, _ edges: [Int], _ limit: Double?) throws(Failure) -> Block {
    let items = children[group] ?? []
    var ends: [Int: (from: Item?, to: Item?)] = [:]
    var inner: [Int: [Int]] = [:]
    for edge in edges {
      let from = numbers[diagram.edges[edge].from.node].flatMap { item(of: $0, in: group) }
      let to = numbers[diagram.edges[edge].to.node].flatMap { item(of: $0, in: group) }
      for case .group(let number)? in Set([from, to]) { inner[number, default: []].append(edge) }
      if from == to, case .group? = from { continue }
      ends[edge] = (from, to)
    }
    let within = limit.map { max(0, $0 - 2 * metrics.framePadding.x) }
    var blocks: [Int: Block] = [:]
    for case .group(let number) in items { blocks[number] = try block(number, inner[number] ?? [], within) }

    var result = Block()
    let level = Level(items: items, edges: edges.filter { ends[$0] != nil }, ends: ends)
    var parts: [Part] = []
    for part in level.parts() { parts.append(try layout(part, ends, blocks, limit)) }
    let hasBorder = ends.values.contains { $0.from == nil || $0.to == nil }
    if let limit, hasBorder, parts.count > 1,
      parts.reduce(0, { $0 + $1.result.extent + metrics.parts }) - metrics.parts > limit
    {
      // Side by side they do not fit, and edges of each must reach the border: as one they stand below each other.
      parts = [try layout((level.items, level.edges), ends, blocks, limit)]
    }
    pack(parts, inRows: !hasBorder, into: &result, blocks)
    return group.map { framed(result, diagram.groups[$0]) } ?? result
  }

  /// Boxes and edges of one level.
  private struct Level {
    let items: [Item]
    let edges: [Int]
    let ends: [Int: (from: Item?, to: Item?)]

    /// What hangs together, in the order of the boxes.
    func parts() -> [(items: [Item], edges: [Int])] {
      var numbers: [Item: Int] = [:]
      for item in items { numbers[item] = numbers.count }
      var parent = Array(items.indices)
      func root(_ start: Int) -> Int {
        var index = start
        while parent[index] != index {
          parent[index] = parent[parent[index]]
          index = parent[index]
        }
        return index
      }
      for edge in edges {
        guard let from = ends[edge]?.from.flatMap({ numbers[$0] }), let to = ends[edge]?.to.flatMap({ numbers[$0] })
        else { continue }
        let (a, b) = (root(from), root(to))
        parent[max(a, b)] = min(a, b)
      }
      var parts: [Int: (items: [Item], edges: [Int])] = [:]
      for (index, item) in items.enumerated() { parts[root(index), default: ([], [])].items.append(item) }
      for edge in edges {
        guard let end = ends[edge]?.from ?? ends[edge]?.to, let number = numbers[end] else { continue }
        parts[root(number), default: ([], [])].edges.append(edge)
      }
      return parts.keys.sorted().compactMap { parts[$0] }
    }
  }

  /// A part that has been laid out.
  private struct Part {
    let items: [Item]
    let edges: [Int]
    let result: LayeredGraph.Result
    let entrances: [Int: Double]
    let exits: [Int: Double]
  }

  private func layout(
    _ part: (items: [Item], edges: [Int]), _ ends: [Int: (from: Item?, to: Item?)], _ blocks: [Int: Block],
    _ limit: Double?
  ) throws(Failure) -> Part {
    var graph = LayeredGraph()
    var vertices: [Item: Int] = [:]
    for item in part.items {
      vertices[item] = graph.vertices.count
      let size = size(item, blocks)
      graph.vertices.append(.init(thickness: size.thickness, extent: size.extent))
    }
    let line = metrics.spacing(direction).line
    var terminals: [Int: Int] = [:]
    for edge in part.edges {
      func terminal(_ rank: LayeredGraph.Vertex.Rank) -> Int {
        graph.vertices.append(.init(thickness: 0, extent: line, rank: rank))
        terminals[edge] = graph.vertices.count - 1
        return graph.vertices.count - 1
      }
      let (from, to) = ends[edge] ?? (nil, nil)
      let data = diagram.edges[edge]
      graph.arcs.append(
        .init(
          from: from.flatMap { vertices[$0] } ?? terminal(.first),
          fromOffset: from.map { offset($0, edge, data.from.box, isExit: true, blocks) } ?? 0,
          to: to.flatMap { vertices[$0] } ?? terminal(.last),
          toOffset: to.map { offset($0, edge, data.to.box, isExit: false, blocks) } ?? 0,
          label: from == nil || to == nil ? 0 : labels[edge]))
    }
    let result = try graph.layout(metrics.spacing(direction), limit: limit, route: route)
    var entrances: [Int: Double] = [:]
    var exits: [Int: Double] = [:]
    for edge in part.edges {
      guard let terminal = terminals[edge] else { continue }
      if ends[edge]?.from == nil {
        entrances[edge] = result.vertices[terminal].across
      } else {
        exits[edge] = result.vertices[terminal].across
      }
    }
    return Part(items: part.items, edges: part.edges, result: result, entrances: entrances, exits: exits)
  }

  private func offset(_ item: Item, _ edge: Int, _ box: String?, isExit: Bool, _ blocks: [Int: Block]) -> Double {
    switch item {
    case .node(let number): isExit ? shapes[number].outbox(box) : shapes[number].inbox(box)
    case .group(let number): (isExit ? blocks[number]?.exits[edge] : blocks[number]?.entrances[edge]) ?? 0
    }
  }

  /// Puts parts side by side in rows of a page, or across where edges must reach the border at both ends.
  private func pack(_ parts: [Part], inRows: Bool, into block: inout Block, _ blocks: [Int: Block]) {
    let isRight = direction == .right
    let sizes = parts.map { part in
      let (thickness, extent) = (part.result.thickness, part.result.extent)
      return isRight ? (width: thickness, height: extent) : (width: extent, height: thickness)
    }
    let area = sizes.reduce(0) { $0 + ($1.width + metrics.parts) * ($1.height + metrics.parts) }
    let widest = sizes.map(\.width).max() ?? 0
    let page = max(widest, metrics.page ?? (area * 1.8).squareRoot())
    let limit = inRows ? page : isRight ? 0 : .infinity
    var (x, y, row) = (0.0, 0.0, 0.0)
    for (part, size) in zip(parts, sizes) {
      if x > 0, x + size.width > limit {
        y += row + metrics.parts
        (x, row) = (0, 0)
      }
      add(part, along: isRight ? x : y, across: isRight ? y : x, to: &block, blocks)
      let (right, bottom) = (x + size.width, y + size.height)
      block.thickness = max(block.thickness, isRight ? right : bottom)
      block.extent = max(block.extent, isRight ? bottom : right)
      x = right + metrics.parts
      row = max(row, size.height)
    }
  }

  private func add(_ part: Part, along: Double, across: Double, to block: inout Block, _ blocks: [Int: Block]) {
    func moved(_ way: [LayeredGraph.Waypoint], _ x: Double, _ y: Double) -> [LayeredGraph.Waypoint] {
      way.map { .init(along: $0.along + x, across: $0.across + y, isForward: $0.isForward) }
    }
    for (index, edge) in part.edges.enumerated() {
      block.ways[edge] = moved(part.result.ways[index], along, across)
      if part.result.isBack[index] { block.isBack.insert(edge) }
    }
    for (edge, place) in part.entrances { block.entrances[edge] = place + across }
    for (edge, place) in part.exits { block.exits[edge] = place + across }
    for (index, item) in part.items.enumerated() {
      let (x, y) = (along + part.result.vertices[index].along, across + part.result.vertices[index].across)
      switch item {
      case .node(let number): block.nodes.append((number, x, y))
      case .group(let number):
        guard let inner = blocks[number] else { continue }
        block.nodes += inner.nodes.map { ($0.0, $0.along + x, $0.across + y) }
        block.groups.append((number, x, y, inner.thickness, inner.extent))
        block.groups += inner.groups.map { ($0.0, $0.along + x, $0.across + y, $0.thickness, $0.extent) }
        for (edge, way) in inner.ways {
          let way = moved(way, x, y)
          guard let outer = block.ways[edge] else {
            block.ways[edge] = way
            continue
          }
          // An edge that leaves the group begins in it, one that enters ends in it.
          block.ways[edge] = inner.exits[edge] != nil ? Self.joined(way, outer) : Self.joined(outer, way)
        }
        block.isBack.formUnion(inner.isBack)
      }
    }
  }

  private static func joined(_ a: [LayeredGraph.Waypoint], _ b: [LayeredGraph.Waypoint]) -> [LayeredGraph.Waypoint] {
    a.last == b.first ? a + b.dropFirst() : a + b
  }

  /// Adds the frame's padding and title, and leads what crosses the border to it.
  private func framed(_ block: Block, _ group: Diagram.Group) -> Block {
    let title = Double(min(DisplayWidth.of(group.title), metrics.longestTitle)) * metrics.titleColumn
    let above = metrics.framePadding.y + metrics.frameTitle
    let isRight = direction == .right
    let before = isRight ? metrics.framePadding.x : above
    let beside = isRight ? above : metrics.framePadding.x
    let after = isRight ? metrics.framePadding.x : metrics.framePadding.y
    let beyond = isRight ? metrics.framePadding.y : metrics.framePadding.x
    var result = Block(thickness: block.thickness + before + after, extent: block.extent + beside + beyond)
    let wanted = title + 2 * metrics.framePadding.x + (metrics.isWhole ? 2 : 0)
    if isRight { result.thickness = max(result.thickness, wanted) } else { result.extent = max(result.extent, wanted) }
    result.isBack = block.isBack
    result.nodes = block.nodes.map { ($0.0, $0.along + before, $0.across + beside) }
    result.groups = block.groups.map { ($0.0, $0.along + before, $0.across + beside, $0.thickness, $0.extent) }
    result.entrances = block.entrances.mapValues { $0 + beside }
    result.exits = block.exits.mapValues { $0 + beside }
    for (edge, way) in block.ways {
      var way = way.map {
        LayeredGraph.Waypoint(along: $0.along + before, across: $0.across + beside, isForward: $0.isForward)
      }
      if let across = result.entrances[edge] { way.insert(.init(along: 0, across: across), at: 0) }
      if let across = result.exits[edge] { way.append(.init(along: result.thickness, across: across)) }
      result.ways[edge] = way
    }
    return result
  }
}
