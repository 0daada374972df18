import Testing

@testable import KGraph

struct GapRouterTests {
  private typealias Passage = LayeredGraph.Passage

  private static func across(_ from: Int, _ to: Int, _ arc: Int = 0) -> Passage {
    Passage(arc: arc, from: Double(from), fromSide: .before, to: Double(to), toSide: .behind, label: 0)
  }

  /// The places that a passage takes in the gap.
  private static func places(_ passage: Passage, _ corners: [(along: Double, across: Double)], width: Int) -> [[Int]:
    Bool]
  {
    var places: [[Int]: Bool] = [:]
    var at = (x: passage.fromSide == .before ? 0 : width - 1, y: Int(passage.from))
    let end = (x: passage.toSide == .before ? 0 : width - 1, y: Int(passage.to))
    places[[at.x, at.y]] = true
    for target in corners.map({ (x: Int($0.along), y: Int($0.across)) }) + [end] {
      while at != target {
        let isLevel = at.x != target.x
        at = (at.x + (target.x - at.x).signum(), at.y + (target.y - at.y).signum())
        places[[at.x, at.y]] = (places[[at.x, at.y]] ?? isLevel) && isLevel
      }
    }
    return places
  }

  @Test(
    arguments: [
      [(0, 0), (2, 2)], [(0, 2), (2, 4)], [(0, 4), (2, 0)], [(0, 2), (2, 0)], [(0, 0), (0, 4), (4, 0), (4, 4)],
      [(0, 2), (0, 4), (2, 0)], [(0, 6), (2, 4), (4, 2), (6, 0)], [(1, 0), (1, 1), (1, 2), (1, 3)],
      [(0, 3), (2, 3), (4, 3)],
    ])
  func `lines of different boxes share a place only to cross`(_ rows: [(Int, Int)]) throws {
    let passages = rows.enumerated().map { Self.across($1.0, $1.1, $0) }
    let gap = try GapRouter.route(passages, stub: 1)
    let places = passages.indices.map { Self.places(passages[$0], gap.corners[$0], width: Int(gap.width)) }
    for a in passages.indices {
      for b in 0..<a where passages[a].from != passages[b].from && passages[a].to != passages[b].to {
        for (place, isLevel) in places[a] { #expect(places[b][place] != isLevel) }
      }
    }
  }

  @Test func `lines that turn back stay on their side`() throws {
    let turn = Passage(arc: 0, from: 0, fromSide: .before, to: 3, toSide: .before, label: 0)
    #expect(try GapRouter.route([turn], stub: 1).width == 2)
    let back = Passage(arc: 0, from: 3, fromSide: .behind, to: 0, toSide: .behind, label: 0)
    #expect(try GapRouter.route([back], stub: 1).corners[0].map(\.along) == [0, 0])
  }

  @Test func `a circle without a free row between is told`() {
    #expect(throws: GapRouter.Blocked.self) {
      try GapRouter.route([Self.across(0, 1), Self.across(1, 0)], stub: 1)
    }
  }
}
