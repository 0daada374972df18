import Kamaelia

extension Diagram {
  /// Why there is a list in place of a drawing in characters.
  package enum Obstacle: Sendable, Hashable {
    /// More than 60 boxes or 120 arrows.
    case tooMany
    /// It would take that many columns.
    case tooWide(columns: Int)
    /// Lines would touch, or it would be more than 300 lines high.
    case unclear
  }

  /// A drawing in characters, or the list of linkages where it would not fit or not be clear.
  ///
  /// - Parameter width: columns; arrows point to the right if that fits, else downwards.
  package func ascii(width: Int = 80) -> String { drawing(width: width).text }

  /// The same, and why it is the list; nil where it is a drawing.
  ///
  /// Graphs that components make are drawn within the graph if that fits, else below it.
  package func drawing(width: Int) -> (text: String, obstacle: Obstacle?) {
    let sections = sections(columns: width - 6)
    if sections.count > 1, isSmall, let whole = CharacterDrawing.fitting(self, width, CharacterDrawing.Form.wide).text {
      return (whole, nil)
    }
    var texts: [String] = []
    for section in sections {
      guard section.isSmall else { return (list(), .tooMany) }
      let (text, needed) = CharacterDrawing.fitting(section, width, CharacterDrawing.Form.all(width))
      guard let text else { return (list(), needed.map { .tooWide(columns: $0) } ?? .unclear) }
      texts.append(text)
    }
    return (texts.joined(separator: "\n"), nil)
  }

  private var isSmall: Bool { nodes.count <= 60 && edges.count <= 120 }
}

/// A diagram drawn in characters.
struct CharacterDrawing {
  private let diagram: Diagram
  private let placement: Placement
  /// Columns that a line in a box may have.
  private let longest: Int
  private var canvas: CharacterCanvas
  /// Labels that found no place on their edge.
  private var legend: [String] = []

  /// How a diagram is laid out.
  struct Form {
    let direction: DrawingDirection
    /// Columns that a line in a box may have.
    var longest = DrawingMetrics.characters.longest
    /// Columns that boxes side by side may have; nil for any number.
    var limit: Int?

    /// As each box and each line would like to stand.
    static let wide = [Form(direction: .right), Form(direction: .down)]

    /// All forms, the best first: to the right, downwards, then ever narrower ones.
    static func all(_ width: Int) -> [Form] {
      let shares = [(28, 1.0), (20, 1.0), (28, 0.75), (20, 0.75), (28, 0.5), (16, 0.75), (20, 0.5), (16, 0.5), (20, 0)]
      return wide
        + (shares + [(16, 0), (12, 0)]).map { longest, share in
          Form(direction: .down, longest: longest, limit: Int(Double(width) * share))
        }
    }
  }

  /// The first of some forms that is no wider than `width`, or else a width at which one is; nil where none is clear.
  static func fitting(_ diagram: Diagram, _ width: Int, _ forms: [Form]) -> (text: String?, needed: Int?) {
    var needed: Int?
    for form in forms {
      guard let (text, columns) = draw(diagram, form, width) else { continue }
      if columns <= width { return (text, columns) }
      // Others are laid out otherwise where there is more room, and need not fit then.
      if form.limit == nil || form.limit == 0 { needed = min(needed ?? columns, columns) }
    }
    return (nil, needed)
  }

  /// The drawing and the columns that it takes; nil if it is too high, or lines would touch.
  private static func draw(_ diagram: Diagram, _ form: Form, _ width: Int) -> (text: String, columns: Int)? {
    let direction = form.direction
    let labels = diagram.edges.map { edge in
      edge.label.isEmpty ? 0 : direction == .right ? Double(DisplayWidth.of(DisplayWidth.printable(edge.label))) + 2 : 1
    }
    var metrics = DrawingMetrics.characters
    metrics.page = Double(width)
    metrics.longest = form.longest
    metrics.longestTitle = min(metrics.longestTitle, max(1, width - 6))
    metrics.limit = form.limit.map { Double($0) }
    do {
      let placement = try Placing<GapRouter.Blocked>.place(diagram, metrics, direction, labels: labels) {
        passages throws(GapRouter.Blocked) in try GapRouter.route(passages, stub: direction == .right ? 1 : 0)
      }
      guard placement.height <= 300 else { return nil }
      var drawing = CharacterDrawing(diagram, placement, longest: form.longest)
      return (try drawing.text(), Int(placement.width))
    } catch {
      return nil
    }
  }

  private init(_ diagram: Diagram, _ placement: Placement, longest: Int) {
    self.diagram = diagram
    self.longest = longest
    self.placement = placement
    canvas = CharacterCanvas(width: Int(placement.width), height: Int(placement.height))
  }

  private mutating func text() throws(CharacterCanvas.Muddle) -> String {
    for frame in placement.groups { add(frame) }
    for index in diagram.nodes.indices { add(node: index) }
    let ways = placement.ways.map { cells($0) }
    for (index, way) in ways.enumerated() { add(way, index) }
    for (index, way) in ways.enumerated() where !diagram.edges[index].label.isEmpty { addLabel(way, index) }
    for (index, frame) in placement.groups.enumerated() { addTitle(diagram.groups[index].title, frame) }
    for way in ways {
      if let (x, y) = way.last { canvas.put(placement.direction == .right ? "▶" : "▼", x, y) }
    }
    let edges = diagram.edges
    let text = try canvas.text(
      areOne: { edges[$0].from == edges[$1].from || edges[$0].to == edges[$1].to }, style: { edges[$0].style })
    return text + legend.map { Self.broken($0, max(20, Int(placement.width))) }.joined()
  }

  /// A line of the legend, which goes on indented behind a blank where it would be too long.
  private static func broken(_ line: String, _ width: Int) -> String {
    var lines: [String] = []
    for word in line.split(whereSeparator: \.isWhitespace) {
      if let last = lines.last, DisplayWidth.of(last) + 1 + DisplayWidth.of(String(word)) <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(lines.isEmpty ? String(word) : "  " + word)
      }
    }
    return lines.map { NodeShape.cut($0, to: width) + "\n" }.joined()
  }

  /// The characters that an edge passes, from beside its first node to beside its last.
  private func cells(_ way: [Placement.Point]) -> [(x: Int, y: Int)] {
    guard let first = way.first, let last = way.last else { return [] }
    let isRight = placement.direction == .right
    var cells = [(x: Int(first.x), y: Int(first.y))]
    let end = isRight ? (x: Int(last.x) - 1, y: Int(last.y)) : (x: Int(last.x), y: Int(last.y) - 1)
    for target in Self.corners(of: way) + [end] {
      while let last = cells.last, last != target {
        cells.append((last.x + (target.x - last.x).signum(), last.y + (target.y - last.y).signum()))
      }
    }
    return cells
  }

  /// The points at which a way turns. Those on a straight stretch lie between two characters, not on one.
  private static func corners(of way: [Placement.Point]) -> [(x: Int, y: Int)] {
    var points: [(x: Int, y: Int)] = []
    for point in way {
      let next = (x: Int(point.x), y: Int(point.y))
      if let last = points.last, last == next { continue }
      if points.count > 1 {
        let (a, b) = (points[points.count - 2], points[points.count - 1])
        if (a.x == b.x && b.x == next.x) || (a.y == b.y && b.y == next.y) { points.removeLast() }
      }
      points.append(next)
    }
    return Array(points.dropFirst().dropLast())
  }

  private mutating func add(_ way: [(x: Int, y: Int)], _ edge: Int) {
    guard let first = way.first else { return }
    canvas.addLine(placement.direction == .right ? .left : .up, edge, first.x, first.y)
    for (a, b) in zip(way, way.dropFirst()) {
      let sides: (CharacterCanvas.Sides, CharacterCanvas.Sides) =
        b.x > a.x ? (.right, .left) : b.x < a.x ? (.left, .right) : b.y > a.y ? (.down, .up) : (.up, .down)
      canvas.addLine(sides.0, edge, a.x, a.y)
      canvas.addLine(sides.1, edge, b.x, b.y)
    }
    if let last = way.last { canvas.addLine(placement.direction == .right ? .right : .down, edge, last.x, last.y) }
  }

  /// Writes a label on a straight stretch that is the edge's alone, or beside one that goes down, or else below the
  /// drawing.
  private mutating func addLabel(_ way: [(x: Int, y: Int)], _ index: Int) {
    let label = NodeShape.cut(DisplayWidth.printable(diagram.edges[index].label), to: longest)
    let width = DisplayWidth.of(label)
    var runs: [(x: Int, y: Int, length: Int)] = []
    for (x, y) in way.dropFirst().dropLast() where canvas.edges(x, y) == [index] {
      if let run = runs.last, run.y == y, run.x + run.length == x {
        runs[runs.count - 1].length += 1
      } else {
        runs.append((x, y, 1))
      }
    }
    // Corners at both ends stay, and a piece of the line.
    if let run = runs.max(by: { $0.length < $1.length }), run.length >= width + 2 {
      canvas.put(label, run.x + (run.length - width) / 2, run.y)
      return
    }
    let middle = way.indices.sorted { abs(2 * $0 - way.count) < abs(2 * $1 - way.count) }
    for place in middle where canvas.edges(way[place].x, way[place].y) == [index] {
      let (x, y) = way[place]
      if (x + 1...x + width + 1).allSatisfy({ canvas.isBlank($0, y) }) {
        canvas.put(label, x + 2, y)
        return
      }
    }
    legend.append(diagram.line(of: diagram.edges[index]))
  }

  private mutating func add(_ frame: Placement.Frame) {
    let (x, y, right, bottom) = corners(frame)
    border(x, y, right, bottom, "┌┐└┘┄┆")
  }

  /// Writes a title into the frame's upper edge, or the lower one, where no line passes.
  private mutating func addTitle(_ title: String, _ frame: Placement.Frame) {
    let (x, y, right, bottom) = corners(frame)
    let text = " " + NodeShape.cut(DisplayWidth.printable(title), to: max(1, right - x - 5)) + " "
    let width = DisplayWidth.of(text)
    for row in [y, bottom] {
      for column in x + 2..<max(x + 3, right - width) {
        if (column..<column + width).contains(where: { !canvas.edges($0, row).isEmpty }) { continue }
        canvas.put(text, column, row)
        return
      }
    }
    canvas.put(text, x + 2, y)
  }

  private mutating func add(node index: Int) {
    let shape = placement.shapes[index]
    let (x, y, right, bottom) = corners(placement.nodes[index])
    border(x, y, right, bottom, Self.border(diagram.nodes[index].kind))
    for (line, text) in shape.lines.enumerated() {
      let space = right - x - 1 - DisplayWidth.of(text)
      canvas.put(text, x + 1 + space / 2, y + Int(shape.titleTop) + line)
    }
    for (ports, isInbox) in [(shape.inboxes, true), (shape.outboxes, false)] {
      for port in ports {
        guard let name = port.name else { continue }
        let width = DisplayWidth.of(name)
        if placement.direction == .right {
          canvas.put(name, isInbox ? x + 2 : right - 1 - width, y + Int(port.offset))
        } else {
          canvas.put(name, x + Int(port.offset) - width / 2, isInbox ? y + 1 : bottom - 1)
        }
      }
    }
  }

  private func corners(_ frame: Placement.Frame) -> (x: Int, y: Int, right: Int, bottom: Int) {
    let (x, y) = (Int(frame.x), Int(frame.y))
    return (x, y, x + Int(frame.width) - 1, y + Int(frame.height) - 1)
  }

  /// - Parameter characters: the four corners, then the level and the upright line.
  private mutating func border(_ x: Int, _ y: Int, _ right: Int, _ bottom: Int, _ characters: String) {
    let signs = Array(characters)
    for column in x...right {
      canvas.put(signs[4], column, y)
      canvas.put(signs[4], column, bottom)
    }
    for row in y...bottom {
      canvas.put(signs[5], x, row)
      canvas.put(signs[5], right, row)
    }
    for (sign, place) in zip(signs, [(x, y), (right, y), (x, bottom), (right, bottom)]) {
      canvas.put(sign, place.0, place.1)
    }
  }

  private static func border(_ kind: Diagram.Kind) -> String {
    switch kind {
    case .component: "┌┐└┘─│"
    case .command: "┏┓┗┛━┃"
    case .graph: "╔╗╚╝═║"
    case .backplane, .selfBox: "╭╮╰╯─│"
    case .literal: "┌┐└┘╌╎"
    }
  }
}
