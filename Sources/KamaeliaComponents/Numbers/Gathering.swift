import Kamaelia

/// What comes to a component that gathers messages and says from time to time what it has.
///
/// ```swift
/// var gathering = Gathering(inbox, each: each, every: every)
/// while let event = await gathering.next() {
///   switch event {
///   case .message(let message): …
///   case .report: …
///   }
/// }
/// ```
struct Gathering<M: Message> {
  enum Event {
    case message(M)
    /// It is time to say what there is.
    case report
  }

  private let inbox: Inbox<M>
  private let each: Int
  private let every: Duration?
  private var due: Instant?
  /// Messages since the last report.
  private var unreported = 0
  private var hasReported = false
  private var isFinished = false
  /// A message that came after a report was due.
  private var held: M?

  /// - Parameters:
  ///   - each: a report is due after so many messages.
  ///   - every: a report is due at each interval from now on, whether anything came or not; those that a slow reader
  ///     held up are left out. An interval holds its beginning and not its end.
  init(_ inbox: Inbox<M>, each: Int?, every: Duration?) {
    self.inbox = inbox
    self.each = each ?? .max
    self.every = every
    due = every.map { Time.now + $0 }
  }

  init(_ inbox: Inbox<M>, _ reports: Reports) { self.init(inbox, each: reports.each, every: reports.every) }

  /// What comes next; nil at the end. The last event is a report, unless nothing came since the one before, or what came is not
  /// all there was: then a component before this one has failed or was cut off.
  mutating func next() async -> Event? {
    if unreported >= each { return report() }
    if let message = held.take() { return take(message) }
    if isFinished { return nil }
    let arrival = await inbox.next(until: due)
    let isDue = passDue()
    switch arrival {
    case .message(let message):
      guard isDue else { return take(message) }
      held = message
      return report()
    case .timeout: return report()
    case .finished:
      isFinished = true
      // Half of what there was gives no result.
      if inbox.isIncomplete { return nil }
      return unreported > 0 || !hasReported ? report() : nil
    }
  }

  private mutating func take(_ message: M) -> Event {
    unreported += 1
    return .message(message)
  }

  private mutating func report() -> Event {
    unreported = 0
    hasReported = true
    return .report
  }

  /// Goes on to the next interval; whether one is over.
  private mutating func passDue() -> Bool {
    guard let every, var due else { return false }
    let now = Time.now
    guard due <= now else { return false }
    due.advance(by: every, past: now)
    self.due = due
    return true
  }
}
