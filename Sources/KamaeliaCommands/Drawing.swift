import KGraph
import Kamaelia

extension Verb {
  /// `graph FILE` with the components of a library.
  static func graph(_ library: Library) -> Verb {
    .graph { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let arguments = invocation.arguments
      let output = arguments.value("o")
      let format = try DrawingFormat.chosen(
        name: arguments.value("format"), output: output,
        graph: arguments.positionals.first.flatMap { $0 == "-" ? nil : $0 })
      let check = try GraphCheck(library, invocation)
      let source = try GraphCheck.source(invocation)
      let text = format == .fbp ? flowText(check, source, terminal) : drawing(check, source, format, terminal)
      guard let text else { return .errors }
      if let output, output != "-" {
        try await WrittenFile.put(output, text)
      } else {
        try terminal.write(text)
      }
      return .fine
    }
  }

  /// The graph for NoFlo; nil with what is wrong, which is said.
  private static func flowText(_ check: GraphCheck, _ source: Source, _ terminal: Terminal) -> String? {
    let (graph, diagnostics) = check.flowGraph(source)
    let errors = Report(diagnostics.filter { $0.severity == .error })
    if !errors.diagnostics.isEmpty { terminal.say(text(errors, terminal)) }
    for note in graph?.notes ?? [] { terminal.say("note: \(note)\n") }
    return graph?.text
  }

  /// The drawing; nil with what is wrong, which is said.
  private static func drawing(
    _ check: GraphCheck, _ source: Source, _ format: DrawingFormat, _ terminal: Terminal
  ) -> String? {
    let checked = check.check(source, for: .use)
    guard let plan = checked.plan else {
      let report = Report(checked.diagnostics.filter { $0.severity == .error }, files: checked.sources)
      terminal.say(text(report, terminal))
      return nil
    }
    let diagram = Diagram(plan, library: check.library, showsTypes: format == .svg || format == .html)
    if diagram.nodes.isEmpty {
      say("there is nothing to draw: the graph has no components outside of the graphs that it defines", terminal)
    }
    switch format {
    case .svg: return diagram.svg()
    case .html: return diagram.html()
    case .dot: return diagram.dot()
    case .mermaid: return diagram.mermaid()
    case .ascii, .fbp:
      let (text, obstacle) = diagram.drawing(width: terminal.width)
      if let obstacle { say(obstacle.words(width: terminal.width), terminal) }
      return text
    }
  }

  private static func say(_ words: String, _ terminal: Terminal) {
    terminal.say(Wrap.lines(words, width: terminal.width).map { $0 + "\n" }.joined())
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
