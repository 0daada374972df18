import KGraph
import Kamaelia
import KamaeliaRuntime

/// A file that was checked, held against how it is to be written, and tested.
struct ExaminedFile {
  let path: String
  /// Graphs that were checked.
  private(set) var graphs = 0
  /// What the check found.
  private(set) var findings: [Diagnostic] = []
  /// Where it would be written differently.
  private(set) var difference: Diagnostic?
  private(set) var results: [TestResult] = []
  /// All files that were read.
  private(set) var sources: [Source] = []

  init(_ path: String, _ source: Source, _ check: GraphCheck, _ runs: TestRuns) async {
    self.path = path
    for text in GraphText.all(in: source) {
      let checked = check.check(text, for: .use)
      graphs += 1
      findings += checked.diagnostics
      sources += checked.sources
      for test in checked.tests where runs.takes(test) { results.append(await runs.run(test).result) }
    }
    difference = FormattedFile(source).difference
  }

  /// All that is wrong.
  var diagnostics: [Diagnostic] { findings + (difference.map { [$0] } ?? []) + results.flatMap(\.diagnostics) }

  /// A case for the check, one for the way it is written, and one a test.
  var suite: JUnitLog.Suite {
    JUnitLog.Suite(
      name: path,
      cases: [
        JUnitLog.Case("check", of: path, findings.filter { $0.severity == .error }),
        JUnitLog.Case("fmt", of: path, difference.map { [$0] } ?? []),
      ] + results.map { JUnitLog.Case($0) })
  }

  /// A line each for the check, the way the files are written, and the tests.
  static func summary(of files: [ExaminedFile]) -> String {
    let findings = files.flatMap(\.findings)
    let graphs = files.reduce(0) { $0 + $1.graphs }
    let different = files.count { $0.difference != nil }
    let results = files.flatMap(\.results)
    let passed = results.count { $0.isPassed }
    func count(_ severity: Diagnostic.Severity) -> String {
      let count = findings.count { $0.severity == severity }
      return counted(count, severity.rawValue)
    }
    return """
      check  \(counted(graphs, "graph")): \(count(.error)), \(count(.warning))
      fmt    \(counted(files.count, "file")): \(different) would be written differently
      test   \(counted(results.count, "test")): \(passed) passed, \(results.count - passed) failed

      """
  }
}
