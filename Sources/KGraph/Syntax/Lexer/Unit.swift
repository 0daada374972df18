/// A unit of the language.
package struct Unit: Sendable, Hashable {
  package enum Dimension: String, Sendable, Hashable, CaseIterable { case duration, size, frequency, fraction }

  package let name: String
  package let dimension: Dimension
  /// How many of the smallest it holds: nanoseconds, bytes, hertz; 1 for `%`.
  package let factor: Int64

  private init(_ name: String, _ dimension: Dimension, _ factor: Int64) {
    self.name = name
    self.dimension = dimension
    self.factor = factor
  }

  /// All of them. Rates are made of these: a number or a size per duration.
  package static let all: [Unit] = [
    Unit("ns", .duration, 1), Unit("us", .duration, 1_000), Unit("ms", .duration, 1_000_000),
    Unit("s", .duration, 1_000_000_000), Unit("min", .duration, 60_000_000_000),
    Unit("h", .duration, 3_600_000_000_000), Unit("d", .duration, 86_400_000_000_000),
    Unit("B", .size, 1), Unit("kB", .size, 1_000), Unit("MB", .size, 1_000_000), Unit("GB", .size, 1_000_000_000),
    Unit("TB", .size, 1_000_000_000_000), Unit("KiB", .size, 1 << 10), Unit("MiB", .size, 1 << 20),
    Unit("GiB", .size, 1 << 30), Unit("TiB", .size, 1 << 40),
    Unit("Hz", .frequency, 1), Unit("kHz", .frequency, 1_000), Unit("MHz", .frequency, 1_000_000),
    Unit("GHz", .frequency, 1_000_000_000),
    Unit("%", .fraction, 1),
  ]

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  package static func named(_ name: String) -> Unit? { byName[name] }

  /// What people write who mean a unit of ours, in the order of `all`.
  private static let elsewhere: [String: [String]] = [
    "µs": ["us"], "μs": ["us"], "usec": ["us"], "nsec": ["ns"], "msec": ["ms"], "millis": ["ms"], "sec": ["s"],
    "secs": ["s"], "second": ["s"], "seconds": ["s"], "mins": ["min"], "minute": ["min"], "minutes": ["min"],
    "hr": ["h"], "hrs": ["h"], "hour": ["h"], "hours": ["h"], "day": ["d"], "days": ["d"], "byte": ["B"],
    "bytes": ["B"], "fps": ["/s"], "rps": ["/s"], "qps": ["/s"], "tps": ["/s"], "rpm": ["/min"], "bpm": ["/min"],
    "kBps": ["kB/s"], "KBps": ["kB/s"], "MBps": ["MB/s"], "GBps": ["GB/s"], "KiBps": ["KiB/s"], "MiBps": ["MiB/s"],
    "milliseconds": ["ms"], "millisecond": ["ms"], "microseconds": ["us"], "nanoseconds": ["ns"],
    "K": ["kB", "KiB"], "k": ["kB", "KiB"], "KB": ["kB", "KiB"], "M": ["MB", "MiB"],
    "G": ["GB", "GiB"], "T": ["TB", "TiB"], "percent": ["%"], "S": ["s"], "H": ["h"], "D": ["d"], "b": ["B"],
  ]

  /// Whether it is the name of a unit here or elsewhere.
  static func isFamiliar(_ name: String) -> Bool { named(name) != nil || elsewhere[name] != nil }

  /// Those of one dimension that may have been meant by `name`.
  static func suggestions(for name: String, of dimension: Dimension) -> [String] {
    suggestions(for: name).filter { named($0)?.dimension == dimension }
  }

  /// `1h30min` in the smallest unit that is written, `90min`; nil for what is no sum of durations.
  static func sum(of text: String) -> String? {
    var rest = text[...].utf8
    var total: Int64 = 0
    var smallest: Unit?
    var count = 0
    while !rest.isEmpty {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest[digits.endIndex...]
      let letters = rest.prefix { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest[letters.endIndex...]
      let name = String(Substring(letters))
      // Between others `m` is minutes.
      guard let number = Int64(String(Substring(digits))), number < 1_000_000,
        let unit = named(name == "m" ? "min" : name) ?? elsewhere[name]?.first.flatMap(named),
        unit.dimension == .duration
      else { return nil }
      if let smallest, unit.factor >= smallest.factor { return nil }
      total += number * (unit.factor / 1000)
      smallest = unit
      count += 1
    }
    guard count > 1, let smallest, smallest.factor >= 1000 else { return nil }
    return "\(total / (smallest.factor / 1000))\(smallest.name)"
  }

  /// Units that may have been meant by `name`, which is none.
  static func suggestions(for name: String) -> [String] {
    if let known = elsewhere[name] { return known }
    let sameLetters = all.filter { $0.name.lowercased() == name.lowercased() }.map(\.name)
    return sameLetters.isEmpty ? Suggestions.closest(to: name, among: all.map(\.name)) : sameLetters
  }
}
