import Kamaelia

/// Where the words on the edges stand: on their edge, and as far as there is such a place, neither on a node nor on
/// other words nor on another edge.
struct EdgeLabels {
  private(set) var placed: [(words: String, frame: Placement.Frame)] = []

  /// Pixels along the page that a label takes.
  static func width(_ label: String) -> Double { Double(DisplayWidth.of(label)) * 6.03 }

  init(_ diagram: Diagram, _ placement: Placement, _ curves: [EdgeCurve]) {
    guard diagram.edges.contains(where: { !$0.label.isEmpty }) else { return }
    var map = Map()
    for frame in placement.nodes { map.add(Map.solid, frame) }
    // In a drawing as large as that nobody follows a line by eye, and the map would take longer than the layout.
    let length = curves.reduce(0) { $0 + $1.stretches.reduce(0) { $0 + $1.length } }
    if length < 2_000_000 {
      for (index, curve) in curves.enumerated() { map.add(index, curve) }
    }
    for (index, edge) in diagram.edges.enumerated() where !edge.label.isEmpty {
      let words = NodeShape.cut(DisplayWidth.printable(edge.label), to: DrawingMetrics.picture.longest)
      let width = Self.width(words) + 6
      var best: (score: Int, frame: Placement.Frame)?
      for point in curves[index].middles {
        let frame = Placement.Frame(x: point.x - width / 2, y: point.y - 8, width: width, height: 15)
        // The letters are lower than their line.
        let score = map.score(.init(x: frame.x, y: frame.y + 3, width: frame.width, height: 9), edge: index)
        if score < best?.score ?? .max { best = (score, frame) }
        if score == 0 { break }
      }
      guard let frame = best?.frame else { continue }
      map.add(Map.solid, frame)
      placed.append((words, frame))
    }
  }

  /// What is where, in squares.
  private struct Map {
    /// Stands for a node or words, which may not be covered; other numbers are edges.
    static let solid = -1

    private struct Square: Hashable {
      let x: Int
      let y: Int
    }

    private static let side = 8.0
    private var contents: [Square: [Int]] = [:]

    private static func squares(_ frame: Placement.Frame) -> (x: ClosedRange<Int>, y: ClosedRange<Int>) {
      func range(_ start: Double, _ length: Double) -> ClosedRange<Int> {
        let first = Int((start / side).rounded(.down))
        return first...max(first, Int(((start + length) / side).rounded(.down)))
      }
      return (range(frame.x, frame.width), range(frame.y, frame.height))
    }

    mutating func add(_ content: Int, _ frame: Placement.Frame) {
      let (columns, rows) = Self.squares(frame)
      for x in columns {
        for y in rows { add(content, Square(x: x, y: y)) }
      }
    }

    mutating func add(_ edge: Int, _ curve: EdgeCurve) {
      for stretch in curve.stretches {
        let steps = max(1, Int(stretch.length / (Self.side * 0.7)))
        for step in 0...steps {
          let point = stretch.point(Double(step) / Double(steps))
          let (x, y) = ((point.x / Self.side).rounded(.down), (point.y / Self.side).rounded(.down))
          add(edge, Square(x: Int(x), y: Int(y)))
        }
      }
    }

    private mutating func add(_ content: Int, _ square: Square) {
      if contents[square]?.last != content { contents[square, default: []].append(content) }
    }

    /// How bad it is to write in `frame`: nothing in the way is 0.
    func score(_ frame: Placement.Frame, edge: Int) -> Int {
      let (columns, rows) = Self.squares(frame)
      var score = 0
      for x in columns {
        for y in rows {
          for content in contents[Square(x: x, y: y)] ?? [] where content != edge {
            score += content == Self.solid ? 100 : 1
          }
        }
      }
      return score
    }
  }
}
