import Dispatch

/// Runs tasks on a serial Dispatch queue of its own.
///
/// For the few tasks that are no component's: a task on Swift's own executor starts a timer of Dispatch's that wakes the process once a
/// second from then on, and a serial queue does not.
package final class QueueExecutor: TaskExecutor {
  private let queue: DispatchQueue

  /// - Parameter label: what debuggers call the queue.
  package init(label: String) { queue = DispatchQueue(label: label) }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
  }
}
