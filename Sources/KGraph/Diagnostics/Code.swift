/// The code of a diagnostic, such as `K0301`. A code never changes its meaning and is never used again.
///
/// Hundreds: K00 syntax, K01 parameters and units, K02 names, K03 types, K04 topology, K05 linkage options,
/// K06 placement, K07 programs, K08 tests, K09 lints, K10 permissions. Each area declares its codes in a table of its own
/// (`Code+Syntax.swift`, `Code+Names.swift`, …), and `Code.all` lists the tables.
package struct Code: Sendable, Hashable {
  package let name: String
  /// What it is unless the user asks for something else.
  package let severity: Diagnostic.Severity
  /// One line: what is wrong.
  package let title: String
  /// A paragraph or two for `kamaelia explain`: why it is wrong and what to do.
  package let explanation: String
  /// A graph that gets exactly this code; a test runs it.
  package let example: String
  /// The files that the example imports, by their names.
  package let files: [String: String]
  /// Lines for a shell that get exactly this code, where checking the example does not: with the example in `example.kgraph`, if
  /// there is one. A test runs them.
  package let commands: String
  /// The same graph, mended.
  package let mended: String

  package init(
    _ name: String, _ severity: Diagnostic.Severity, _ title: String, _ explanation: String,
    example: String, files: [String: String] = [:], commands: String = "", mended: String = ""
  ) {
    self.name = name
    self.severity = severity
    self.title = title
    self.explanation = explanation
    self.example = example
    self.files = files
    self.commands = commands
    self.mended = mended
  }

  /// The code of an error.
  package init(
    _ name: String, _ title: String, _ explanation: String, example: String, files: [String: String] = [:],
    commands: String = "", mended: String = ""
  ) {
    self.init(name, .error, title, explanation, example: example, files: files, commands: commands, mended: mended)
  }

  package static func == (a: Code, b: Code) -> Bool { a.name == b.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
