import KGraph
import Kamaelia
import KamaeliaIO
import KamaeliaRuntime

extension Verb {
  /// `test [FILE|FOLDER …]` with the components of a library.
  static func test(_ library: Library) -> Verb {
    .test { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let check = try GraphCheck(library, invocation)
      let runs = try TestRuns(library, invocation.arguments)
      let format = invocation.arguments.value("format") ?? "text"
      var tested: [TestedFile] = []
      let files = try GraphFiles(invocation)
      if runs.isRecording, let path = files.paths.first(where: ["-", "-e"].contains) {
        throw .usage("`--record` writes into files, and \(path == "-" ? "standard input" : "`-e`") is none")
      }
      do throws(SystemError) { try DispatchDescriptors.open() } catch { throw .failure("tests cannot start: \(error)") }
      let areRead = try await files.read(for: terminal) { path, source throws(CommandError) in
        var file = TestedFile(path: path)
        var recorded = RecordedFile(source)
        for text in GraphText.all(in: source) {
          let checked = check.check(text, for: .use)
          if checked.hasErrors {
            file.errors += checked.diagnostics.filter { $0.severity == .error }
            if format == "text" {
              terminal.say(Self.text(Report(checked.diagnostics, files: checked.sources), terminal))
            }
          }
          var results: [TestResult] = []
          for test in checked.tests where runs.takes(test) {
            let (result, trace) = await runs.run(test)
            results.append(result)
            if let trace { try terminal.write(Self.text(trace, of: result, in: path)) }
            if format == "text" { terminal.say(Self.text(result, in: path, runs, terminal)) }
            if format == "json" { try terminal.write(TestedFile.json(of: result)) }
          }
          file.results += results
          recorded.add(results, of: text)
        }
        if try await recorded.write(), format == "text" { terminal.say("recorded in \(path)\n") }
        if format == "json" { try terminal.write(file.errorsAsJSON) }
        tested.append(file)
      }
      if format == "junit" { try terminal.write(JUnitLog(suites: tested.map(\.suite)).text) }
      let (passed, failed) = tested.reduce((0, 0)) { ($0.0 + $1.passed, $0.1 + $1.failed) }
      if format == "text" { terminal.say("\(passed) passed, \(failed) failed\n") }
      if passed + failed == 0, let filter = runs.filter { throw .failure("no test has `\(filter)` in its name") }
      return failed > 0 || !areRead ? .errors : .fine
    }
  }

  /// The steps of a test, below a line that says which.
  static func text(_ trace: TestTrace, of result: TestResult, in path: String) -> String {
    let (lines, left) = trace.steps
    let end = left == 0 ? "" : "# \(left) more steps\n"
    return "# \(path): \(DisplayWidth.printable(result.name)), seed \(result.seed)\n" + lines.map { $0 + "\n" }.joined()
      + end
  }

  /// A line for the test and, where it failed, why.
  static func text(_ result: TestResult, in path: String, _ runs: TestRuns, _ terminal: Terminal) -> String {
    let isColoured = terminal.saysColoured
    let isFine = result.diagnostics.isEmpty
    let mark = isFine ? Paint.note("ok    ", isColoured: isColoured) : Paint.error("FAILED", isColoured: isColoured)
    let seeds = runs.seeds
    let order =
      seeds.count == 1
      ? ""
      : isFine
        ? " (seeds \(seeds.lowerBound) to \(seeds.upperBound))" : " (\(result.seed) is the smallest seed that does)"
    let line = "\(mark) \(path): \(DisplayWidth.printable(result.name))\(order)\n"
    let width = max(terminal.width, 60)
    return line
      + result.diagnostics.map { "\n" + $0.text(isColoured: isColoured, width: width) + "\n" }.joined()
      + (isFine ? "" : output(of: result))
  }

  /// What the graph of a failed test has written and said.
  private static func output(of result: TestResult) -> String {
    var text = ""
    if !result.written.isEmpty {
      let all = String(decoding: result.written, as: UTF8.self).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      let lines = (all.last == "" ? all.dropLast() : all[...]).suffix(longestOutput)
      let isWhole = result.lost == 0 && lines.count >= all.count - 1
      text += "\n\(isWhole ? "it wrote" : "it wrote, at last"):\n"
      text += lines.map { "  | \(DisplayWidth.printable(String($0)))\n" }.joined()
    }
    if !result.said.isEmpty {
      text += "\nit said:\n"
      text += result.said.suffix(longestOutput).map { "  | \(DisplayWidth.printable($0))\n" }.joined()
    }
    return text.isEmpty ? "" : text + "\n"
  }

  /// How many lines of a failed test's output are shown.
  private static let longestOutput = 40
}
