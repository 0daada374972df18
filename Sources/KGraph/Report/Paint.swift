/// What a stretch of a report is, from which its colour follows.
package enum Paint: Sendable, Hashable {
  case plain, bold, error, warning, note, place, added, removed, faint

  init(_ severity: Diagnostic.Severity) {
    switch severity {
    case .error: self = .error
    case .warning: self = .warning
    case .note: self = .note
    }
  }

  /// The parameters of Select Graphic Rendition (ECMA-48, 8.3.117).
  private var rendition: String {
    switch self {
    case .plain: ""
    case .bold: "1"
    case .error: "1;31"
    case .warning: "1;33"
    case .note: "1;32"
    case .place: "1;34"
    case .added: "32"
    case .removed: "31"
    case .faint: "2"
    }
  }

  /// The text in this paint, or as it is where there are no colours.
  package func callAsFunction(_ text: String, isColoured: Bool) -> String {
    isColoured && self != .plain && !text.isEmpty ? "\u{1B}[\(rendition)m\(text)\u{1B}[0m" : text
  }
}

/// A line that is put together column by column, painted at the end.
struct PaintedRow {
  private var cells: [(character: Character, paint: Paint)] = []
  private var tail: [(text: String, paint: Paint)] = []

  /// Puts `character` at a column from 0; what lies between is blank.
  mutating func put(_ character: Character, at column: Int, _ paint: Paint) {
    while cells.count <= column { cells.append((" ", .plain)) }
    cells[column] = (character, paint)
  }

  /// Adds text after everything that has been put, whatever its width.
  mutating func append(_ text: String, _ paint: Paint = .plain) { tail.append((text, paint)) }

  /// Moves the end of what has been put to `column`.
  mutating func pad(to column: Int) {
    while cells.count < column { cells.append((" ", .plain)) }
  }

  /// The line without blanks at its end.
  func render(isColoured: Bool) -> String {
    var runs: [(text: String, paint: Paint)] = []
    for cell in cells {
      if let last = runs.last, last.paint == cell.paint || cell.character == " " {
        runs[runs.count - 1].text.append(cell.character)
      } else {
        runs.append((String(cell.character), cell.paint))
      }
    }
    runs += tail
    while let last = runs.last, last.text.allSatisfy({ $0 == " " }) { runs.removeLast() }
    if let last = runs.last, last.text.hasSuffix(" ") {
      runs[runs.count - 1].text = String(last.text.reversed().drop { $0 == " " }.reversed())
    }
    return runs.map { $0.paint($0.text, isColoured: isColoured) }.joined()
  }
}
