import KGraph
import Kamaelia
import KamaeliaRuntime

/// How tests are to be run, as the options of a command line ask for.
struct TestRuns {
  let library: Library
  /// What must be in the name of a test.
  let filter: String?
  /// The orders to try, until one breaks an expectation.
  let seeds: ClosedRange<UInt64>
  /// How much real time each test has.
  let limit: Duration
  /// Whether to take down what comes where something is recorded.
  var isRecording = false
  /// Whether to take down each step.
  var isTraced = false

  init(
    _ library: Library, filter: String? = nil, seeds: ClosedRange<UInt64> = 1...1,
    limit: Duration = TestRunner.usualLimit
  ) {
    self.library = library
    self.limit = limit
    self.filter = filter
    self.seeds = seeds
  }

  /// - Throws: ``CommandError/usage(_:help:)`` for a seed or a number of them that is none.
  init(_ library: Library, _ arguments: Arguments) throws(CommandError) {
    self.library = library
    filter = arguments.value("filter")
    let first = try Self.number(arguments, "seed", atLeast: 0) ?? 1
    let count = try Self.number(arguments, "seeds", atLeast: 1) ?? 1
    let (last, isTooLarge) = first.addingReportingOverflow(count - 1)
    if isTooLarge { throw .usage("there are no \(count) seeds from \(first) on") }
    seeds = first...last
    limit = try Self.limit(arguments)
    isRecording = arguments.has("record")
    isTraced = arguments.has("trace")
    if isTraced, arguments.value("format") ?? "text" != "text" { throw .usage("`--trace` goes with `--format text`") }
    if isRecording, count > 1 { throw .usage("`--record` writes down what one order leads to, not `--seeds \(count)`") }
  }

  /// How much real time each test has.
  static func limit(_ arguments: Arguments) throws(CommandError) -> Duration {
    guard let limit = try Verb.duration(arguments.value("limit"), "limit") else { return TestRunner.usualLimit }
    if limit <= .zero { throw .usage("`--limit` takes a time that is more than nothing") }
    return limit
  }

  private static func number(
    _ arguments: Arguments, _ name: String, atLeast least: UInt64
  ) throws(CommandError) -> UInt64? {
    guard let text = arguments.value(name) else { return nil }
    guard let number = UInt64(text), number >= least else {
      throw .usage("`--\(name)` takes a whole number of \(least) or more, not `\(text)`")
    }
    return number
  }

  /// Whether a test is to be run.
  func takes(_ test: CheckedTest) -> Bool { filter.map { test.name.contains($0) } ?? true }

  /// Runs a test with one seed after the other.
  ///
  /// - Returns: what came of the smallest seed with which it fails; of the last where it never does. With its steps, where they
  ///   are taken down.
  func run(_ test: CheckedTest) async -> (result: TestResult, trace: TestTrace?) {
    var seed = seeds.lowerBound
    while true {
      let trace = isTraced ? TestTrace() : nil
      let runner = TestRunner(
        test, library: library, seed: seed, limit: limit, isRecording: isRecording, trace: trace)
      let result = await runner.run()
      if !result.isPassed || seed == seeds.upperBound { return (result, trace) }
      seed += 1
    }
  }
}
