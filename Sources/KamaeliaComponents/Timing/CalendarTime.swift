/// A moment as people write it, in the Gregorian calendar.
struct CalendarTime {
  private let year: Int
  private let month: Int
  private let day: Int
  /// Of the day, at the place that `offset` speaks of.
  private let second: Int
  private let millisecond: Int
  private let sinceEpoch: Int
  private let offset: Int?

  /// - Parameters:
  ///   - nanoseconds: since 1970-01-01 00:00:00 UTC, without leap seconds.
  ///   - offset: seconds east of UTC; nil for UTC.
  init(nanoseconds: Int64, offset: Int?) {
    let (seconds, nanosecond) = Self.divide(Int(nanoseconds), 1_000_000_000)
    let local = seconds + (offset ?? 0)
    let days: Int
    (days, second) = Self.divide(local, 86_400)
    sinceEpoch = seconds
    millisecond = nanosecond / 1_000_000
    self.offset = offset
    // Days are counted from 0000-03-01, so that a leap day is the last of its year; 400 years have 146,097 days.
    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
    let (era, dayOfEra) = Self.divide(days + 719_468, 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The moment in one of the forms of ISO 8601, or as seconds.
  func text(_ format: Clock.Format) -> String {
    switch format {
    case .iso8601: "\(date)T\(time)\(zone)"
    case .milliseconds: "\(date)T\(time).\(Self.padded(millisecond, 3))\(zone)"
    case .date: date
    case .time: time
    case .seconds: String(sinceEpoch)
    }
  }

  private var date: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" }

  private var time: String {
    [second / 3600, second / 60 % 60, second % 60].map { Self.padded($0, 2) }.joined(separator: ":")
  }

  private var zone: String {
    guard let offset else { return "Z" }
    let minutes = abs(offset) / 60
    return "\(offset < 0 ? "-" : "+")\(Self.padded(minutes / 60, 2)):\(Self.padded(minutes % 60, 2))"
  }

  private static func padded(_ number: Int, _ digits: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
  }

  /// Division that rounds down, for moments before 1970 too; the remainder is not negative.
  private static func divide(_ number: Int, _ divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = number.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
