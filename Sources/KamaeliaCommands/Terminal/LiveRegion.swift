import KGraph
import Kamaelia

/// Lines at the end of a terminal that are drawn again in place.
///
/// Where others write to the same terminal, as a graph does on standard output, the lines are pinned to the last rows
/// and everything else scrolls above them; otherwise they just follow what was said.
struct LiveRegion {
  private enum Drawn: Equatable {
    case nothing
    /// So many lines stand above the cursor.
    case below(Int)
    /// So many of these rows are ours, at the bottom.
    case pinned(Int, rows: Int)
  }

  private var drawn = Drawn.nothing
  private var lines: [String] = []

  /// Whether so many lines can be pinned, with some left for everything else.
  static func hasRoom(_ count: Int, rows: Int) -> Bool { rows >= count + 4 }

  /// The bytes that show `lines` in place of those before; none takes them away.
  ///
  /// - Parameters:
  ///   - width: columns; a line is cut before it, since a wrapped line would be two.
  ///   - rows: of the terminal, to pin the lines; nil to let them follow.
  /// - Note: ECMA-48, 8.3.22 (CUU), 8.3.39 (ED), 8.3.41 (EL); DECSTBM, DECSC and DECRC of the VT100.
  mutating func show(_ lines: [String], width: Int, rows: Int?) -> String {
    self.lines = lines.map { Self.cut($0, to: width - 1) }
    guard let rows, Self.hasRoom(lines.count, rows: rows), !lines.isEmpty else {
      let before = clear()
      if lines.isEmpty { return before }
      drawn = .below(lines.count)
      return before + self.lines.map { $0 + "\n" }.joined()
    }
    var text = ""
    if drawn != .pinned(lines.count, rows: rows) {
      text += clear()
      // Room is made first, by scrolling if the cursor is low; setting the margins moves the cursor, hence 7 and 8.
      text += String(repeating: "\n", count: lines.count) + "\u{1B}[\(lines.count)A"
      text += "\u{1B}7\u{1B}[1;\(rows - lines.count)r\u{1B}8"
      drawn = .pinned(lines.count, rows: rows)
    }
    text += "\u{1B}7"
    for (index, line) in self.lines.enumerated() {
      text += "\u{1B}[\(rows - lines.count + 1 + index);1H\u{1B}[2K\(line)"
    }
    return text + "\u{1B}8"
  }

  /// The bytes that write `text`, which ends its lines, above the live ones.
  mutating func saying(_ text: String) -> String {
    guard case .below(let count) = drawn else { return text }
    let before = clear()
    drawn = .below(count)
    return before + text + lines.map { $0 + "\n" }.joined()
  }

  private mutating func clear() -> String {
    defer { drawn = .nothing }
    switch drawn {
    case .nothing: return ""
    case .below(let count): return "\r\u{1B}[\(count)A\u{1B}[J"
    case .pinned(let count, let rows): return "\u{1B}7\u{1B}[r\u{1B}[\(rows - count + 1);1H\u{1B}[J\u{1B}8"
    }
  }

  /// Cuts a line that may be painted; the paint is ended with it.
  static func cut(_ line: String, to width: Int) -> String {
    var result = ""
    var column = 0
    var isControl = false
    for character in line {
      if isControl {
        result.append(character)
        isControl = !character.isLetter
      } else if character == "\u{1B}" {
        result.append(character)
        isControl = true
      } else {
        column += DisplayWidth.of(character)
        guard column <= width else { return result + (result.contains("\u{1B}") ? "\u{1B}[0m" : "") }
        result.append(character)
      }
    }
    return result
  }
}
