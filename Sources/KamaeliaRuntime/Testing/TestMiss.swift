import KGraph
import Kamaelia

/// What was expected of a graph and did not happen.
struct TestMiss: Sendable {
  /// One sentence.
  let message: String
  /// Said under the step.
  var caption = ""
  /// Expected and came, line by line.
  var details: [String] = []
  /// Who waits for whom, where nothing could move.
  var waits: [Wait] = []
  var code = Code.failedTest
}

extension TestMiss {
  /// A message came that is not the expected one.
  static func other(_ box: String, expected: String, came: any Message, after count: Int, table: [String]) -> TestMiss {
    let position = count == 0 ? "first" : "message \(count + 1) of this step"
    return TestMiss(
      message: "`\(box)` sent something else than expected", caption: "\(position) is \(quote(came))",
      details: table.isEmpty ? ["expected \(expected)", "came     \(quote(came))"] : table)
  }

  /// The box closed, or nothing more came.
  static func missing(
    _ box: String, expected: [String], came: Int, isClosed: Bool, waits: [Wait], outside: [String],
    table: [String]
  ) -> TestMiss {
    let how = isClosed ? "it closed" : "nothing more came"
    return TestMiss(
      message:
        "`\(box)` did not send \(expected.count == 1 ? "a message that was" : "\(expected.count) messages that were") expected",
      caption: came == 0 ? (isClosed ? "it closed, and nothing came" : "nothing came") : "\(how) after \(came)",
      details: (table.isEmpty ? ["expected \(expected.joined(separator: ", "))"] : table) + Self.words(outside),
      waits: waits)
  }

  /// What was expected beside what came, a line each, with a mark at the first that differs; nothing for a single one.
  static func sideBySide(_ expected: [String], _ came: [any Message], wrong: Int) -> [String] {
    guard expected.count > 1 else { return [] }
    // Of many, those around the one that counts.
    let rows = max(0, wrong - 5)..<min(expected.count, wrong + 6)
    let width = min(60, rows.map { DisplayWidth.of(expected[$0]) }.max() ?? 0)
    func row(_ left: String, _ right: String) -> String {
      left + String(repeating: " ", count: max(0, max(width, 8) - DisplayWidth.of(left))) + " | " + right
    }
    var lines = [row("expected", "came")]
    if rows.lowerBound > 0 { lines.append(row("…", "…")) }
    for index in rows {
      let right = index < came.count ? quote(came[index]) : index == came.count ? "nothing" : ""
      lines.append(row(expected[index], right) + (index == wrong ? "  <-" : ""))
    }
    if rows.upperBound < expected.count { lines.append(row("…", "")) }
    return [lines.joined(separator: "\n")]
  }

  static func extra(_ box: String, _ came: [any Message], _ instead: String) -> TestMiss {
    TestMiss(
      message: "`\(box)` sent what was not expected", caption: "\(instead), but \(quote(came[0])) came",
      details: ["came \(came.prefix(5).map(quote).joined(separator: ", "))\(came.count > 5 ? ", …" : "")"])
  }

  static func stillOpen(_ box: String, waits: [Wait], outside: [String]) -> TestMiss {
    TestMiss(message: "`\(box)` did not close", caption: "it is still open", details: words(outside), waits: waits)
  }

  /// The test has used up its real time.
  ///
  /// - Parameter outside: who waits for something that is none of the graph's boxes.
  static func overdue(_ limit: Duration, outside: [String]) -> TestMiss {
    TestMiss(
      message: "the test is not over after \(Value.duration(limit)) of real time",
      caption: "this had not happened by then", details: words(outside) + [moreTime])
  }

  /// Something computes on and on, and the test cannot even end.
  ///
  /// - Parameter instance: the component that does; nil where the test itself does.
  static func heldUp(_ limit: Duration, by instance: String?) -> TestMiss {
    let subject = instance.map { "`\($0)`" } ?? "the search for a pattern"
    return TestMiss(
      message: "the test is not over after \(Value.duration(limit)) of real time",
      caption: "\(subject) computes on and on",
      details: ["a pattern with a repetition inside another one, such as `(a+)+`, may take for ever", moreTime])
  }

  private static let moreTime = "`--limit` gives each test more time"

  private static func words(_ outside: [String]) -> [String] {
    outside.map { "`\($0)` waits for something outside of the graph: a program, a file or a socket" }
  }

  static func notRecorded(_ box: String, _ came: [any Message]) -> TestMiss {
    let shown = came.prefix(5).map(quote).joined(separator: ", ")
    return TestMiss(
      message: "nothing has been recorded for `\(box)` yet",
      caption: came.isEmpty ? "nothing came" : "\(counted(came.count, "message")) came",
      details: (came.isEmpty ? [] : ["came \(shown)\(came.count > 5 ? ", …" : "")"]) + [
        "`kamaelia test --record` writes down what comes"
      ], code: .notRecorded)
  }

  static func tooManyToRecord(_ box: String) -> TestMiss {
    TestMiss(
      message: "`\(box)` sent more messages than can be recorded", caption: "more than \(TestRecording.most) came",
      details: ["let less time pass, or let the source send less"])
  }

  static func unwritable(_ box: String, _ message: any Message) -> TestMiss {
    TestMiss(
      message: "`\(box)` sent a message that cannot be written in a graph", caption: "this came: \(quote(message))",
      details: ["expect it with `matching`, or turn it into a text before"])
  }

  /// The same for what has been recorded.
  var recorded: TestMiss {
    var miss = self
    miss.details.append("if this is right now, `kamaelia test --record` writes it down")
    return miss
  }

  static let restless = TestMiss(
    message: "the graph goes on and on without time passing",
    caption: "\(SeededScheduler.mostSteps) steps did not bring it to rest")

  /// A message as one would write it in a graph, as far as it can be written.
  static func quote(_ message: any Message) -> String {
    let base = (message as? AnyMessage)?.base ?? message
    if let text = base as? String { return "\(Value.text(text))" }
    let text = base.text
    return text.count > 200 ? "\(text.prefix(200))…" : text
  }
}
