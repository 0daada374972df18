/// A sum of whole numbers, exact, and of others, with the rounding of each step made up for.
///
/// Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen" (ZAMM 54, 1974).
struct ExactSum {
  private(set) var count = 0
  private var whole = 0
  private var fraction = 0.0
  private var correction = 0.0
  private var isWhole = true

  /// Adds a number; false, and nothing changed, where the whole numbers no longer fit into 64 bits.
  mutating func add(_ number: Number) -> Bool {
    switch number {
    case .int(let number):
      let (sum, overflow) = whole.addingReportingOverflow(number)
      if overflow { return false }
      whole = sum
    case .double(let number):
      isWhole = false
      let sum = fraction + number
      correction += abs(fraction) >= abs(number) ? (fraction - sum) + number : (number - sum) + fraction
      fraction = sum
    }
    count += 1
    return true
  }

  /// The sum: whole where all that was added is.
  var number: Number { isWhole ? .int(whole) : .double(double) }

  var double: Double { Double(whole) + (fraction + correction) }
}
