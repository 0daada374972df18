import Foundation
import KGraph
import Kamaelia

extension Verb {
  /// `check [FILE|FOLDER …]` with the components of a library.
  static func check(_ library: Library) -> Verb {
    .check { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let check = try GraphCheck(library, invocation)
      let files = try GraphFiles(invocation.arguments.positionals)
      var diagnostics: [Diagnostic] = []
      var sources: [Source] = []
      let areRead = try await files.read(for: terminal) { _, source in
        let checked = check.check(source, for: .use)
        diagnostics += checked.diagnostics
        sources += checked.sources
      }
      let report = Report(diagnostics, files: Self.unique(sources))
      let format = Self.format(invocation)
      if format == .text, sources.isEmpty { return .errors }
      if format == .text {
        terminal.say(report.diagnostics.isEmpty ? report.summary + "\n" : text(report, terminal))
      } else {
        try terminal.write(report.render(format, version: Version.current))
      }
      return report.count(.error) > 0 || !areRead ? .errors : .fine
    }
  }

  private static func format(_ invocation: Invocation) -> Report.Format {
    if let name = invocation.arguments.value("format"), let format = Report.Format(rawValue: name) { return format }
    return ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true" ? .github : .text
  }

  /// What was found, for standard error.
  static func text(_ report: Report, _ terminal: Terminal) -> String {
    report.render(
      .text, isColoured: terminal.saysColoured, width: max(terminal.width, 60), version: Version.current)
  }

  /// A file that several import is one file.
  private static func unique(_ sources: [Source]) -> [Source] {
    var seen: Set<String> = []
    return sources.filter { seen.insert($0.name).inserted }
  }
}
