import Dispatch
import KGraph
import Kamaelia
import KamaeliaIO

/// How far a test has come, for whoever waits for it, even where something in it computes on and on.
final class TestCourse: Sendable {
  struct Progress {
    let step: CheckedStep
    let scheduler: SeededScheduler
  }

  private struct State {
    var progress: Progress?
    /// What came of it, while its graph is being ended.
    var result: TestResult?
    /// Whoever waits for the result; nil once it has that.
    var caller: UnsafeContinuation<TestResult, Never>?
  }

  private let state: Lock<State>

  init(_ caller: UnsafeContinuation<TestResult, Never>) { state = Lock(State(caller: caller)) }

  func begin(_ step: CheckedStep, _ scheduler: SeededScheduler) {
    state.withLock { $0.progress = Progress(step: step, scheduler: scheduler) }
  }

  /// All steps are done, or one has failed; the graph is still to be ended.
  func isEnding(with result: TestResult) { state.withLock { $0.result = result } }

  /// The step that is being done; nil where none is.
  var progress: Progress? { state.withLock { $0.result == nil && $0.caller != nil ? $0.progress : nil } }

  /// The test is over; what comes later counts no more.
  func end(with result: TestResult) {
    let caller = state.withLock { state in
      defer { (state.caller, state.progress) = (nil, nil) }
      return state.caller
    }
    caller?.resume(returning: result)
  }

  /// The same where the graph does not come to its end.
  func endUnended() { if let result = state.withLock({ $0.result }) { end(with: result) } }
}

/// A thread of its own for the steps of one test, since one that looks for a pattern may take for ever.
final class TestThread: TaskExecutor {
  private let queue = DispatchQueue(label: "kamaelia.test")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
  }
}
