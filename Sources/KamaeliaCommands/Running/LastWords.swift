import Dispatch
import Glibc

/// Ends a program that was told to stop and cannot say its last words, since nobody reads them any more.
///
/// A write to a full pipe holds its thread up until somebody reads; only the end of the program ends that.
final class LastWords {
  private static let patience = DispatchTimeInterval.seconds(1)

  private let queue = DispatchQueue(label: "kamaelia.last-words")
  private let leave: DispatchWorkItem

  /// - Parameter status: what the program ends with after a second, unless ``said()`` comes first.
  init(_ status: ExitStatus) {
    leave = DispatchWorkItem { _exit(status.rawValue) }
    queue.asyncAfter(deadline: .now() + Self.patience, execute: leave)
  }

  func said() { leave.cancel() }
}
