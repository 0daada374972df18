import Kamaelia

extension Report {
  /// The form of GCC, which editors know: `file:line:column: error: message [K0301]`, then its labels and help as
  /// notes.
  ///
  /// - Note: GNU Coding Standards, 4.4 "Formatting Error Messages".
  package func gcc() -> String {
    var lines: [String] = []
    for diagnostic in diagnostics {
      let severity = diagnostic.severity.rawValue
      lines.append("\(diagnostic.place): \(severity): \(diagnostic.message) [\(diagnostic.code.name)]")
      if !diagnostic.caption.isEmpty { lines.append("\(diagnostic.place): note: \(diagnostic.caption)") }
      for label in diagnostic.labels where !label.text.isEmpty { lines.append("\(label.place): note: \(label.text)") }
      for help in diagnostic.helps + diagnostic.fixes.map(\.title) {
        lines.append("\(diagnostic.place): note: \(help)")
      }
    }
    return lines.map { line in
      let words = line.split(whereSeparator: \.isNewline).joined(separator: " ")
      return DisplayWidth.printable(words) + "\n"
    }.joined()
  }

  /// Workflow commands, of which GitHub makes annotations in the changed files.
  ///
  /// - Note: GitHub Docs, "Workflow commands for GitHub Actions", and `toolkit/packages/core/src/command.ts` for
  ///   what is escaped. Columns are left out where the place has several lines, since GitHub would not show it.
  package func github() -> String {
    diagnostics.map { diagnostic in
      let place = ReportPlace(diagnostic.place, columnsIn: .utf16)
      var properties = [("file", place.file), ("line", "\(place.line)"), ("endLine", "\(place.endLine)")]
      if place.line == place.endLine {
        properties += [("col", "\(place.column)"), ("endColumn", "\(max(place.column, place.endColumn - 1))")]
      }
      properties.append(("title", "\(diagnostic.code.name): \(diagnostic.code.title)"))
      let command = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
      let list = properties.map { "\($0)=\(Self.escaped($1, isProperty: true))" }.joined(separator: ",")
      return "::\(command) \(list)::\(Self.escaped(diagnostic.paragraph, isProperty: false))\n"
    }.joined()
  }

  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Diagnostic {
  /// Everything that is said, a line each, for forms that have one text.
  var paragraph: String {
    var lines = [message]
    if !caption.isEmpty { lines.append("\(place): \(caption)") }
    lines += labels.filter { !$0.text.isEmpty }.map { "\($0.place): \($0.text)" }
    lines += (helps + fixes.map(\.title)).map { "help: \($0)" }
    return lines.joined(separator: "\n")
  }
}
