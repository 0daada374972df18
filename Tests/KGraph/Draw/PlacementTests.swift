import Testing

@testable import KGraph

struct PlacementTests {
  private static let diagrams: [Diagram] =
    [Diagrams.chain, Diagrams.errors, Diagrams.chat, Diagrams.feedback, Diagrams.nested]
    + (0..<24).map { seed in
      Diagrams.random(UInt64(seed), nodes: seed * 2, edges: seed * 3, groups: seed % 4 == 3 ? seed / 4 : 0)
    }

  @Test(arguments: Self.diagrams.indices, DrawingDirection.allCases)
  func `nodes and frames lie beside each other or within each other, and never across`(
    _ index: Int, _ direction: DrawingDirection
  ) {
    let diagram = Self.diagrams[index]
    let placement = SVGDrawing(diagram, direction).placement
    let page = Placement.Frame(x: 0, y: 0, width: placement.width, height: placement.height)
    for (a, node) in placement.nodes.enumerated() {
      #expect(node.width > 0 && node.height > 0 && page.contains(node))
      for other in placement.nodes[..<a] { #expect(!node.overlaps(other)) }
      for (number, frame) in placement.groups.enumerated() {
        let isInside = Self.groups(of: diagram.nodes[a].group, diagram).contains(diagram.groups[number].id)
        #expect(isInside ? frame.contains(node) : !frame.overlaps(node))
      }
    }
    for (a, frame) in placement.groups.enumerated() {
      #expect(frame.width > 0 && frame.height > 0 && page.contains(frame))
      for (b, other) in placement.groups.enumerated() where a != b {
        let isInside = Self.groups(of: diagram.groups[a].parent, diagram).contains(diagram.groups[b].id)
        let isAround = Self.groups(of: diagram.groups[b].parent, diagram).contains(diagram.groups[a].id)
        #expect(isInside ? other.contains(frame) : isAround ? frame.contains(other) : !frame.overlaps(other))
      }
    }
  }

  private static func groups(of innermost: String?, _ diagram: Diagram) -> Set<String> {
    var result: Set<String> = []
    var next = innermost
    while let id = next {
      result.insert(id)
      next = diagram.groups.first { $0.id == id }?.parent
    }
    return result
  }

  @Test(arguments: Self.diagrams.indices, DrawingDirection.allCases)
  func `every edge leads from its outbox to its inbox, around all nodes`(_ index: Int, _ direction: DrawingDirection) {
    let diagram = Self.diagrams[index]
    let placement = SVGDrawing(diagram, direction).placement
    let numbers = Dictionary(uniqueKeysWithValues: diagram.nodes.enumerated().map { ($1.id, $0) })
    for (edge, way) in zip(diagram.edges, placement.ways) {
      guard let from = numbers[edge.from.node], let to = numbers[edge.to.node], let first = way.first,
        let last = way.last
      else {
        Issue.record("an edge has no way")
        return
      }
      let start = Self.port(placement, from, placement.shapes[from].outbox(edge.from.box), isInbox: false)
      let end = Self.port(placement, to, placement.shapes[to].inbox(edge.to.box), isInbox: true)
      #expect(abs(first.x - start.x) < 0.01 && abs(first.y - start.y) < 0.01)
      #expect(abs(last.x - end.x) < 0.01 && abs(last.y - end.y) < 0.01)
      for (a, b) in zip(way, way.dropFirst()) where a.x == b.x || a.y == b.y {
        let stretch = Placement.Frame(x: min(a.x, b.x), y: min(a.y, b.y), width: abs(a.x - b.x), height: abs(a.y - b.y))
        for node in placement.nodes {
          let inside = Placement.Frame(x: node.x + 1, y: node.y + 1, width: node.width - 2, height: node.height - 2)
          #expect(!inside.overlaps(stretch))
        }
      }
    }
  }

  private static func port(_ placement: Placement, _ node: Int, _ offset: Double, isInbox: Bool) -> (
    x: Double, y: Double
  ) {
    let frame = placement.nodes[node]
    switch placement.direction {
    case .right: return (frame.x + (isInbox ? 0 : frame.width), frame.y + offset)
    case .down: return (frame.x + offset, frame.y + (isInbox ? 0 : frame.height))
    }
  }

  @Test(arguments: Self.diagrams.indices)
  func `arrows point in the drawing's direction except where a circle is closed`(_ index: Int) {
    let diagram = Self.diagrams[index]
    let placement = SVGDrawing(diagram, .right).placement
    let numbers = Dictionary(uniqueKeysWithValues: diagram.nodes.enumerated().map { ($1.id, $0) })
    var forward: [Int: [Int]] = [:]
    for (number, edge) in diagram.edges.enumerated() {
      guard let from = numbers[edge.from.node], let to = numbers[edge.to.node] else { continue }
      let (a, b) = (placement.nodes[from], placement.nodes[to])
      #expect(placement.isBack[number] == (a.x + a.width > b.x))
      if !placement.isBack[number] { forward[from, default: []].append(to) }
    }
    for start in forward.keys {
      var waiting = forward[start] ?? []
      var met: Set<Int> = []
      while let node = waiting.popLast() {
        if met.insert(node).inserted { waiting += forward[node] ?? [] }
      }
      #expect(!met.contains(start))
    }
  }

  @Test func `a drawing is the same each time`() {
    let diagram = Diagrams.random(77, nodes: 60, edges: 90, groups: 6)
    #expect(diagram.svg() == diagram.svg())
  }

  @Test func `a thousand nodes with circles are laid out`() {
    let placement = SVGDrawing(Diagrams.random(5, nodes: 1000, edges: 1100), .right).placement
    #expect(placement.ways.allSatisfy { $0.count >= 2 })
    #expect(placement.isBack.contains(true) && placement.isBack.contains(false))
  }

  @Test func `a chain of many nodes does not use up the stack`() {
    let nodes = (0..<20_000).map { Diagram.Node("n\($0)", ["n"]) }
    let edges = (1..<20_000).map { Diagram.Edge(.init("n\($0 - 1)"), .init("n\($0)")) }
    let placement = SVGDrawing(Diagram(title: "", nodes: nodes, edges: edges), .right).placement
    #expect(Set(placement.nodes.map(\.y)).count == 1)
  }
}
