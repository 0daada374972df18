import Testing

@testable import KGraph

struct OrderingTests {
  private static let arcs: [(Int, [(Int, Int)], Int)] = [
    (6, [(0, 5), (1, 4), (2, 3)], 0),
    (7, [(0, 6), (0, 1), (1, 2), (2, 6), (0, 3), (3, 4), (4, 6)], 0),
    (4, [(0, 2), (0, 3), (1, 2), (1, 3)], 1),
    (6, [(0, 3), (0, 4), (0, 5), (1, 3), (1, 4), (1, 5), (2, 3), (2, 4), (2, 5)], 9),
    (5, [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3)], 0),
  ]

  private static func proper(_ count: Int, _ arcs: [(Int, Int)]) -> ProperGraph {
    var graph = LayeredGraph()
    graph.vertices = (0..<count).map { _ in .init(thickness: 10, extent: 10) }
    graph.arcs = arcs.map { .init(from: $0.0, fromOffset: 5, to: $0.1, toOffset: 5) }
    let isBack = graph.backArcs()
    return Ordering.improve(ProperGraph(graph, layer: graph.layers(isBack: isBack), isBack: isBack, line: 0))
  }

  /// Pairs of links that cross, counted one by one.
  private static func crossings(_ graph: ProperGraph) -> Int {
    var place: [Int: Int] = [:]
    for layer in graph.layers { for (index, item) in layer.enumerated() { place[item] = index } }
    var count = 0
    for (index, a) in graph.links.enumerated() {
      for b in graph.links[..<index] where graph.items[a.from].layer == graph.items[b.from].layer {
        let left = (place[a.from] ?? 0) - (place[b.from] ?? 0)
        let right = (place[a.to] ?? 0) - (place[b.to] ?? 0)
        if left * right < 0 { count += 1 }
      }
    }
    return count
  }

  @Test(arguments: Self.arcs)
  func `lines cross no more than they must`(_ count: Int, _ arcs: [(Int, Int)], _ least: Int) {
    #expect(Self.crossings(Self.proper(count, arcs)) == least)
  }

  @Test func `a tree is drawn without crossings`() {
    // The arcs come in no order that gives it away.
    let arcs = (1..<63).map { (index: Int) -> (Int, Int) in
      let child = index * 37 % 63
      return ((child - 1) / 2, child)
    }.filter { $0.1 > 0 }
    #expect(Self.crossings(Self.proper(63, arcs)) == 0)
  }

  @Test(arguments: [
    ([(0, 1), (1, 2), (0, 2)], [0, 1, 2]), ([(0, 2), (1, 2)], [0, 0, 1]), ([(0, 1), (1, 0)], [0, 1]),
  ])
  func `layers follow the arcs, and vertices stay near what they are joined to`(_ arcs: [(Int, Int)], _ expected: [Int])
  {
    var graph = LayeredGraph()
    graph.vertices = expected.map { _ in .init(thickness: 1, extent: 1) }
    graph.arcs = arcs.map { .init(from: $0.0, fromOffset: 0, to: $0.1, toOffset: 0) }
    #expect(graph.layers(isBack: graph.backArcs()) == expected)
  }
}
