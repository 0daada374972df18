/// A diagram with a place for everything, x to the right and y downwards.
struct Placement {
  struct Frame: Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  struct Point: Hashable {
    var x: Double
    var y: Double
    /// Whether the way goes on in the drawing's direction, or back.
    var isForward: Bool
  }

  let direction: DrawingDirection
  var width = 0.0
  var height = 0.0
  /// As the diagram's nodes, groups and edges are ordered.
  var nodes: [Frame]
  var shapes: [NodeShape]
  var groups: [Frame]
  var ways: [[Point]]
  /// Edges that go against the direction.
  var isBack: [Bool]
}

extension Placement.Frame {
  /// Whether two frames have a point in common, edges not counted.
  func overlaps(_ other: Self) -> Bool {
    x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
  }

  /// Whether the other lies within this one, edges counted.
  func contains(_ other: Self) -> Bool {
    x <= other.x && y <= other.y && other.x + other.width <= x + width && other.y + other.height <= y + height
  }
}
