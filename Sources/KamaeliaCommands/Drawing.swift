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
      default: try terminal.write(diagram.ascii(width: terminal.width))
      }
      return .fine
    }
  }
}
