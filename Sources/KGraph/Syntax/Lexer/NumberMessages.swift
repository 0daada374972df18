/// What is said about numbers and units.
extension Diagnostic {
  /// - Parameter place: the number with its unit.
  static func number(_ fault: Number.Fault, _ place: Place) -> Diagnostic {
    let text = place.text
    let digits = text[..<Number.endOfDigits(text)]
    let unitStart = place.range.lowerBound + digits.utf8.count
    let unit = Place(place.source, unitStart..<place.range.upperBound)
    switch fault {
    case .malformed(let reason):
      return Diagnostic(.badNumber, "`\(text)` is not written as numbers are", at: place, caption: reason)
    case .unknownUnit(let name):
      return unknownUnit(name, digits: String(digits), unit, whole: place)
    case .ambiguousUnit(let isPer):
      let prefix = isPer ? String(text.dropLast()) : String(digits)
      return Diagnostic(
        .ambiguousUnit, "`\(text)` could mean two things", at: place,
        caption: "write `\(prefix)min` for minutes or `\(prefix)ms` for milliseconds",
        fixes: ["min", "ms"].map { Fix("write `\(prefix)\($0)`", [.init(place, prefix + $0)]) })
    case .tooLarge:
      return Diagnostic(
        .numberTooLarge, "`\(text)` is too large", at: place, caption: "numbers have 64 bits, durations in nanoseconds")
    case .inexact(let dimension):
      let smallest = dimension == .duration ? "nanoseconds" : "bytes"
      return Diagnostic(.inexactNumber, "`\(text)` is not a whole number of \(smallest)", at: place)
    case .negative(let what):
      return Diagnostic(.negativeRate, "a \(what) is not below zero", at: place)
    }
  }

  private static func unknownUnit(_ name: String, digits: String, _ unit: Place, whole: Place) -> Diagnostic {
    if let sum = Unit.sum(of: whole.text) {
      return Diagnostic(
        .unknownUnit, "a quantity has one number and one unit", at: whole, caption: "these are two of them",
        fixes: [Fix("write `\(sum)`", [.init(whole, sum)])])
    }
    let isWhole = unit.text == name
    var suggestions = isWhole ? Unit.suggestions(for: name) : []
    if !isWhole, unit.text.hasSuffix("/\(name)") {
      // The size or the time of a rate: what it is a rate of stays.
      let before = unit.text.dropLast(name.utf8.count)
      suggestions = Unit.suggestions(for: name, of: .duration).map { before + $0 }
    }
    let message = isWhole ? "`\(name)` is not a unit" : "`\(unit.text)` is not a rate"
    let helps =
      isWhole
      ? ["durations: ns us ms s min h d; sizes: B kB MB GB TB KiB MiB GiB TiB; frequencies: Hz kHz MHz GHz; `%`"]
      : ["a rate is a number or a size per time: `30/s`, `10MiB/s`"]
    return Diagnostic(
      .unknownUnit, message, at: unit,
      caption: suggestions.isEmpty
        ? "" : "did you mean \(suggestions.map { "`\(digits)\($0)`" }.joined(separator: " or "))?",
      helps: suggestions.isEmpty ? helps : [],
      fixes: suggestions.map { Fix("write `\(digits)\($0)`", [.init(whole, digits + $0)]) }
        + [thousands(name, digits)].compactMap { $0 }.map { Fix("for a number, write `\($0)`", [.init(whole, $0)]) })
  }

  /// `10k` as a plain number; nil for what is none.
  private static func thousands(_ unit: String, _ digits: String) -> String? {
    let zeros = ["k": "000", "K": "000", "M": "000000"][unit]
    guard let zeros, digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    return digits + zeros
  }

  /// Says: a decimal point is meant, or digits that are put into groups.
  static func decimalComma(_ place: Place, write right: String) -> Diagnostic {
    Diagnostic(
      .badNumber, "a comma is no part of a number", at: place,
      caption: right.contains(".") ? "a decimal point is meant" : "digits are put into groups by `_`, or not at all",
      fixes: [Fix("write `\(right)`", [.init(place, right)])])
  }

  static func numberWithoutZero(_ place: Place) -> Diagnostic {
    Diagnostic(
      .badNumber, "a number begins with a digit", at: place,
      fixes: [Fix("write `0\(place.text)`", [.init(place, "0" + place.text)])])
  }

  static func spaceBeforeUnit(number: Place, unit: Place) -> Diagnostic {
    let whole = Place(number.source, number.range.lowerBound..<unit.range.upperBound)
    let names =
      unit.text == "m" ? ["min", "ms"] : Unit.named(unit.text) != nil ? [unit.text] : Unit.suggestions(for: unit.text)
    return Diagnostic(
      .spaceBeforeUnit, "a unit follows its number at once", at: whole,
      fixes: names.map { Fix("write `\(number.text)\($0)`", [.init(whole, number.text + $0)]) })
  }
}
