import KGraph
import Kamaelia

extension Verb {
  /// `graph FILE` with the components of a library.
  static func graph(_ library: Library) -> Verb {
    .graph { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let check = try GraphCheck(library, invocation)
      if invocation.arguments.value("format") == "fbp" {
        let (graph, diagnostics) = check.flowGraph(try GraphCheck.source(invocation))
        let errors = Report(diagnostics.filter { $0.severity == .error })
        if !errors.diagnostics.isEmpty { terminal.say(Self.text(errors, terminal)) }
        for note in graph?.notes ?? [] { terminal.say("note: \(note)\n") }
        try terminal.write(graph?.text ?? "")
        return graph == nil ? .errors : .fine
      }
      let checked = check.check(try GraphCheck.source(invocation), for: .use)
      let report = Report(checked.diagnostics.filter { $0.severity == .error }, files: checked.sources)
      guard let plan = checked.plan else {
        terminal.say(Self.text(report, terminal))
        return .errors
      }
      let format = invocation.arguments.value("format") ?? "ascii"
      let diagram = Diagram(plan, library: library, showsTypes: format == "svg")
      switch format {
      case "svg": try terminal.write(diagram.svg())
      case "dot": try terminal.write(diagram.dot())
      case "mermaid": try terminal.write(diagram.mermaid())
      default:
        let (text, obstacle) = diagram.drawing(width: terminal.width)
        if let obstacle {
          let lines = Wrap.lines(obstacle.words(width: terminal.width), width: terminal.width)
          terminal.say(lines.map { $0 + "\n" }.joined())
        }
        try terminal.write(text)
      }
      return .fine
    }
  }
}

extension Diagram.Obstacle {
  /// Why the linkages are listed, and what to do about it.
  ///
  /// - Parameter width: of the terminal, in columns.
  fileprivate func words(width: Int) -> String {
    switch self {
    case .tooMany:
      "the graph is too large to be drawn in characters, so its linkages are listed; `--format svg` draws it"
    case .tooWide(let columns):
      "the drawing needs \(columns) columns and there are \(width), so the linkages are listed; a wider terminal or "
        + "`COLUMNS=\(columns)` has room for it, and `--format svg` makes a picture"
    case .unclear:
      "drawn in characters, lines would touch or the drawing would be too high, so the linkages are listed; "
        + "`--format svg` draws the graph"
    }
  }
}
