/// Results in the XML that most build servers read.
///
/// - Note: There is no standard; this is what `JUnitTask` of Apache Ant 1.10 writes, with the attributes `file` and `line` that
///   GitLab and pytest know.
struct JUnitLog {
  struct Failure {
    /// The code of a diagnostic.
    let kind: String
    let message: String
    let text: String
  }

  struct Case {
    let name: String
    let file: String
    /// From 1.
    let line: Int
    let seconds: Double
    /// Nil where it passed.
    let failure: Failure?
    /// What the graph wrote.
    var output = ""
  }

  struct Suite {
    let name: String
    let cases: [Case]

    var failures: Int { cases.count { $0.failure != nil } }
  }

  let suites: [Suite]

  var text: String {
    let counts =
      "tests=\"\(suites.reduce(0) { $0 + $1.cases.count })\" failures=\"\(suites.reduce(0) { $0 + $1.failures })\""
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kamaelia\" \(counts)>\n"
      + suites.map(Self.text).joined() + "</testsuites>\n"
  }

  private static func text(_ suite: Suite) -> String {
    let counts = "tests=\"\(suite.cases.count)\" failures=\"\(suite.failures)\" errors=\"0\" skipped=\"0\""
    return "  <testsuite name=\"\(quoted(suite.name))\" \(counts)>\n" + suite.cases.map(text).joined()
      + "  </testsuite>\n"
  }

  private static func text(_ test: Case) -> String {
    let place = "classname=\"\(quoted(test.file))\" file=\"\(quoted(test.file))\" line=\"\(test.line)\""
    let head = "    <testcase name=\"\(quoted(test.name))\" \(place) time=\"\(test.seconds)\""
    guard let failure = test.failure else { return head + "/>\n" }
    var text = head + ">\n      <failure type=\"\(quoted(failure.kind))\" message=\"\(quoted(failure.message))\">"
    text += quoted(failure.text) + "</failure>\n"
    if test.output.contains(where: { !$0.isNewline }) {
      text += "      <system-out>\(quoted(test.output))</system-out>\n"
    }
    return text + "    </testcase>\n"
  }

  /// - Note: XML 1.0, 2.2 "Characters": most control characters cannot be written at all.
  private static func quoted(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\n", "\t": result.unicodeScalars.append(scalar)
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
