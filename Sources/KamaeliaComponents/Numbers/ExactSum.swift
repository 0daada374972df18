import Kamaelia

/// A sum of whole numbers and of times, exact, and of others, with the rounding of each step made up for.
///
/// Only the sum has to fit its type, not what it was on the way.
///
/// Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen" (ZAMM 54, 1974).
struct ExactSum {
  private(set) var count = 0
  /// No number of 64-bit numbers that anybody adds overflows it.
  private var whole: Int128 = 0
  private var wholeCount = 0
  private var attoseconds: Int128 = 0
  private var timeCount = 0
  /// Of all others, in units of `scale`.
  private var fraction = 0.0
  private var correction = 0.0
  /// 1, or so much that no sum of `Double`s is too large.
  private var scale = 1.0

  mutating func add(_ number: Number) {
    count += 1
    switch number {
    case .int(let number):
      whole += Int128(number)
      wholeCount += 1
    case .time(let time):
      let (sum, overflow) = attoseconds.addingReportingOverflow(time.attoseconds)
      if overflow { return add(fraction: time / .seconds(1)) }
      attoseconds = sum
      timeCount += 1
    case .double(let number): add(fraction: number)
    }
  }

  private mutating func add(fraction number: Double) {
    if scale == 1, !(fraction + number).isFinite {
      scale = 0x1p64
      fraction /= scale
      correction /= scale
    }
    let number = number / scale
    let sum = fraction + number
    correction += abs(fraction) >= abs(number) ? (fraction - sum) + number : (number - sum) + fraction
    fraction = sum
  }

  /// The sum: whole where all that was added is, a time where all are times; nil where it is too large for its type.
  var number: Number? {
    if timeCount == count, count > 0 { return .time(Duration(attoseconds: attoseconds)) }
    if wholeCount == count { return Int(exactly: whole).map { .int($0) } }
    let sum = scaled * scale
    return sum.isFinite ? .double(sum) : nil
  }

  /// The arithmetic mean, times in seconds; nil where nothing was added. It is never too large.
  var mean: Double? {
    if count == 0 { return nil }
    let mean = scaled / Double(count) * scale
    // Rounding may lead one step beyond what there is, where all numbers are the largest there are.
    return mean.isFinite ? mean : mean < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }

  private var scaled: Double {
    let rest = fraction + correction
    if wholeCount == 0, timeCount == 0 { return rest }
    return Double(whole) / scale + Double(attoseconds) / 1e18 / scale + rest
  }
}
