import Dispatch
import KGraph
import Kamaelia
import KamaeliaIO

/// Runs a test of a graph file, under virtual time and with a scheduler whose order a seed decides.
///
/// The steps run one after the other. `send` and `close` hand over at once, without letting the graph run; an expectation
/// lets it run until it holds, until it cannot hold any more, or until its time is over. Programs, files and sockets are
/// waited for in real time: as long as `within` says, a second where time is advanced or nothing is expected, and until the
/// test's real time is over otherwise.
package struct TestRunner: Sendable {
  private let test: CheckedTest
  private let library: Library
  private let seed: UInt64
  private let limit: Duration
  private let isRecording: Bool
  private let trace: TestTrace?

  /// How much real time a test has where nobody says otherwise.
  package static let usualLimit = Duration.seconds(10)
  /// How much real time a test has to end its graph.
  private static let grace = Duration.seconds(6)

  /// - Parameters:
  ///   - seed: the same seed gives the same run.
  ///   - limit: how much real time the test has; one that takes longer fails, whatever keeps it.
  ///   - isRecording: whether to take down what comes where a recording stands, instead of comparing it.
  ///   - trace: takes down each step, if that is wanted.
  package init(
    _ test: CheckedTest, library: Library, seed: UInt64 = 1, limit: Duration = usualLimit, isRecording: Bool = false,
    trace: TestTrace? = nil
  ) {
    self.isRecording = isRecording
    self.trace = trace
    self.test = test
    self.library = library
    self.seed = seed
    self.limit = limit
  }

  /// Runs all steps, or those up to the first that fails.
  ///
  /// What computes on without an end is left to itself, on a thread of its own.
  package func run() async -> TestResult {
    await withUnsafeContinuation { continuation in
      let course = TestCourse(continuation)
      Task.detached(executorPreference: TestThread()) { course.end(with: await runSteps(course)) }
      Self.watch.asyncAfter(deadline: .now() + (limit + .seconds(1)).dispatch) {
        if let progress = course.progress { return course.end(with: heldUp(progress)) }
        Self.watch.asyncAfter(deadline: .now() + Self.grace.dispatch) { course.endUnended() }
      }
    }
  }

  private static let watch = DispatchQueue(label: "kamaelia.tests.watch")

  private func runSteps(_ course: TestCourse) async -> TestResult {
    let scheduler = SeededScheduler(seed: seed)
    // Whatever runs the test has something to say on the same streams.
    let output = HeldOutput()
    let surroundings = Surroundings(library: library, seeded: scheduler, journal: Journal(holding: output))
    let bed: TestBed
    do { bed = try TestBed(test.plan, in: surroundings) } catch {
      return result([Diagnostic(.failedTest, "the graph of `\(test.name)` cannot be made: \(error)", at: test.place)])
    }
    if let trace {
      scheduler.afterEachStep { [clock = scheduler.clock, network = bed.network] instance in
        trace.add(instance.name, at: clock.now, network.counters())
      }
    }
    bed.start()
    let bench = TestBench(bed: bed, scheduler: scheduler, limit: limit, isRecording: isRecording)
    var diagnostics: [Diagnostic] = []
    for step in test.steps {
      course.begin(step, scheduler)
      guard let miss = await bench.run(step) else { continue }
      diagnostics.append(diagnostic(miss, at: step, helps: bench.lastMessages, scheduler))
      break
    }
    diagnostics += bench.failures.map(diagnostic)
    scheduler.afterEachStep(nil)
    // What a failed test has seen is not worth keeping.
    let recordings = diagnostics.isEmpty ? bench.recordings : []
    var said: [Journal.Entry] = []
    func outcome() -> TestResult {
      said += surroundings.journal.take().entries
      return result(diagnostics, recordings, said, output, scheduler.clock.now - .start)
    }
    course.isEnding(with: outcome())
    await bench.end(within: Self.grace)
    return outcome()
  }

  private func heldUp(_ progress: TestCourse.Progress) -> TestResult {
    let miss = TestMiss.heldUp(limit, by: progress.scheduler.running?.name)
    return result([diagnostic(miss, at: progress.step, helps: [], progress.scheduler)])
  }

  private func result(
    _ diagnostics: [Diagnostic], _ recordings: [TestRecording] = [], _ said: [Journal.Entry] = [],
    _ output: HeldOutput = HeldOutput(),
    _ time: Duration = .zero
  ) -> TestResult {
    TestResult(
      name: test.name, place: test.place, seed: seed, diagnostics: diagnostics,
      said: said.map { $0.instance.isEmpty ? $0.text : "\($0.instance): \($0.text)" },
      written: output.written.bytes, lost: output.written.lost, time: time, recordings: recordings)
  }

  // MARK: Words

  private func diagnostic(
    _ miss: TestMiss, at step: CheckedStep, helps lines: [String], _ scheduler: SeededScheduler
  ) -> Diagnostic {
    var helps = miss.details
    for line in lines where !helps.contains(line) { helps.append(line) }
    helps += miss.waits.map(\.description)
    helps.append("at \(Value.duration(scheduler.clock.now - .start)) of virtual time; `--seed \(seed)` repeats it")
    return Diagnostic(
      miss.code, miss.message, at: step.place, caption: miss.caption,
      labels: [Diagnostic.Label(test.place, "in this test")], helps: helps)
  }

  private func diagnostic(_ failure: Failure) -> Diagnostic {
    Diagnostic(
      .failedTest, "`\(failure.instance)` (\(failure.component)) failed in the test `\(test.name)`: \(failure.message)",
      at: failure.place, labels: [Diagnostic.Label(test.place, "in this test")], helps: ["`--seed \(seed)` repeats it"])
  }
}

/// What came of running a test.
package struct TestResult: Sendable {
  package let name: String
  /// Where its name is written.
  package let place: Place
  package let seed: UInt64
  /// Empty where the test passed.
  package let diagnostics: [Diagnostic]
  /// What components reported to the user.
  package let said: [String]
  /// The last of what components wrote to standard output and standard error, and how many bytes before it are lost.
  package let written: [UInt8]
  package let lost: Int
  /// How much virtual time it took.
  package let time: Duration

  /// What came where something is recorded, if it was to be taken down.
  package let recordings: [TestRecording]

  package var isPassed: Bool { diagnostics.isEmpty }
}
