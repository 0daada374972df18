import Kamaelia

extension Diagram {
  /// A picture that stands by itself, for light and dark pages.
  ///
  /// Arrows point to the right, or downwards where the picture would become much wider than it is high.
  package func svg() -> String {
    let right = SVGDrawing(self, .right)
    let isWide = right.placement.width > 1200 && right.placement.width > 3 * right.placement.height
    guard isWide else { return right.render() }
    let down = SVGDrawing(self, .down)
    return down.placement.width < right.placement.width ? down.render() : right.render()
  }
}

/// A diagram laid out and ready to be written as SVG.
struct SVGDrawing {
  /// Around everything.
  private static let margin = 24.0

  let diagram: Diagram
  let placement: Placement

  init(_ diagram: Diagram, _ direction: DrawingDirection) {
    self.diagram = diagram
    let labels = diagram.edges.map { edge in
      edge.label.isEmpty ? 0 : direction == .right ? EdgeLabels.width(edge.label) + 26 : 22
    }
    placement = Placing<Never>.place(diagram, .picture, direction, labels: labels) { passages in
      let steepest = passages.map { abs($0.to - $0.from) }.max() ?? 0
      let label = passages.map(\.label).max() ?? 0
      let width = max(direction == .right ? 46 : 38, label) + min(70, steepest * 0.1)
      return LayeredGraph.Gap(width: width, corners: passages.map { _ in [] })
    }
  }

  func render() -> String {
    let curves = placement.ways.map { EdgeCurve($0, placement.direction) }
    let labels = EdgeLabels(diagram, placement, curves)
    let bounds = bounds(curves, labels)
    let box = [bounds.x, bounds.y, bounds.width, bounds.height].map(\.brief).joined(separator: " ")
    let size = "width=\"\(bounds.width.brief)\" height=\"\(bounds.height.brief)\" viewBox=\"\(box)\""
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) role=\"img\">",
      "<title>\(Self.escaped(diagram.title))</title>",
      "<style>\n\(SVGStyle.sheet)</style>",
      "<rect class=\"page\" \(Self.attributes(bounds)) rx=\"10\"/>",
    ]
    lines += groupOrder().map { index in
      let dashes = diagram.groups[index].kind == .made ? " stroke-dasharray=\"6 4\"" : ""
      return "<rect class=\"frame\" \(Self.attributes(placement.groups[index])) rx=\"12\"\(dashes)/>"
    }
    lines += diagram.edges.indices.map { edge($0, curves[$0]) }
    lines += diagram.groups.indices.map(frameTitle)
    lines += diagram.nodes.indices.map(node)
    for (words, frame) in labels.placed {
      lines.append("<rect class=\"behind\" \(Self.attributes(frame)) rx=\"4\"/>")
      lines.append(Self.text("label", frame.x + frame.width / 2, frame.y + 11, "middle", words))
    }
    return (lines + ["</svg>"]).map { $0 + "\n" }.joined()
  }

  /// All that is drawn, and a margin.
  private func bounds(_ curves: [EdgeCurve], _ labels: EdgeLabels) -> Placement.Frame {
    let points = curves.flatMap { curve in curve.stretches.flatMap { [$0.point(0), $0.point(0.5), $0.point(1)] } }
    let frames = labels.placed.map(\.frame)
    let left = min(0, points.map(\.x).min() ?? 0, frames.map(\.x).min() ?? 0) - Self.margin
    let top = min(0, points.map(\.y).min() ?? 0, frames.map(\.y).min() ?? 0) - Self.margin
    let right = max(placement.width, points.map(\.x).max() ?? 0, frames.map { $0.x + $0.width }.max() ?? 0)
    let bottom = max(placement.height, points.map(\.y).max() ?? 0, frames.map { $0.y + $0.height }.max() ?? 0)
    return .init(x: left, y: top, width: right + Self.margin - left, height: bottom + Self.margin - top)
  }

  /// Outer frames before those inside them.
  private func groupOrder() -> [Int] {
    diagram.groups.indices.sorted { a, b in
      let (first, second) = (placement.groups[a], placement.groups[b])
      return (first.width * first.height, b) > (second.width * second.height, a)
    }
  }

  /// The title, over the edges that may pass behind it.
  private func frameTitle(_ index: Int) -> String {
    let frame = placement.groups[index]
    let title = NodeShape.cut(diagram.groups[index].title, to: DrawingMetrics.picture.longestTitle)
    return Self.text("frame-title", frame.x + 14, frame.y + 19, "start", title)
  }

  private func edge(_ index: Int, _ curve: EdgeCurve) -> String {
    let edge = diagram.edges[index]
    var classes = ["edge"]
    if edge.style != .plain { classes.append(edge.style.rawValue) }
    if placement.isBack[index] { classes.append("back") }
    let (x, y) = curve.end
    let head =
      placement.direction == .right
      ? "M\(x.brief),\(y.brief)l-8,-4 1.5,4 -1.5,4z" : "M\(x.brief),\(y.brief)l-4,-8 4,1.5 4,-1.5z"
    let words = Self.escaped(Self.describe(edge))
    let headClass = placement.isBack[index] ? "back-head" : "head"
    return """
      <g><title>\(words)</title><path class="\(classes.joined(separator: " "))" d="\(curve.path)"/>\
      <path class="\(headClass)" d="\(head)"/></g>
      """
  }

  private static func describe(_ edge: Diagram.Edge) -> String {
    let from = edge.from.node + (edge.from.box.map { "." + $0 } ?? "")
    let to = edge.to.node + (edge.to.box.map { "." + $0 } ?? "")
    return "\(from) -> \(to)" + (edge.label.isEmpty ? "" : ": \(edge.label)")
  }

  private func node(_ index: Int) -> String {
    let node = diagram.nodes[index]
    let frame = placement.nodes[index]
    let shape = placement.shapes[index]
    var text = "<g class=\"\(node.kind.rawValue)\"><title>\(Self.escaped(node.title.joined(separator: "\n")))</title>"
    text += outline(node.kind, frame)
    var top = frame.y + shape.titleTop
    for (number, line) in shape.lines.enumerated() {
      let baseline = top + (number == 0 ? 13.5 : 11.5)
      text += Self.text(number == 0 ? "name" : "detail", frame.x + frame.width / 2, baseline, "middle", line)
      top += number == 0 ? DrawingMetrics.picture.nameLine : DrawingMetrics.picture.detailLine
    }
    for port in shape.inboxes where port.name != nil { text += pin(port, frame, isInbox: true) }
    for port in shape.outboxes where port.name != nil { text += pin(port, frame, isInbox: false) }
    return text + "</g>"
  }

  /// The name of a box, and a pin on the edge.
  private func pin(_ port: NodeShape.Port, _ frame: Placement.Frame, isInbox: Bool) -> String {
    let name = port.name ?? ""
    switch placement.direction {
    case .right:
      let x = isInbox ? frame.x : frame.x + frame.width
      let y = frame.y + port.offset
      return "<circle class=\"pin\" cx=\"\(x.brief)\" cy=\"\(y.brief)\" r=\"2.6\"/>"
        + Self.text("box", isInbox ? x + 8 : x - 8, y + 3.5, isInbox ? "start" : "end", name)
    case .down:
      let x = frame.x + port.offset
      let y = isInbox ? frame.y : frame.y + frame.height
      return "<circle class=\"pin\" cx=\"\(x.brief)\" cy=\"\(y.brief)\" r=\"2.6\"/>"
        + Self.text("box", x, isInbox ? y + 14 : y - 8, "middle", name)
    }
  }

  private func outline(_ kind: Diagram.Kind, _ frame: Placement.Frame) -> String {
    let rect = Self.attributes(frame)
    switch kind {
    case .component: return "<rect class=\"shape\" \(rect) rx=\"7\"/>"
    case .command: return "<rect class=\"shape\" \(rect) rx=\"1.5\"/>"
    case .graph:
      var inner = frame
      (inner.x, inner.y) = (frame.x + 3, frame.y + 3)
      (inner.width, inner.height) = (frame.width - 6, frame.height - 6)
      return "<rect class=\"shape\" \(rect) rx=\"8\"/><rect class=\"shape\" \(Self.attributes(inner)) rx=\"5\"/>"
    case .backplane, .selfBox:
      return "<rect class=\"shape\" \(rect) rx=\"\(min(18, frame.height / 2, frame.width / 2).brief)\"/>"
    case .literal:
      let (right, fold) = (frame.x + frame.width, 9.0)
      return """
        <path class="shape" d="M\(frame.x.brief),\(frame.y.brief)H\((right - fold).brief)l\(fold.brief),\(fold.brief)\
        V\((frame.y + frame.height).brief)H\(frame.x.brief)zM\((right - fold).brief),\(frame.y.brief)v\(fold.brief)\
        h\(fold.brief)"/>
        """
    }
  }

  private static func attributes(_ frame: Placement.Frame) -> String {
    "x=\"\(frame.x.brief)\" y=\"\(frame.y.brief)\" width=\"\(frame.width.brief)\" height=\"\(frame.height.brief)\""
  }

  private static func text(_ style: String, _ x: Double, _ y: Double, _ anchor: String, _ words: String) -> String {
    "<text class=\"\(style)\" x=\"\(x.brief)\" y=\"\(y.brief)\" text-anchor=\"\(anchor)\">\(escaped(words))</text>"
  }

  /// - Note: XML 1.0, 2.2 and 2.4: most control characters may not occur at all.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n": result += "\n"
      default: result += DisplayWidth.printable(character)
      }
    }
    return result
  }
}
