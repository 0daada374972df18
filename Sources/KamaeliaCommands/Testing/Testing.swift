import KGraph
import Kamaelia
import KamaeliaRuntime

extension Verb {
  /// `test [FILE|FOLDER …]` with the components of a library.
  static func test(_ library: Library) -> Verb {
    .test { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let check = try GraphCheck(library, invocation)
      let seed = try Self.seed(invocation)
      let filter = invocation.arguments.value("filter")
      var (passed, failed) = (0, 0)
      let files = try GraphFiles(invocation.arguments.positionals)
      let areRead = try await files.read(for: terminal) { path, source throws(CommandError) in
        let checked = check.check(source, for: .use)
        if checked.hasErrors {
          terminal.say(text(Report(checked.diagnostics, files: checked.sources), terminal))
          failed += 1
          return
        }
        for test in checked.tests where filter.map({ test.name.contains($0) }) ?? true {
          let result = await TestRunner(test, library: library, seed: seed).run()
          if result.diagnostics.isEmpty { passed += 1 } else { failed += 1 }
          terminal.say(text(result, in: path, terminal))
        }
      }
      terminal.say("\(passed) passed, \(failed) failed\n")
      if passed + failed == 0, let filter { throw .failure("no test has `\(filter)` in its name") }
      return failed > 0 || !areRead ? .errors : .fine
    }
  }

  private static func seed(_ invocation: Invocation) throws(CommandError) -> UInt64 {
    guard let text = invocation.arguments.value("seed") else { return 1 }
    guard let seed = UInt64(text) else {
      throw .usage("`--seed` takes a whole number of 0 or more, not `\(text)`")
    }
    return seed
  }

  /// A line for the test and, where it failed, why.
  private static func text(_ result: TestResult, in path: String, _ terminal: Terminal) -> String {
    let isColoured = terminal.saysColoured
    let isFine = result.diagnostics.isEmpty
    let mark = isFine ? Paint.note("ok    ", isColoured: isColoured) : Paint.error("FAILED", isColoured: isColoured)
    let line = "\(mark) \(path): \(DisplayWidth.printable(result.name))\n"
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
