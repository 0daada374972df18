import KGraph
import KamaeliaRuntime

/// What came of the tests of one file.
struct TestedFile {
  let path: String
  /// Errors that keep its tests from running.
  var errors: [Diagnostic] = []
  var results: [TestResult] = []

  var passed: Int { results.count { $0.isPassed } }
  /// Tests that failed; a file with errors counts as one.
  var failed: Int { results.count - passed + (errors.isEmpty ? 0 : 1) }

  /// One suite, for machines that read JUnit's form.
  var suite: JUnitLog.Suite {
    var cases: [JUnitLog.Case] = []
    if !errors.isEmpty { cases.append(JUnitLog.Case("check", of: path, errors)) }
    cases += results.map { JUnitLog.Case($0) }
    return JUnitLog.Suite(name: path, cases: cases)
  }

  /// What came of a test: a line with a JSON object.
  static func json(of result: TestResult) -> String { JSONText.of(TestDescription(result)) + "\n" }

  /// The same for the errors that keep tests from running; nothing where there are none.
  var errorsAsJSON: String { errors.isEmpty ? "" : JSONText.of(TestDescription(path, errors)) + "\n" }
}

extension Place {
  /// From 1.
  fileprivate var line: Int { source.position(of: range.lowerBound).line }
}

extension JUnitLog.Case {
  /// A case that passes where there are no errors.
  init(_ name: String, of path: String, _ errors: [Diagnostic]) {
    let failure = errors.first.map {
      JUnitLog.Failure(kind: $0.code.name, message: $0.message, text: Report(errors).gcc())
    }
    self.init(name: name, file: path, line: errors.first?.place.line ?? 1, seconds: 0, failure: failure)
  }

  init(_ result: TestResult) {
    let diagnostics = result.diagnostics
    let failure = diagnostics.first.map { first in
      JUnitLog.Failure(
        kind: first.code.name, message: first.message,
        text: diagnostics.map { $0.text(isColoured: false, width: 100) }.joined(separator: "\n"))
    }
    self.init(
      name: result.name, file: result.place.source.name, line: result.place.line,
      seconds: Double(result.time.components.seconds) + Double(result.time.components.attoseconds) / 1e18,
      failure: failure,
      output: (result.said + [String(decoding: result.written, as: UTF8.self)]).joined(separator: "\n"))
  }
}

/// A test as other programs read it: one JSON object.
private struct TestDescription: Encodable {
  struct Failure: Encodable {
    let code: String
    let message: String
    let line: Int
    let column: Int
    let caption: String
    let helps: [String]

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.code.name
      message = diagnostic.message
      (line, column) = diagnostic.place.source.position(of: diagnostic.place.range.lowerBound)
      caption = diagnostic.caption
      helps = diagnostic.helps
    }
  }

  let file: String
  /// Nil for a file that has errors.
  let name: String?
  let line: Int?
  let isPassed: Bool
  let seed: UInt64?
  /// Of virtual time.
  let nanoseconds: Int64?
  let failures: [Failure]

  init(_ result: TestResult) {
    file = result.place.source.name
    name = result.name
    line = result.place.line
    isPassed = result.isPassed
    seed = result.seed
    let (seconds, attoseconds) = result.time.components
    nanoseconds = seconds.multipliedReportingOverflow(by: 1_000_000_000).partialValue &+ attoseconds / 1_000_000_000
    failures = result.diagnostics.map { Failure($0) }
  }

  init(_ path: String, _ errors: [Diagnostic]) {
    (file, name, line, isPassed, seed, nanoseconds) = (path, nil, nil, false, nil, nil)
    failures = errors.map { Failure($0) }
  }
}
