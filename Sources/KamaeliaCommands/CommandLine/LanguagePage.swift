import KGraph
import Kamaelia

/// The language of graphs on a page, for a terminal.
struct LanguagePage {
  let width: Int
  let isColoured: Bool

  var text: String {
    var lines: [String] = []
    var paragraph: [String] = []
    var rows: [(name: String, text: String)] = []
    var isCode = false
    func finish() {
      if !paragraph.isEmpty { lines += Wrap.lines(paragraph.joined(separator: " "), width: width) }
      if !rows.isEmpty { lines += Wrap.table(rows, width: width) }
      paragraph = []
      rows = []
    }
    for line in Self.markdown.lines {
      if line.hasPrefix("```") {
        finish()
        isCode.toggle()
      } else if isCode {
        lines.append(line.isEmpty ? "" : "    " + line)
      } else if line.hasPrefix("#") {
        lines.append(Paint.bold(String(line.drop { $0 == "#" || $0 == " " }), isColoured: isColoured))
      } else if line.hasPrefix("|") {
        let cells = line.split(separator: "|").map { $0.trimmingPrefix { $0 == " " } }
        // The heading of a table, and the rule below it, are for pages.
        guard cells.count == 2, cells[0].hasPrefix("`") else { continue }
        rows.append((String(cells[0].filter { $0 != "`" }.reversed().drop { $0 == " " }.reversed()), String(cells[1])))
      } else if line.isEmpty {
        finish()
        lines.append("")
      } else {
        paragraph.append(line)
      }
    }
    finish()
    return lines.map { $0 + "\n" }.joined()
  }
}
