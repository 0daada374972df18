import Kamaelia

/// A fix as people see it: what it does, and the lines before and after where the words do not say it all.
struct FixPreview {
  /// The lines that the edits of one file touch.
  private struct Change {
    let source: Source
    let lines: ClosedRange<Int>
    let after: Source

    /// The lines that go, and those of `after` that come; lines that stay at either end are in neither.
    var removed: Range<Int> { lines.lowerBound + same.before..<lines.upperBound + 1 - same.behind }
    var added: Range<Int> { same.before..<after.lineStarts.count - same.behind }

    private var same: (before: Int, behind: Int) {
      let old = lines.map { source.lineText($0) }
      let new = after.lineStarts.indices.map { after.lineText($0) }
      let before = zip(old, new).prefix { $0 == $1 }.count
      let behind = zip(old.dropFirst(before).reversed(), new.dropFirst(before).reversed()).prefix { $0 == $1 }.count
      return (before, behind)
    }
  }

  private let fix: Diagnostic.Fix
  private let changes: [Change]

  /// The greatest line number shown, from 1; 0 if no lines are.
  var lastLine: Int {
    changes.map { change in
      change.source.number(
        ofLine: max(change.lines.upperBound, change.lines.lowerBound + change.after.lineStarts.count - 1))
    }.max() ?? 0
  }

  init(_ fix: Diagnostic.Fix) {
    self.fix = fix
    var sources: [Source] = []
    for edit in fix.edits where !sources.contains(where: { $0 === edit.place.source }) {
      sources.append(edit.place.source)
    }
    changes =
      Self.isSaid(fix)
      ? []
      : sources.compactMap { source in
        Self.change(source, fix.edits.filter { $0.place.source === source })
      }
  }

  /// Whether the title has the new text word for word.
  private static func isSaid(_ fix: Diagnostic.Fix) -> Bool {
    guard fix.edits.count == 1, let edit = fix.edits.first else { return fix.edits.isEmpty }
    let words = edit.replacement.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    return !words.isEmpty && !words.contains { $0.isNewline } && fix.title.contains("`\(String(words))`")
  }

  /// Nil where the edits overlap or touch more lines than are worth showing.
  private static func change(_ source: Source, _ edits: [Diagnostic.Fix.Edit]) -> Change? {
    let sorted = edits.map { (range: $0.place.range.clamped(to: 0..<source.bytes.count), text: $0.replacement) }
      .sorted { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    guard let first = sorted.first?.range.lowerBound, let last = sorted.last?.range.upperBound else { return nil }
    let lines = source.line(of: first)...source.line(of: last)
    guard lines.count <= 6 else { return nil }
    var offset = source.bytesOfLine(lines.lowerBound).lowerBound
    let end = source.bytesOfLine(lines.upperBound).upperBound
    guard end - offset < 4000 else { return nil }
    var after = ""
    for edit in sorted {
      guard edit.range.lowerBound >= offset else { return nil }
      after += source.text(offset..<edit.range.lowerBound) + edit.text
      offset = edit.range.upperBound
    }
    let result = Source(name: source.name, text: after + source.text(offset..<max(offset, end)))
    return result.lineStarts.count <= 12 ? Change(source: source, lines: lines, after: result) : nil
  }

  func rows(_ gutter: Gutter, room: Int) -> [String] {
    var rows = gutter.remark("help", fix.title)
    for change in changes {
      if changes.count > 1 {
        rows.append(gutter.arrow(":::", DisplayWidth.printable(change.source.name)))
      }
      rows.append(gutter.blank)
      rows += change.removed.map {
        row(change.source, $0, number: change.source.number(ofLine: $0), "-", .removed, gutter, room)
      }
      rows += change.added.map {
        row(
          change.after, $0, number: change.source.number(ofLine: change.lines.lowerBound + $0), "+", .added, gutter,
          room)
      }
    }
    return rows
  }

  private func row(
    _ source: Source, _ line: Int, number: Int, _ sign: Character, _ paint: Paint, _ gutter: Gutter, _ room: Int
  ) -> String {
    let shown = ShownLine(source, line: line, marks: [], room: room).text
    let text = String(shown.reversed().drop { $0 == " " }.reversed())
    return gutter.row(number, sign) + (text.isEmpty ? "" : " " + paint(text, isColoured: gutter.isColoured))
  }
}
