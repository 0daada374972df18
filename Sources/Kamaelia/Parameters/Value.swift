/// A value that a graph file can write: an argument, a literal, a refinement.
public indirect enum Value: Sendable, Hashable {
  case bool(Bool)
  case int(Int)
  case double(Double)
  case text(String)
  case duration(Duration)
  /// Bytes.
  case size(Int)
  /// Hertz.
  case frequency(Double)
  case rate(perSecond: Double, isBytes: Bool)
  /// A share; `50%` is 0.5.
  case percent(Double)
  case list([Value])
  case record([Field])
  /// Both ends belong to it: `1s...30s`.
  case range(Value, Value)
  /// A bare word: one of a parameter's named cases.
  case name(String)
  /// A program and its arguments.
  case command([String])
  case graph(GraphReference)

  /// A field of a record.
  public struct Field: Sendable, Hashable {
    public let name: String
    public let value: Value

    public init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// The message that the value is when nothing asks for another type; nil for ranges, names, commands and graphs.
  public var message: (any Message)? {
    switch self {
    case .bool(let value): value
    case .int(let value): value
    case .double(let value), .percent(let value): value
    case .text(let value): value
    case .duration(let value): value
    case .size(let bytes): Size(bytes: bytes)
    case .frequency(let hertz): Frequency(hertz: hertz)
    case .rate(let perSecond, let isBytes): Rate(perSecond: perSecond, isBytes: isBytes)
    case .list(let values): Value.json(of: values).map(JSON.array)
    case .record(let fields):
      Value.json(of: fields.map(\.value)).map { values in
        JSON.object(zip(fields, values).map { JSON.Member($0.name, $1) })
      }
    case .range, .name, .command, .graph: nil
    }
  }

  private static func json(of values: [Value]) -> [JSON]? {
    let messages = values.compactMap { $0.message?.json }
    return messages.count == values.count ? messages : nil
  }
}

extension Value: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral
{
  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral number: Int) { self = .int(number) }
  public init(floatLiteral number: Double) { self = .double(number) }
  public init(booleanLiteral truth: Bool) { self = .bool(truth) }
  public init(arrayLiteral values: Value...) { self = .list(values) }
}

extension Value: CustomStringConvertible {
  /// The value as it is written in a graph file.
  public var description: String {
    switch self {
    case .bool(let value): return String(value)
    case .int(let value): return String(value)
    case .double(let value): return "\(value)"
    case .text(let text): return Value.quoted(text)
    case .duration(let time): return Value.write(time)
    case .size(let bytes): return Value.scaled(bytes, Value.sizes)
    case .frequency(let hertz): return Value.scaled(hertz, [(1e9, "GHz"), (1e6, "MHz"), (1e3, "kHz")], "Hz")
    case .rate(let perSecond, let isBytes):
      return Value.rate(perSecond, isBytes)
    case .percent(let share): return Value.plain(share * 100) + "%"
    case .list(let values): return "[\(values.map(\.description).joined(separator: ", "))]"
    case .record(let fields): return "{\(fields.map { "\($0.name): \($0.value)" }.joined(separator: ", "))}"
    case .range(let low, let high): return "\(low)...\(high)"
    case .name(let name): return name
    case .command(let words): return "`\(words.map(Value.shellWord).joined(separator: " "))`"
    case .graph(let graph): return graph.name
    }
  }

  private static let sizes = [
    (1 << 40, "TiB"), (1 << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB"),
    (1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1000, "kB"),
  ]

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "$": result += "\\$"
      case "\u{0}"..<"\u{20}", "\u{7F}": result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// A word of a command, in single quotes where a shell would split it.
  private static func shellWord(_ word: String) -> String {
    let isPlain = !word.isEmpty && word.unicodeScalars.allSatisfy { !" \t\n'\"\\`$".unicodeScalars.contains($0) }
    return isPlain
      ? word : "'\(word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''"))'"
  }

  private static func write(_ time: Duration) -> String {
    let (seconds, attoseconds) = time.components
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    if overflow { return "\(seconds)s" }
    let nanoseconds = product + attoseconds / 1_000_000_000
    let units: [(Int64, String)] = [
      (86_400_000_000_000, "d"), (3_600_000_000_000, "h"), (60_000_000_000, "min"), (1_000_000_000, "s"),
      (1_000_000, "ms"), (1000, "us"),
    ]
    if nanoseconds == 0 { return "0s" }
    for (size, unit) in units where nanoseconds % size == 0 { return "\(nanoseconds / size)\(unit)" }
    if abs(nanoseconds) > 1_000_000_000 { return plain(Double(nanoseconds) / 1e9) + "s" }
    return "\(nanoseconds)ns"
  }

  private static func scaled(_ number: Int, _ units: [(Int, String)]) -> String {
    // The shortest that is exact: 1 TB would be 976562500 KiB as well.
    let texts = units.filter { number != 0 && number % $0.0 == 0 }.map { "\(number / $0.0)\($0.1)" }
    return texts.min { $0.count < $1.count } ?? "\(number)B"
  }

  /// For the shortest time in which there is a whole number, unless a few digits behind a point say it.
  private static func rate(_ perSecond: Double, _ isBytes: Bool) -> String {
    for (seconds, unit) in [(1.0, "s"), (60, "min"), (3600, "h"), (86_400, "d")] {
      let count = perSecond * seconds
      if let whole = Int(exactly: count.rounded()), whole != 0, abs(count - Double(whole)) <= abs(count) * 1e-12 {
        return (isBytes ? scaled(whole, sizes) : "\(whole)") + "/" + unit
      }
      if !isBytes, Int(exactly: count * 1000) != nil { return "\(plain(count))/\(unit)" }
    }
    return plain(perSecond) + (isBytes ? "B/s" : "/s")
  }

  private static func scaled(_ number: Double, _ units: [(Double, String)], _ base: String) -> String {
    for (size, unit) in units where number >= size { return plain(number / size) + unit }
    return plain(number) + base
  }

  /// A number without `.0`.
  private static func plain(_ number: Double) -> String { Int(exactly: number).map(String.init) ?? "\(number)" }
}
