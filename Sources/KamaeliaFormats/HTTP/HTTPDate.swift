/// A time in a field, to the second.
///
/// - Note: RFC 9110, 5.6.7. Days are counted as in Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
package struct HTTPDate: Sendable, Equatable, Comparable {
  /// Seconds since the beginning of 1970, UTC.
  package let seconds: Int

  package init(seconds: Int) { self.seconds = seconds }

  package static func < (first: HTTPDate, second: HTTPDate) -> Bool { first.seconds < second.seconds }

  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// The form that is sent: `Sun, 06 Nov 1994 08:49:37 GMT`. Years before 0 and after 9999 become these.
  package var text: String {
    let seconds = min(max(seconds, -62_167_219_200), 253_402_300_799)
    let day = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400)
    let time = seconds - day * 86400
    let (year, month, date) = Self.civil(day)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let years = String(repeating: "0", count: 4 - "\(year)".count) + "\(year)"
    let clock = "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60))"
    return "\(Self.days[((day + 4) % 7 + 7) % 7]), \(two(date)) \(Self.months[month - 1]) \(years) \(clock) GMT"
  }

  /// Reads any of the three forms: that one, `Sunday, 06-Nov-94 08:49:37 GMT` and `Sun Nov  6 08:49:37 1994`.
  ///
  /// Years of two digits from 70 on are of the 20th century. The name of the day is not checked.
  /// - Returns: `nil` for anything else.
  package init?(_ text: String) {
    guard text.utf8.count <= 64 else { return nil }
    let words = text.split(separator: " ").map(String.init)
    let parts: (day: String, month: String, year: String, time: String)
    if words.count == 6, words[0].hasSuffix(","), words[5] == "GMT" {
      parts = (words[1], words[2], words[3], words[4])
    } else if words.count == 4, words[0].hasSuffix(","), words[3] == "GMT" {
      let date = words[1].split(separator: "-").map(String.init)
      guard date.count == 3, date[2].count == 2, let year = Self.number(date[2]) else { return nil }
      parts = (date[0], date[1], "\(year + (year < 70 ? 2000 : 1900))", words[2])
    } else if words.count == 5 {
      parts = (words[2], words[1], words[4], words[3])
    } else {
      return nil
    }
    let clock = parts.time.split(separator: ":", omittingEmptySubsequences: false).map { Self.number(String($0)) }
    guard let month = Self.months.firstIndex(of: parts.month), let day = Self.number(parts.day),
      let year = Self.number(parts.year), parts.year.count == 4, clock.count == 3, let hour = clock[0],
      let minute = clock[1], let second = clock[2], 1...31 ~= day, hour < 24, minute < 60, second <= 60
    else { return nil }
    let date = Self.day(year, month + 1, day)
    guard Self.civil(date) == (year, month + 1, day) else { return nil }
    self.init(seconds: date * 86400 + hour * 3600 + minute * 60 + second)
  }

  private static func number(_ text: String) -> Int? {
    guard 1...4 ~= text.utf8.count, text.utf8.allSatisfy({ $0.decimalValue != nil }) else { return nil }
    return Int(text)
  }

  private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468
  }

  private static func civil(_ day: Int) -> (Int, Int, Int) {
    let shifted = day + 719468
    let era = (shifted >= 0 ? shifted : shifted - 146096) / 146097
    let dayOfEra = shifted - era * 146097
    let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
    let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
    return (year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }
}
