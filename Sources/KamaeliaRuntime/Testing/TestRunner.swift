import KGraph
import Kamaelia

/// Runs a test of a graph file, under virtual time and with a scheduler whose order a seed decides.
///
/// The steps run one after the other. `send` and `close` hand over at once, without letting the graph run; an expectation
/// lets it run until it holds, until it cannot hold any more, or until its time is over.
package struct TestRunner: Sendable {
  private let test: CheckedTest
  private let library: Library
  private let seed: UInt64
  private let isRecording: Bool
  private let trace: TestTrace?

  /// - Parameters:
  ///   - seed: the same seed gives the same run.
  ///   - isRecording: whether to take down what comes where a recording stands, instead of comparing it.
  ///   - trace: takes down each step, if that is wanted.
  package init(
    _ test: CheckedTest, library: Library, seed: UInt64 = 1, isRecording: Bool = false, trace: TestTrace? = nil
  ) {
    self.isRecording = isRecording
    self.trace = trace
    self.test = test
    self.library = library
    self.seed = seed
  }

  /// Runs all steps, or those up to the first that fails.
  package func run() async -> TestResult {
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
    let bench = TestBench(bed: bed, scheduler: scheduler, isRecording: isRecording)
    var diagnostics: [Diagnostic] = []
    for step in test.steps {
      guard let miss = await bench.run(step) else { continue }
      diagnostics.append(diagnostic(miss, at: step, bench))
      break
    }
    diagnostics += bench.failures.map(diagnostic)
    scheduler.afterEachStep(nil)
    await bench.end()
    // What a failed test has seen is not worth keeping.
    let recordings = diagnostics.isEmpty ? bench.recordings : []
    return result(diagnostics, recordings, surroundings.journal.take().entries, output, scheduler.clock.now - .start)
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

  private func diagnostic(_ miss: TestMiss, at step: CheckedStep, _ bench: TestBench) -> Diagnostic {
    var helps = miss.details
    for line in bench.lastMessages where !helps.contains(line) { helps.append(line) }
    helps += miss.waits.map(\.description)
    helps.append("at \(Value.duration(bench.now)) of virtual time; `--seed \(seed)` repeats it")
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
