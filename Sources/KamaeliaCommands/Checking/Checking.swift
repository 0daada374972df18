import Foundation
import KGraph
import Kamaelia

extension Verb {
  /// `check [FILE|FOLDER …]` with the components of a library.
  static func check(_ library: Library) -> Verb {
    .check { invocation throws(CommandError) in
      let terminal = invocation.terminal
      if invocation.arguments.has("schema") {
        if let path = invocation.arguments.positionals.first ?? (invocation.arguments.has("e") ? "-e" : nil) {
          throw .usage("`--schema` describes the library, and `\(path)` is a graph")
        }
        try terminal.write(LibrarySchema(library).json)
        return .fine
      }
      if invocation.arguments.has("capabilities") { return try await capabilities(library, invocation) }
      let described = try invocation.arguments.value("against").map { path throws(CommandError) in try schema(path) }
      let check = try GraphCheck(described ?? library, invocation)
      let files = try GraphFiles(invocation)
      var diagnostics: [Diagnostic] = []
      var sources: [Source] = []
      let areRead = try await files.read(for: terminal) { _, source in
        for text in GraphText.all(in: source) {
          let checked = check.check(text, for: .use)
          diagnostics += checked.diagnostics
          sources += checked.sources
        }
      }
      let report = Report(diagnostics, files: Self.unique(sources))
      let format = Self.format(asked: invocation.arguments.value("format"))
      if format == .text, sources.isEmpty { return .errors }
      if format == .text {
        terminal.say(report.diagnostics.isEmpty ? report.summary + "\n" : text(report, terminal))
      } else {
        try terminal.write(report.render(format, version: Version.current))
      }
      return report.count(.error) > 0 || !areRead ? .errors : .fine
    }
  }

  /// A library that a file describes.
  private static func schema(_ path: String) throws(CommandError) -> Library {
    let source = try GraphFiles.read(path)
    do throws(LibrarySchema.Failure) {
      return try LibrarySchema(json: source.bytes).library
    } catch {
      throw .failure("`\(path)` \(error)", help: ["`kamaelia check --schema > FILE` writes one"])
    }
  }

  /// The form that is asked for; otherwise the one that fits where it is said.
  static func format(asked name: String? = nil) -> Report.Format {
    if let name, let format = Report.Format(rawValue: name) { return format }
    return ProcessInfo.processInfo.environment["GITHUB_ACTIONS"] == "true" ? .github : .text
  }

  /// What was found, for standard error.
  static func text(_ report: Report, _ terminal: Terminal) -> String {
    report.render(
      .text, isColoured: terminal.saysColoured, width: max(terminal.width, 60), version: Version.current)
  }

  /// A file that several import is one file; the graphs of a Markdown file are not.
  static func unique(_ sources: [Source]) -> [Source] {
    var seen: Set<String> = []
    return sources.filter { Markdown.isNamed($0.name) || seen.insert($0.name).inserted }
  }
}
