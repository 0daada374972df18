/// What a number token is worth.
struct Number {
  /// What is wrong with it.
  enum Fault: Error, Hashable {
    /// Not written as numbers are; the text says why.
    case malformed(String)
    case unknownUnit(String)
    /// `m`, which could be minutes or milliseconds; `true` after a slash.
    case ambiguousUnit(isPer: Bool)
    case tooLarge
    case inexact(Unit.Dimension)
    case negative(String)
  }

  let number: Substring
  let unit: Substring
  let value: Literal.Value

  /// Reads the text of a number token, unit included.
  init(_ text: String) throws(Fault) {
    let end = Self.endOfDigits(text)
    number = text[..<end]
    unit = text[end...]
    let decimal = try Decimal(number)
    value = try Self.value(decimal, String(unit))
  }

  /// Where the unit begins.
  static func endOfDigits(_ text: String) -> String.Index {
    let bytes = text.utf8
    var index = bytes.startIndex
    if bytes.first == UInt8(ascii: "-") { index = bytes.index(after: index) }
    if bytes[index...].starts(with: "0x".utf8) {
      index = bytes.index(index, offsetBy: 2)
      while index < bytes.endIndex, isHexadecimal(bytes[index]) { index = bytes.index(after: index) }
      return index
    }
    while index < bytes.endIndex, isDecimal(bytes[index]) { index = bytes.index(after: index) }
    return index
  }

  private static func isDecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  private static func value(_ decimal: Decimal, _ unit: String) throws(Fault) -> Literal.Value {
    if unit.isEmpty { return decimal.isWhole ? .integer(try decimal.whole(times: 1)) : .double(decimal.double) }
    if let slash = unit.firstIndex(of: "/") {
      let per = String(unit[unit.index(after: slash)...])
      let time = try known(per, isPer: true)
      guard time.dimension == .duration else { throw .unknownUnit(per) }
      if decimal.isNegative { throw .negative("rate") }
      let counted = String(unit[..<slash])
      if counted.isEmpty { return .rate(count: decimal.double, nanoseconds: time.factor) }
      let size = try known(counted, isPer: false)
      guard size.dimension == .size else { throw .unknownUnit(unit) }
      return .byteRate(bytes: try decimal.whole(times: size.factor, .size), nanoseconds: time.factor)
    }
    let known = try known(unit, isPer: false)
    switch known.dimension {
    case .duration: return .duration(nanoseconds: try decimal.whole(times: known.factor, .duration))
    case .size:
      if decimal.isNegative { throw .negative("size") }
      return .size(bytes: try decimal.whole(times: known.factor, .size))
    case .frequency:
      if decimal.isNegative { throw .negative("frequency") }
      return .frequency(hertz: decimal.double(times: known.factor))
    case .fraction: return .fraction(decimal.double(dividedBy: 100))
    }
  }

  private static func known(_ name: String, isPer: Bool) throws(Fault) -> Unit {
    if name == "m" { throw .ambiguousUnit(isPer: isPer) }
    guard let unit = Unit.named(name) else {
      let isExponent = name.first.map { "eE".contains($0) } == true && name.dropFirst().allSatisfy(\.isNumber)
      if isExponent, name.count > 1 { throw .malformed("there is no form with an exponent: write the number out") }
      throw .unknownUnit(name)
    }
    return unit
  }
}

/// A number as digits, exact: `digits` × 10^-`scale`.
struct Decimal {
  let digits: Int128
  let scale: Int

  /// Reads decimal or hexadecimal digits with a sign and `_`.
  init(_ text: Substring) throws(Number.Fault) {
    let isNegative = text.first == "-"
    var rest = isNegative ? text.dropFirst() : text
    let radix: Int128 = rest.hasPrefix("0x") ? 16 : 10
    if radix == 16 { rest = rest.dropFirst(2) }
    if radix == 10, rest.count > 1, rest.first == "0", rest.dropFirst().first != "." {
      throw .malformed("no zero stands before other digits")
    }
    var value: Int128 = 0
    var scale = 0
    var isFraction = false
    var previous: Character?
    for character in rest {
      if character == "_" || character == "." {
        guard let last = previous, last.isHexDigit else { throw .malformed("`_` and `.` stand between digits") }
        if character == "." { isFraction = true }
      } else if let digit = character.hexDigitValue {
        let (product, overflow) = value.multipliedReportingOverflow(by: radix)
        let (sum, carry) = product.addingReportingOverflow(Int128(digit))
        if overflow || carry { throw .tooLarge }
        value = sum
        if isFraction { scale += 1 }
      }
      previous = character
    }
    if scale > 30 { throw .malformed("at most 30 digits stand after the dot") }
    guard let previous, previous != "_" else {
      throw .malformed(previous == nil ? "the digits are missing" : "`_` stands between digits")
    }
    self.digits = isNegative ? -value : value
    self.scale = scale
  }

  /// True for a number written without a dot.
  var isWhole: Bool { scale == 0 }
  var isNegative: Bool { digits < 0 }
  var double: Double { double(times: 1) }

  /// The number times `factor`, rounded once.
  func double(times factor: Int64) -> Double {
    let (product, overflow) = digits.multipliedReportingOverflow(by: Int128(factor))
    return overflow ? Double(digits) * Double(factor) / power : Double(product) / power
  }

  func double(dividedBy divisor: Double) -> Double { Double(digits) / (power * divisor) }

  /// The number times `factor`, which must be a whole number of 64 bits.
  func whole(times factor: Int64, _ dimension: Unit.Dimension = .size) throws(Number.Fault) -> Int64 {
    let (product, overflow) = digits.multipliedReportingOverflow(by: Int128(factor))
    if overflow { throw .tooLarge }
    var divisor: Int128 = 1
    for _ in 0..<scale { divisor *= 10 }
    guard product % divisor == 0 else { throw .inexact(dimension) }
    guard let value = Int64(exactly: product / divisor) else { throw .tooLarge }
    return value
  }

  private var power: Double {
    var power = 1.0
    for _ in 0..<scale { power *= 10 }
    return power
  }
}
