import KGraph
import Kamaelia

extension Verb {
  /// `check --capabilities [FILE|FOLDER …]`: what graphs need of the machine.
  static func capabilities(_ library: Library, _ invocation: Invocation) async throws(CommandError) -> ExitStatus {
    let terminal = invocation.terminal
    let format = invocation.arguments.value("format") ?? "text"
    guard format == "text" || format == "json" else {
      throw .usage("`--capabilities` is written as `text` or `json`, not as `\(format)`")
    }
    guard !invocation.arguments.has("against") else {
      throw .usage("`--capabilities` asks components, which a file that describes a library does not have")
    }
    let check = try GraphCheck(library, invocation)
    let files = try GraphFiles(invocation)
    var diagnostics: [Diagnostic] = []
    var sources: [Source] = []
    var needs: [GraphNeed] = []
    let areRead = try await files.read(for: terminal) { _, source in
      for text in GraphText.all(in: source) {
        let checked = check.check(text, for: .use)
        diagnostics += checked.diagnostics.filter { $0.severity == .error }
        sources += checked.sources
        needs += checked.needs
      }
    }
    let report = Report(diagnostics, files: unique(sources))
    if !diagnostics.isEmpty { terminal.say(text(report, terminal)) }
    try terminal.write(format == "json" ? json(needs) : lines(needs))
    return diagnostics.isEmpty && areRead ? .fine : .errors
  }

  private static func lines(_ needs: [GraphNeed]) -> String {
    let rows = needs.map { (words: $0.capability.description, place: $0.place.description) }
    let width = rows.map { DisplayWidth.of($0.words) }.max() ?? 0
    return rows.map { row in
      row.words + String(repeating: " ", count: width - DisplayWidth.of(row.words) + 2) + row.place + "\n"
    }.joined()
  }

  private struct Line: Encodable {
    let capability: String
    let component: String
    let file: String
    let line: Int
    let column: Int
  }

  /// One object a line.
  private static func json(_ needs: [GraphNeed]) -> String {
    needs.map { need in
      let position = need.place.source.position(of: need.place.range.lowerBound)
      return JSONText.of(
        Line(
          capability: need.capability.description, component: need.component, file: need.place.source.name,
          line: position.line, column: position.column)) + "\n"
    }.joined()
  }
}
