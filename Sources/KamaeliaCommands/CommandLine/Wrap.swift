import KGraph
import Kamaelia

/// Text laid out in lines of a terminal.
package enum Wrap {
  /// Breaks paragraphs at blanks so that each line takes at most `width` columns; a longer word stands by itself.
  ///
  /// Lines that begin with a blank are kept as they are, and so are empty ones.
  ///
  /// - Parameter indent: put before each line, and counted.
  package static func lines(_ text: String, width: Int, indent: String = "") -> [String] {
    let room = max(20, width - DisplayWidth.of(indent))
    return text.lines.flatMap { line in
      line.hasPrefix(" ") ? [line] : broken(line[...], room)
    }.map { $0.isEmpty ? "" : indent + $0 }
  }

  private static func broken(_ line: Substring, _ room: Int) -> [String] {
    var lines = [""]
    var column = 0
    for word in line.split(separator: " ") {
      let width = DisplayWidth.of(word)
      if column > 0, column + 1 + width > room {
        lines.append("")
        column = 0
      }
      lines[lines.count - 1] += (column > 0 ? " " : "") + word
      column += (column > 0 ? 1 : 0) + width
    }
    return lines
  }

  /// Two columns: names at the left, what they are at the right, wrapped.
  ///
  /// A name that would push the right column beyond a third of the width stands on a line of its own.
  package static func table(_ rows: [(name: String, text: String)], width: Int) -> [String] {
    let most = max(12, width / 3)
    let left = rows.map { DisplayWidth.of($0.name) }.filter { $0 <= most }.max() ?? most
    let indent = String(repeating: " ", count: left + 4)
    return rows.flatMap { name, text in
      var lines = lines(text, width: width, indent: indent)
      let used = DisplayWidth.of(name)
      if lines.allSatisfy(\.isEmpty) { return ["  " + name] }
      if used > left { return ["  " + name] + lines }
      lines[0] = "  " + name + String(repeating: " ", count: left - used + 2) + lines[0].dropFirst(indent.count)
      return lines
    }
  }
}
