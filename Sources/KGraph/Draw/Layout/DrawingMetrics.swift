/// The direction in which most arrows point.
package enum DrawingDirection: Sendable, Hashable, CaseIterable { case right, down }

/// Sizes and distances of a drawing, in its own unit: pixels or characters.
struct DrawingMetrics {
  /// Width of a column of text, for names and for what stands below them.
  let nameColumn: Double
  let detailColumn: Double
  let nameLine: Double
  let detailLine: Double
  /// Names of boxes at the edge of a node.
  let boxColumn: Double
  let boxLine: Double
  /// From a node's edge to its text, sideways and above.
  let padding: (x: Double, y: Double)
  /// Between the names of boxes that face each other, and what goes around them.
  let boxGap: Double
  /// Inside a frame, and above for its title.
  let framePadding: (x: Double, y: Double)
  let frameTitle: Double
  let titleColumn: Double
  /// Between parts that nothing joins.
  let parts: Double
  /// How wide a row of such parts may be; if nil, as wide as makes a good page.
  var page: Double?
  /// Columns that a line of a title may have.
  var longest: Int
  /// Columns that the title of a frame may have.
  var longestTitle: Int
  /// How far what stands side by side may reach, across; nil for as far as it likes.
  var limit: Double? = nil
  /// Across: for drawings to the right and downwards.
  let right: LayeredGraph.Spacing
  let down: LayeredGraph.Spacing
  /// Where a line meets what it belongs to: the middle of a unit of characters, or a point.
  let isWhole: Bool

  static let picture = DrawingMetrics(
    nameColumn: 7.83, detailColumn: 6.63, nameLine: 18, detailLine: 15, boxColumn: 6.03, boxLine: 16, padding: (14, 9),
    boxGap: 18, framePadding: (22, 18), frameTitle: 20, titleColumn: 6.63, parts: 36, page: nil, longest: 44,
    longestTitle: 64,
    right: .init(vertices: 26, lines: 14, mixed: 20, line: 0), down: .init(vertices: 34, lines: 18, mixed: 26, line: 0),
    isWhole: false)

  static let characters = DrawingMetrics(
    nameColumn: 1, detailColumn: 1, nameLine: 1, detailLine: 1, boxColumn: 1, boxLine: 1, padding: (2, 1), boxGap: 2,
    framePadding: (2, 1), frameTitle: 0, titleColumn: 1, parts: 2, page: 78, longest: 36, longestTitle: 64,
    right: .init(vertices: 1, lines: 0, mixed: 1, line: 1, isWhole: true),
    down: .init(vertices: 2, lines: 1, mixed: 1, line: 1, isWhole: true), isWhole: true)

  func spacing(_ direction: DrawingDirection) -> LayeredGraph.Spacing { direction == .right ? right : down }
}
