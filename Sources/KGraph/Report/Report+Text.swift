import Kamaelia

extension Report {
  /// The form that people read: each diagnostic with the lines it is about, a blank line between, the summary last.
  ///
  /// - Parameter width: columns that source lines are cut to, at least 40.
  package func text(isColoured: Bool, width: Int = 140) -> String {
    guard let worst = diagnostics.map(\.severity).min(by: { $0.rank < $1.rank }) else { return "" }
    let blocks = diagnostics.map { $0.text(isColoured: isColoured, width: width) + "\n" }
    return blocks.joined() + Paint(worst)(summary, isColoured: isColoured) + "\n"
  }
}

extension Diagnostic.Severity {
  fileprivate var rank: Int {
    switch self {
    case .error: 0
    case .warning: 1
    case .note: 2
    }
  }
}

extension Diagnostic {
  /// The message, the lines it points at, and the help, each line ended.
  ///
  ///     error[K0301]: these boxes carry different types
  ///       --> fleet.kgraph:22:14
  ///        |
  ///     22 | camera -> detect
  ///        | ------    ^^^^^^ inbox takes Video(format: rgb)
  ///        | |
  ///        | carries Video(format: yuv420)
  ///        |
  ///        = help: put a converter between them: camera -> ConvertVideo(format: rgb) -> detect
  package func text(isColoured: Bool, width: Int = 140) -> String {
    let files = snippets()
    let changes = fixes.map { FixPreview($0) }
    let digits = String((files.map(\.lastLine) + changes.map(\.lastLine)).max() ?? 1).count
    let gutter = Gutter(digits: digits, isColoured: isColoured)
    var lines = heading(isColoured: isColoured)
    for (index, file) in files.enumerated() {
      lines.append(gutter.arrow(index == 0 ? "-->" : ":::", DisplayWidth.printable(file.place.description)))
      lines.append(gutter.blank)
      lines += file.rows(gutter, room: max(40, width) - digits - 3)
      if index + 1 < files.count { lines.append(gutter.blank) }
    }
    if !helps.isEmpty || !changes.isEmpty { lines.append(gutter.blank) }
    for help in helps { lines += gutter.remark("help", help) }
    for change in changes { lines += change.rows(gutter, room: max(40, width) - digits - 3) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func heading(isColoured: Bool) -> [String] {
    let name = Paint(severity)("\(severity.rawValue)[\(code.name)]", isColoured: isColoured)
    let words = message.lines.map { DisplayWidth.printable($0) }
    let first = name + Paint.bold(": \(words.first ?? "")", isColoured: isColoured)
    return [first] + words.dropFirst().map { Paint.bold("  " + $0, isColoured: isColoured) }
  }

  /// The places by file: the file of the diagnostic itself first, then as the labels name them.
  private func snippets() -> [Snippet] {
    var files = [Snippet(place)]
    files[0].add(place, text: caption, isPrimary: true, severity: severity)
    for label in labels {
      let known = files.firstIndex { $0.place.source === label.place.source }
      if known == nil { files.append(Snippet(label.place)) }
      files[known ?? files.count - 1].add(label.place, text: label.text, isPrimary: false, severity: severity)
    }
    return files
  }
}

/// The column of line numbers left of a source.
struct Gutter {
  /// Digits of the greatest line number.
  let digits: Int
  let isColoured: Bool

  var blank: String { row(nil) }

  /// The gutter beside a line, with its number from 1 or none.
  func row(_ line: Int?, _ sign: Character = "|") -> String {
    let number = line.map(String.init) ?? ""
    let padding = String(repeating: " ", count: digits - number.count)
    return Paint.place("\(padding)\(number) \(sign)", isColoured: isColoured)
  }

  func arrow(_ arrow: String, _ place: String) -> String {
    String(repeating: " ", count: digits) + Paint.place(arrow, isColoured: isColoured) + " " + place
  }

  /// `= help: …`; further lines of the text stand under its first.
  func remark(_ kind: String, _ text: String) -> [String] {
    let lines = text.lines.map { DisplayWidth.printable($0) }
    let indent = String(repeating: " ", count: digits + 1)
    let first = indent + Paint.place("=", isColoured: isColoured) + " " + Paint.bold(kind, isColoured: isColoured)
    let hang = indent + String(repeating: " ", count: kind.count + 4)
    return ["\(first): \(lines.first ?? "")"] + lines.dropFirst().map { $0.isEmpty ? "" : hang + $0 }
  }
}
