import Foundation
import Kamaelia

/// Says what time it is.
struct Clock: Component {
  enum Format: String, ChoiceParameter { case iso8601, milliseconds, date, time, seconds }
  enum Zone: String, ChoiceParameter { case utc, local }

  static let summary = "Sends date and time as text, at a fixed interval."
  static var waitsOnlyForGraph: Bool { true }
  static let details = """
    Sends the time at its start, and then whenever the clock on the wall shows a whole multiple of `every`: `every: 1min` \
    sends at each full minute of UTC. While a time waits for room on the way to a slow reader, those after it are left out. Where the clock on the wall is \
    set forward, the present time is sent late by `every` at most; where it is set back, at the next multiple from there.

    The forms, for the same moment: `iso8601` is `2000-01-01T12:30:05Z`, `milliseconds` is `2000-01-01T12:30:05.250Z`, \
    `date` is `2000-01-01`, `time` is `12:30:05`, and `seconds` counts from 1970-01-01 00:00:00 UTC: `946729805`. With \
    `zone: local`, the difference from UTC stands in place of the `Z`: `+01:00`.

    Ends when its readers have left. Keeps nothing in memory. In tests it begins at 2000-01-01 00:00:00 UTC.

        Clock(1s, format: time) -> ConsoleWriter()
    """
  static let endsWithReaders = true

  @Parameter("Time between two messages.", in: .milliseconds(1)..., main: true) var every = Duration.seconds(1)
  @Parameter("How date and time are written.") var format = Format.iso8601
  @Parameter("The time zone.") var zone = Zone.utc

  let outbox = Outbox<String>("The present date and time.")

  func main() async throws {
    try await whileHeard(outbox) {
      while true {
        let now = Time.wallClock
        try await outbox.send(text(for: now))
        try await sleepUntilNext(after: now)
      }
    }
  }

  /// Until the clock on the wall shows the multiple after `sent`, or after an earlier moment that it is set back to.
  private func sleepUntilNext(after sent: Int64) async throws {
    var due = Self.next(after: sent, every.nanoseconds)
    var shortest = Duration.zero
    while true {
      let now = Time.wallClock
      if now < sent { due = min(due, Self.next(after: now, every.nanoseconds)) }
      if now >= due { return }
      try await Time.sleep(for: max(shortest, .nanoseconds(due - now)))
      // The wall's clock may go a little slower than the graph's: looks again, and not too often.
      shortest = .microseconds(100)
    }
  }

  private func text(for moment: Int64) -> String {
    CalendarTime(nanoseconds: moment, offset: zone == .utc ? nil : Self.localOffset(at: moment)).text(format)
  }

  /// The first whole multiple of `every` after `now`; the last moment there is where there is none.
  static func next(after now: Int64, _ every: Int64) -> Int64 {
    let into = now % every
    let (sum, overflow) = now.addingReportingOverflow(every - (into < 0 ? into + every : into))
    return overflow ? .max : sum
  }

  /// Seconds east of UTC.
  private static func localOffset(at moment: Int64) -> Int {
    TimeZone.current.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment) / 1e9))
  }
}
