import Dispatch

/// When a file that is being written may be read.
///
/// Editors and programs write a file in several steps: it is empty, cut or gone for a moment. What reads well is taken
/// soon after the last step; what does not is looked at again, and believed when nothing has happened for longer.
struct Settling {
  /// After a step, before the first look.
  static let shortest = Duration.milliseconds(50)
  /// After a step, before what does not look whole is believed.
  static let longest = Duration.milliseconds(500)
  /// After the first step, whatever happens: a file that is written all the time is read now and then.
  static let most = Duration.seconds(5)

  private let first: Duration
  private var last: Duration

  /// - Parameter now: the time of the first step, by any clock.
  init(at now: Duration) {
    first = now
    last = now
  }

  /// Something has happened to the file again.
  mutating func step(at now: Duration) { last = max(last, now) }

  /// How long to wait before the file is looked at, or believed; nil where that may be now.
  ///
  /// - Parameter isDoubtful: whether the last look found a file that may not be whole.
  func wait(at now: Duration, isDoubtful: Bool) -> Duration? {
    let due = min(last + (isDoubtful ? Self.longest : Self.shortest), first + Self.most)
    return now < due ? due - now : nil
  }
}
