/// A moment on the clock of a running graph: time since the graph began.
///
/// It never goes back and knows nothing of time zones; a graph under virtual time has its own.
public struct Instant: Sendable, Hashable, Comparable {
  /// Nanoseconds since the graph began.
  public let nanoseconds: Int64

  package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

  package static let start = Instant(nanoseconds: 0)
  package static let distantFuture = Instant(nanoseconds: .max)

  public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }

  /// Moments too far away for 292 years in nanoseconds are the last one that fits.
  public static func + (moment: Instant, time: Duration) -> Instant {
    let (sum, overflow) = moment.nanoseconds.addingReportingOverflow(time.nanoseconds)
    return Instant(nanoseconds: overflow ? (time > .zero ? .max : .min) : sum)
  }

  public static func += (moment: inout Instant, time: Duration) { moment = moment + time }

  public static func - (later: Instant, earlier: Instant) -> Duration {
    .nanoseconds(later.nanoseconds.subtractingReportingOverflow(earlier.nanoseconds).partialValue)
  }
}

extension Duration {
  /// Whole nanoseconds, cut off at ±292 years.
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return seconds > 0 ? .max : .min }
    let (sum, carried) = product.addingReportingOverflow(attoseconds / 1_000_000_000)
    return carried ? (seconds > 0 ? .max : .min) : sum
  }
}

/// The clock of the graph that runs: the only source of time for components.
public enum Time {
  /// The present moment; 0 where no graph runs.
  public static var now: Instant { Instance.current?.timekeeper.now ?? .start }

  /// Nanoseconds since 1970-01-01 00:00:00 UTC, for display only: this clock may jump.
  ///
  /// Under virtual time it begins at 2000-01-01 00:00:00 UTC.
  public static var wallClock: Int64 { Instance.current?.timekeeper.wallClock ?? 0 }

  /// Waits until `moment`; returns at once where it has passed.
  ///
  /// - Throws: `CancellationError` when the component is to stop.
  public static func sleep(until moment: Instant) async throws {
    guard let instance = Instance.current else { preconditionFailure("only a component of a running graph sleeps") }
    try Task.checkCancellation()
    let timekeeper = instance.timekeeper
    guard timekeeper.now < moment else { return await instance.giveWayIfDue() }
    let waiter = Waiter()
    let timer = timekeeper.schedule(at: moment) { waiter.wake() }
    instance.waitsForTime(true)
    defer {
      timekeeper.cancel(timer)
      instance.waitsForTime(false)
    }
    while timekeeper.now < moment {
      await waiter.wait { timekeeper.now >= moment }
      try Task.checkCancellation()
    }
  }

  /// Waits for `time`; not at all where it is not positive.
  public static func sleep(for time: Duration) async throws { try await sleep(until: now + time) }
}

/// A clock that can wake: the system's, or a virtual one for tests.
package protocol Timekeeper: AnyObject, Sendable {
  var now: Instant { get }
  /// Nanoseconds since 1970-01-01 00:00:00 UTC.
  var wallClock: Int64 { get }
  /// Calls `action` once, when `moment` has come, from any thread. Returns a number for `cancel`.
  func schedule(at moment: Instant, _ action: @escaping @Sendable () -> Void) -> Int
  /// Forgets a timer; nothing happens where it has gone off or is unknown.
  func cancel(_ timer: Int)
}
