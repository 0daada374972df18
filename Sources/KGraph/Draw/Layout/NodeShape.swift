import Kamaelia

/// The size of a node, and where its boxes and words are.
///
/// Inboxes are at the left and outboxes at the right, or above and below in a drawing downwards. Named ones have their
/// name inside the node beside them; the default one has none.
struct NodeShape {
  /// A box with its place along the side it is on.
  struct Port {
    let name: String?
    let offset: Double
  }

  let lines: [String]
  let width: Double
  let height: Double
  /// The top of the first line of the title.
  let titleTop: Double
  let inboxes: [Port]
  let outboxes: [Port]

  init(
    _ node: Diagram.Node, inboxes: [String?], outboxes: [String?], _ metrics: DrawingMetrics,
    _ direction: DrawingDirection
  ) {
    lines = node.title.flatMap { Self.lines(DisplayWidth.printable($0), to: metrics.longest) }
    let widest =
      lines.enumerated().map { index, line in
        Double(DisplayWidth.of(line)) * (index == 0 ? metrics.nameColumn : metrics.detailColumn)
      }.max() ?? 0
    let titleHeight = metrics.nameLine + metrics.detailLine * Double(lines.count - 1)
    let isNamed = (inboxes + outboxes).contains { $0 != nil }
    switch direction {
    case .right:
      let rows = max(inboxes.compactMap { $0 }.count, outboxes.compactMap { $0 }.count)
      let names = Self.widest(inboxes, metrics) + Self.widest(outboxes, metrics) + (isNamed ? metrics.boxGap : 0)
      width = max(widest, names) + 2 * metrics.padding.x
      height = titleHeight + Double(rows) * metrics.boxLine + 2 * metrics.padding.y
      titleTop = metrics.padding.y
      let middle = metrics.padding.y + titleHeight / 2
      let first = metrics.padding.y + titleHeight
      func ports(_ names: [String?]) -> [Port] {
        var row = 0.0
        return names.map { name in
          guard name != nil else { return Port(name: nil, offset: Self.snapped(middle, metrics)) }
          defer { row += 1 }
          return Port(name: name, offset: Self.snapped(first + (row + 0.5) * metrics.boxLine, metrics))
        }
      }
      self.inboxes = ports(inboxes)
      self.outboxes = ports(outboxes)
    case .down:
      let above = inboxes.contains { $0 != nil } ? metrics.boxLine : 0
      let below = outboxes.contains { $0 != nil } ? metrics.boxLine : 0
      let wanted = max(widest, Self.total(inboxes, metrics), Self.total(outboxes, metrics)) + 2 * metrics.padding.x
      width = wanted
      height = titleHeight + above + below + 2 * metrics.padding.y
      titleTop = metrics.padding.y + above
      func ports(_ names: [String?]) -> [Port] {
        // What room is left goes between the names in equal parts.
        let free = max(0, wanted - 2 * metrics.padding.x - Self.total(names, metrics)) / Double(max(1, names.count))
        var start = metrics.padding.x
        return names.map { name in
          let share = Self.share(name, metrics) + free
          defer { start += share + metrics.boxGap }
          return Port(name: name, offset: Self.snapped(start + share / 2, metrics))
        }
      }
      self.inboxes = ports(inboxes)
      self.outboxes = ports(outboxes)
    }
  }

  func inbox(_ name: String?) -> Double { inboxes.first { $0.name == name }?.offset ?? 0 }
  func outbox(_ name: String?) -> Double { outboxes.first { $0.name == name }?.offset ?? 0 }

  /// A whole unit, where lines run through the middle of a character.
  private static func snapped(_ offset: Double, _ metrics: DrawingMetrics) -> Double {
    metrics.isWhole ? offset.rounded(.down) : offset
  }

  private static func share(_ name: String?, _ metrics: DrawingMetrics) -> Double {
    max(metrics.boxColumn, Double(DisplayWidth.of(name ?? "")) * metrics.boxColumn)
  }

  private static func widest(_ names: [String?], _ metrics: DrawingMetrics) -> Double {
    names.compactMap { $0 }.map { share($0, metrics) }.max() ?? 0
  }

  private static func total(_ names: [String?], _ metrics: DrawingMetrics) -> Double {
    names.reduce(0) { $0 + share($1, metrics) } + metrics.boxGap * Double(max(0, names.count - 1))
  }

  /// A line no longer than `columns`, or two where it is the name and the value of an argument.
  private static func lines(_ line: String, to columns: Int) -> [String] {
    guard DisplayWidth.of(line) > columns, let colon = line.firstRange(of: ": "),
      line[..<colon.lowerBound].allSatisfy({ $0.isLetter || $0.isNumber })
    else { return [cut(line, to: columns)] }
    let name = line[..<line.index(after: colon.lowerBound)]
    let value = line[colon.upperBound...]
    return [cut(String(name), to: columns), cut(String(value), to: columns)]
  }

  /// A line no longer than `columns`, an ellipsis in place of its middle: the ends tell long names and paths apart.
  static func cut(_ line: String, to columns: Int) -> String {
    if DisplayWidth.of(line) <= columns { return line }
    let tail = max(0, columns - 1) / 2
    let end = String(beginning(of: line.reversed(), columns: tail).reversed())
    return String(beginning(of: line, columns: columns - 1 - tail)) + "…" + end
  }

  private static func beginning(of line: some Sequence<Character>, columns: Int) -> [Character] {
    var result: [Character] = []
    var width = 0
    for character in line {
      width += DisplayWidth.of(character)
      if width > columns { break }
      result.append(character)
    }
    return result
  }
}
