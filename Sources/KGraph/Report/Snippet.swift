import Kamaelia

/// The lines of one file that a diagnostic is about, with what is said under them.
struct Snippet {
  /// What is marked, and what is said of it.
  struct Mark {
    let range: Range<Int>
    let lines: ClosedRange<Int>
    let text: String
    let isPrimary: Bool
    let paint: Paint
    /// The bar that a mark over several lines has at the left; nil within one line.
    var bar: Int?
  }

  /// Where the arrow above the lines points.
  let place: Place
  private var marks: [Mark] = []

  private var source: Source { place.source }
  /// The greatest line number shown, from 1.
  var lastLine: Int { source.number(ofLine: marks.map(\.lines.upperBound).max() ?? 0) }

  init(_ place: Place) { self.place = place }

  mutating func add(_ place: Place, text: String, isPrimary: Bool, severity: Diagnostic.Severity) {
    let range = place.range.clamped(to: 0..<source.bytes.count)
    let first = source.line(of: range.lowerBound)
    // A range that takes the line's end with it does not reach into the next line.
    let last = range.isEmpty ? first : max(first, source.line(of: range.upperBound - 1))
    marks.append(
      Mark(
        range: range, lines: first...last, text: DisplayWidth.printable(text), isPrimary: isPrimary,
        paint: isPrimary ? Paint(severity) : .place))
  }

  /// All rows below the arrow, gutter included.
  func rows(_ gutter: Gutter, room: Int) -> [String] {
    let marks = withBars()
    let bars = (marks.compactMap(\.bar).max() ?? -1) + 1
    let shown = shownLines(marks)
    var rows: [String] = []
    var previous: Int?
    for line in shown {
      if let previous, line > previous + 1 { rows.append(gap(marks, after: previous, gutter, bars)) }
      previous = line
      let here = MarkedLine(source, line: line, marks: marks, bars: bars, room: room - (bars > 0 ? bars + 1 : 0))
      rows += here.rows(gutter)
    }
    return rows
  }

  /// First and last line of every mark, all of a short one, and single lines between that would cost as much to leave
  /// out.
  private func shownLines(_ marks: [Mark]) -> [Int] {
    var lines: Set<Int> = []
    for mark in marks {
      if mark.lines.count <= 6 { lines.formUnion(mark.lines) }
      lines.insert(mark.lines.lowerBound)
      lines.insert(mark.lines.upperBound)
    }
    let sorted = lines.sorted()
    for (line, next) in zip(sorted, sorted.dropFirst()) where next == line + 2 { lines.insert(line + 1) }
    return lines.sorted()
  }

  /// `...`, with the bars that go on past it.
  private func gap(_ marks: [Mark], after line: Int, _ gutter: Gutter, _ bars: Int) -> String {
    var row = PaintedRow()
    for column in 0..<3 { row.put(".", at: column, .place) }
    for mark in marks {
      if let bar = mark.bar, mark.lines.lowerBound <= line, mark.lines.upperBound > line {
        row.put("|", at: gutter.digits + 3 + bar, mark.paint)
      }
    }
    return row.render(isColoured: gutter.isColoured)
  }

  /// Gives each mark over several lines the leftmost bar that is free over all its lines.
  private func withBars() -> [Mark] {
    var result = marks.sorted {
      ($0.lines.lowerBound, -$0.lines.upperBound, $0.range.lowerBound)
        < ($1.lines.lowerBound, -$1.lines.upperBound, $1.range.lowerBound)
    }
    for index in result.indices where result[index].lines.count > 1 {
      let taken = Set(result[..<index].filter { $0.lines.overlaps(result[index].lines) }.compactMap(\.bar))
      result[index].bar = (0...taken.count).first { !taken.contains($0) }
    }
    return result
  }
}
