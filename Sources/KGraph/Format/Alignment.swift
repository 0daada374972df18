import Kamaelia

/// A statement of a body, a step of a test, or a case of its table.
enum Entry {
  case statement(Statement)
  case step(TestStep)
  case row(TestCase)

  var place: Place {
    switch self {
    case .statement(let statement): statement.place
    case .step(let step): step.place
    case .row(let row): row.place
    }
  }

  /// The first word, and the class of lines whose first words are made equally wide.
  fileprivate var first: (kind: Kind, width: Int)? {
    switch self {
    case .statement(.instance(let node)): (.instance, DisplayWidth.of(node.name.text))
    case .statement(.box(let node)): (.box, node.direction.rawValue.count)
    case .step(.send): (.step, 4)
    case .step(.close): (.step, 5)
    case .step(.expect): (.step, 6)
    case .step(.advance), .step(.replace): (.step, 0)
    default: nil
    }
  }

  fileprivate enum Kind { case instance, box, step }
}

/// What stands below each other in neighbouring lines.
enum Alignment {
  /// How wide the first word of each entry is to be, so that what follows stands below each other in a row of
  /// neighbours of one kind; 0 for no matter.
  static func firstWidths(_ entries: [Entry], _ isNeighbour: (Entry, Entry) -> Bool) -> [Int] {
    var widths: [Int] = []
    var start = 0
    while start < entries.count {
      var end = start + 1
      while end < entries.count, let kind = entries[start].first?.kind, entries[end].first?.kind == kind,
        isNeighbour(entries[end - 1], entries[end])
      {
        end += 1
      }
      let row = entries[start..<end].map { $0.first?.width ?? 0 }
      let widest = row.max() ?? 0
      widths += row.map { $0 == 0 ? 0 : widest }
      start = end
    }
    return widths
  }

  /// The lines of neighbouring cases, what they are made of standing below each other.
  ///
  /// - Parameters:
  ///   - cells: what each entry is made of; nothing for one that has its own form.
  ///   - areNeighbours: whether the entry of that number and the next one are.
  /// - Returns: a line for each entry; nil for those whose lines would be too long, and for those that have no cells.
  static func columns(_ cells: [[String]], indentation: Int, areNeighbours: (Int) -> Bool) -> [String?] {
    var lines: [String?] = []
    while lines.count < cells.count {
      let start = lines.count
      var end = start + 1
      while end < cells.count, cells[end].count == cells[start].count, !cells[start].isEmpty, areNeighbours(end - 1) {
        end += 1
      }
      let widths = cells[start].indices.map { column in
        cells[start..<end].map { DisplayWidth.of($0[column]) }.max() ?? 0
      }
      let isTooWide = indentation + widths.reduce(widths.count - 1, +) > LayoutPrinter.limit
      for row in cells[start..<end] {
        let line = zip(row, widths).map { $0.padded(to: $1) }.joined(separator: " ").trimmingTrailingBlanks
        lines.append(row.isEmpty || isTooWide ? nil : line)
      }
    }
    return lines
  }

  /// Moves the comments that follow something on their line two columns behind the widest such line, in each run of
  /// lines without a blank one and of equal depth.
  static func alignComments(_ lines: inout [FormattedLine]) {
    var start = 0
    while start < lines.count {
      var end = start
      var column = 0
      let indentation = lines[start].indentation
      while end < lines.count, !lines[end].isBlank, lines[end].indentation == indentation {
        if lines[end].comment != nil { column = max(column, lines[end].width + 2) }
        end += 1
      }
      for index in start..<end where lines[index].comment != nil {
        lines[index].text = lines[index].text.padded(to: column - lines[index].indentation)
      }
      start = max(end, start + 1)
    }
  }
}

extension FormattedLine {
  /// The line with its indentation and its comment.
  var written: String {
    isBlank ? "" : String(repeating: " ", count: indentation) + text + (comment ?? "")
  }
}
