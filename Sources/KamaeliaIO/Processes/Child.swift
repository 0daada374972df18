import CSystem
import Dispatch
import Glibc

/// A program that we have started.
///
/// It is in a process group of its own, which ends when the last reference to the child goes, and when this process
/// dies, whatever kills it. Its end is noticed and its process reaped whether or not anybody waits for it.
package final class Child: Sendable {
  /// The number of the process, and of its group.
  package var pid: Int32 { process.pid }
  /// What it reads, if that is a pipe; close it to say that there is no more.
  package let input: Descriptor?
  /// What it writes, if that is a pipe.
  package let output: Descriptor?
  /// What it writes as errors, if that is a pipe of its own.
  package let error: Descriptor?
  private let process: ChildProcess

  /// Starts a program.
  ///
  /// - Throws: ``SystemError`` of the operation `start`: `ENOENT` if there is no such program, `EACCES` if it may not
  ///   be run, `EMFILE` if descriptors have run out; of `enter` for the folder; `CancellationError` before it started.
  package static func start(_ launch: Launch) async throws -> Child {
    for text in [launch.path, launch.folder ?? ""] + launch.arguments where text.utf8.contains(0) {
      throw SystemError(errno: EINVAL, operation: .start, path: launch.path)
    }
    let streams = try Streams(for: launch)
    let process = try await Spawner.shared.start(launch, streams: streams.theirs)
    return Child(process, streams)
  }

  private init(_ process: ChildProcess, _ streams: borrowing Streams) {
    self.process = process
    input = streams.input
    output = streams.output
    error = streams.error
  }

  deinit { process.abandon() }

  /// Waits until the program has ended. Processes that it started in its group may live on: see ``Launch/Leftovers``.
  ///
  /// - Throws: `CancellationError` at once when the task is cancelled; the program runs on then.
  package func exitStatus() async throws -> Exit { try await process.exitStatus() }

  /// Sends a signal to the program and all of its group.
  ///
  /// - Returns: whether there was somebody to send it to.
  @discardableResult
  package func signal(_ number: Int32) -> Bool { process.signal(number) }

  /// Ends the program and all of its group: SIGTERM, and SIGKILL for what is left when `grace` is over.
  ///
  /// Cancellation does not shorten it, since it is how a cancelled task cleans up.
  ///
  /// - Returns: how the program ended, be it before this was called; `nil` if the kernel still holds it 10 s after
  ///   SIGKILL, as happens when a device does not answer.
  @discardableResult
  package func terminate(grace: Duration = .seconds(5)) async -> Exit? { await process.terminate(grace: grace) }
}
