import Kamaelia

/// A text with places where it may be broken into lines.
///
/// - Note: P. Wadler, "A prettier printer", 1998; the printer is C. Lindig's strict one, "Strictly Pretty", 2000.
indirect enum Layout {
  case text(String)
  /// A space, or the end of a line.
  case line
  /// Nothing, or the end of a line.
  case edge
  /// Only where the group around it is broken.
  case whenBroken(String)
  /// A space and parts that are not broken, or the parts on the next line where they do not fit on this one.
  case filled([Layout])
  /// A comment: the line ends after it, and before it as well unless it trails.
  case comment(String, isTrailing: Bool)
  /// Parts that are broken together, or not at all.
  case group([Layout])
  /// Parts whose lines begin four columns further right.
  case indented([Layout])
}

/// A line of the result.
struct FormattedLine {
  /// Columns.
  var indentation: Int
  var text: String
  var comment: String?

  var isBlank: Bool { text.isEmpty && comment == nil }
  var width: Int { indentation + DisplayWidth.of(text) }
}

/// Breaks a layout into lines of at most `limit` columns, where that is possible.
struct LayoutPrinter {
  static let limit = 100
  static let step = 4

  private struct Task {
    let indentation: Int
    let isBroken: Bool
    let layout: Layout
  }

  private(set) var lines: [FormattedLine] = []
  private var line: FormattedLine
  private var column: Int
  /// True after a comment, which runs to the end of its line.
  private var mustBreak = false

  /// - Parameter prefix: what stands on the first line already.
  init(indentation: Int, prefix: String) {
    line = FormattedLine(indentation: indentation, text: prefix)
    column = line.width
  }

  mutating func print(_ layout: Layout) {
    var tasks = [Task(indentation: line.indentation, isBroken: true, layout: layout)]
    while let task = tasks.popLast() {
      switch task.layout {
      case .text(let text): write(text, task.indentation)
      case .line: if task.isBroken { breakLine(task.indentation) } else { write(" ", task.indentation) }
      case .edge: if task.isBroken { breakLine(task.indentation) }
      case .whenBroken(let text): if task.isBroken { write(text, task.indentation) }
      case .filled(let parts):
        if task.isBroken, !fits([.text(" ")] + parts, areBroken: true, then: []) {
          breakLine(task.indentation)
        } else {
          write(" ", task.indentation)
        }
        tasks += parts.reversed().map { Task(indentation: task.indentation, isBroken: task.isBroken, layout: $0) }
      case .comment(let text, let isTrailing): comment(text, isTrailing: isTrailing, task.indentation)
      case .indented(let parts):
        let indentation = task.indentation + Self.step
        tasks += parts.reversed().map { Task(indentation: indentation, isBroken: task.isBroken, layout: $0) }
      case .group(let parts):
        let isFlat = fits(parts, areBroken: false, then: tasks)
        tasks += parts.reversed().map { Task(indentation: task.indentation, isBroken: !isFlat, layout: $0) }
      }
    }
    lines.append(line)
  }

  private mutating func write(_ text: String, _ indentation: Int) {
    if mustBreak { breakLine(indentation) }
    if line.text.isEmpty, text == " " { return }
    line.text += text
    column += DisplayWidth.of(text)
  }

  private mutating func breakLine(_ indentation: Int) {
    mustBreak = false
    if !line.isBlank { lines.append(line) }
    line = FormattedLine(indentation: indentation, text: "")
    column = indentation
  }

  private mutating func comment(_ text: String, isTrailing: Bool, _ indentation: Int) {
    if mustBreak || (!isTrailing && !line.isBlank) { breakLine(indentation) }
    if line.text.isEmpty { line.text = text } else { line.comment = text }
    mustBreak = true
  }

  /// True if `parts` fit on the line, together with what follows them up to the next possible end of a line: a group
  /// that follows may be broken if need be.
  ///
  /// - Parameter areBroken: whether a line may end inside them.
  private func fits(_ parts: [Layout], areBroken: Bool, then rest: [Task]) -> Bool {
    var room = Self.limit - column
    var pending = parts.reversed().map { ($0, isBroken: areBroken, isRest: false) }
    var next = rest.count
    while room >= 0 {
      guard let (layout, isBroken, isRest) = pending.popLast() else {
        guard next > 0 else { return true }
        next -= 1
        pending.append((rest[next].layout, rest[next].isBroken, true))
        continue
      }
      switch layout {
      case .text(let text): room -= DisplayWidth.of(text)
      case .line:
        if isBroken { return true }
        room -= 1
      case .edge: if isBroken { return true }
      case .whenBroken(let text): if isBroken { room -= DisplayWidth.of(text) }
      case .comment: return isBroken
      case .filled(let parts):
        if isBroken { return true }
        room -= 1
        pending += parts.reversed().map { ($0, false, isRest) }
      case .group(let parts): pending += parts.reversed().map { ($0, isRest && isBroken, isRest) }
      case .indented(let parts): pending += parts.reversed().map { ($0, isBroken, isRest) }
      }
    }
    return false
  }
}
