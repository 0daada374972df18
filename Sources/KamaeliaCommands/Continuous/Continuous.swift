import KGraph
import Kamaelia

extension Verb {
  /// `ci [FILE|FOLDER …]` with the components of a library.
  static func ci(_ library: Library) -> Verb {
    .ci { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let check = try GraphCheck(library, invocation)
      let files = try GraphFiles(invocation.arguments.positionals)
      let runs = TestRuns(library, limit: try TestRuns.limit(invocation.arguments))
      var looked: [ExaminedFile] = []
      let areRead = try await files.read(for: terminal) { path, source in
        looked.append(await ExaminedFile(path, source, check, runs))
      }
      let report = Report(looked.flatMap(\.diagnostics), files: unique(looked.flatMap(\.sources)))
      switch format() {
      case .text: if !report.diagnostics.isEmpty { terminal.say(text(report, terminal) + "\n") }
      case let format: try terminal.write(report.render(format, version: Version.current))
      }
      if let path = invocation.arguments.value("sarif") {
        try await WrittenFile.put(path, report.sarif(version: Version.current))
      }
      if let path = invocation.arguments.value("junit") {
        try await WrittenFile.put(path, JUnitLog(suites: looked.map(\.suite)).text)
      }
      terminal.say(ExaminedFile.summary(of: looked))
      return report.count(.error) > 0 || !areRead ? .errors : .fine
    }
  }
}
