/// One line of a source, and the rows of marks and words under it.
struct MarkedLine {
  private typealias Mark = Snippet.Mark

  /// From 1.
  private let number: Int
  private let shown: ShownLine
  /// Columns before the source: one for each bar, and a blank.
  private let indent: Int
  /// Bars that come from an earlier line or begin at this line's first word.
  private var bars: [Mark]
  private let begun: [Mark]
  private let within: [(mark: Mark, columns: Range<Int>)]
  private let starts: [Mark]
  private let ends: [Mark]

  init(_ source: Source, line: Int, marks: [Snippet.Mark], bars count: Int, room: Int) {
    number = source.number(ofLine: line)
    let here = marks.filter { $0.lines.contains(line) }
    let wholeLine = source.bytesOfLine(line)
    let visible = here.compactMap { mark -> Range<Int>? in
      if mark.bar == nil { return mark.range }
      if mark.lines.lowerBound == line { return mark.range.lowerBound..<mark.range.lowerBound }
      return mark.lines.upperBound == line ? mark.range.upperBound..<mark.range.upperBound : nil
    }
    let shown = ShownLine(
      source, line: line, marks: visible.map { Self.clamp($0, to: wholeLine) }, room: room)
    self.shown = shown
    indent = count > 0 ? count + 1 : 0
    within = here.filter { $0.bar == nil }.map { ($0, shown.columns(of: Self.clamp($0.range, to: wholeLine))) }
    let starting = here.filter { $0.bar != nil && $0.lines.lowerBound == line }
    begun = starting.filter { shown.isIndent(before: $0.range.lowerBound) }
    starts = starting.filter { !shown.isIndent(before: $0.range.lowerBound) }
    ends = here.filter { $0.bar != nil && $0.lines.upperBound == line }
      .sorted { $0.range.upperBound < $1.range.upperBound }
    bars = here.filter { $0.bar != nil && $0.lines.lowerBound < line }
  }

  private static func clamp(_ range: Range<Int>, to line: Range<Int>) -> Range<Int> {
    let start = min(max(range.lowerBound, line.lowerBound), line.upperBound)
    return start..<min(max(range.upperBound, start), line.upperBound)
  }

  /// The source line and all that stands under it.
  func rows(_ gutter: Gutter) -> [String] {
    var active = bars
    var first = blank(active)
    for mark in begun { first.put("/", at: mark.bar ?? 0, mark.paint) }
    if !shown.text.allSatisfy({ $0 == " " }) {
      first.pad(to: indent)
      first.append(shown.text)
    }
    var rows = [(number: Int?.some(number), first)]
    active += begun
    rows += marksWithin(active).map { (nil, $0) }
    for mark in ends {
      active.removeAll { $0.bar == mark.bar }
      rows.append((nil, end(mark, active)))
    }
    for mark in starts {
      rows.append((nil, start(mark, active)))
      active.append(mark)
    }
    return rows.map { number, row in
      let text = row.render(isColoured: gutter.isColoured)
      return text.isEmpty ? gutter.row(number) : gutter.row(number) + " " + text
    }
  }

  private func blank(_ active: [Mark]) -> PaintedRow {
    var row = PaintedRow()
    for mark in active { row.put("|", at: mark.bar ?? 0, mark.paint) }
    return row
  }

  /// `|____^ text`.
  private func end(_ mark: Mark, _ active: [Mark]) -> PaintedRow {
    let bar = mark.bar ?? 0
    let column = max(shown.columns(of: mark.range.upperBound - 1..<mark.range.upperBound).lowerBound, 0) + indent
    var row = PaintedRow()
    row.put("|", at: bar, mark.paint)
    for blank in bar + 1..<max(bar + 1, column) { row.put("_", at: blank, mark.paint) }
    for other in active { row.put("|", at: other.bar ?? 0, other.paint) }
    row.put(mark.isPrimary ? "^" : "-", at: column, mark.paint)
    if !mark.text.isEmpty { row.append(" " + mark.text, mark.paint) }
    return row
  }

  /// ` ____^`, from which the bar goes down.
  private func start(_ mark: Mark, _ active: [Mark]) -> PaintedRow {
    let bar = mark.bar ?? 0
    let column = shown.columns(of: mark.range.lowerBound..<mark.range.lowerBound).lowerBound + indent
    var row = PaintedRow()
    for blank in bar + 1..<max(bar + 1, column) { row.put("_", at: blank, mark.paint) }
    for other in active { row.put("|", at: other.bar ?? 0, other.paint) }
    row.put(mark.isPrimary ? "^" : "-", at: column, mark.paint)
    return row
  }

  /// The underlines, the rightmost label beside them, and the other labels below, each on its own row.
  private func marksWithin(_ active: [Mark]) -> [PaintedRow] {
    guard !within.isEmpty else { return [] }
    var row = blank(active)
    for (mark, columns) in within.sorted(by: { !$0.mark.isPrimary && $1.mark.isPrimary }) {
      for column in columns.lowerBound..<max(columns.upperBound, columns.lowerBound + 1) {
        row.put(mark.isPrimary ? "^" : "-", at: column + indent, mark.paint)
      }
    }
    var hanging = within.filter { !$0.mark.text.isEmpty }
      .sorted { ($0.columns.lowerBound, $0.columns.upperBound) > ($1.columns.lowerBound, $1.columns.upperBound) }
    if let last = hanging.first, isAlone(last) {
      row.append(" " + last.mark.text, last.mark.paint)
      hanging.removeFirst()
    }
    var rows = [row]
    guard !hanging.isEmpty else { return rows }
    rows.append(connectors(hanging, active))
    while !hanging.isEmpty {
      let (mark, columns) = hanging.removeFirst()
      var row = connectors(hanging.filter { $0.columns.lowerBound < columns.lowerBound }, active)
      row.pad(to: columns.lowerBound + indent)
      row.append(mark.text, mark.paint)
      rows.append(row)
    }
    return rows
  }

  /// Whether no other mark reaches to the right of where this one begins.
  private func isAlone(_ last: (mark: Mark, columns: Range<Int>)) -> Bool {
    within.filter {
      $0.columns.upperBound > last.columns.lowerBound || $0.columns.lowerBound >= last.columns.lowerBound
    }
    .count == 1
  }

  private func connectors(_ hanging: [(mark: Mark, columns: Range<Int>)], _ active: [Mark]) -> PaintedRow {
    var row = blank(active)
    for (mark, columns) in hanging { row.put("|", at: columns.lowerBound + indent, mark.paint) }
    return row
  }
}
