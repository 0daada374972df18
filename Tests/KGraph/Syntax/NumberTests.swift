import Testing

@testable import KGraph

struct NumberTests {
  @Test(
    arguments: [
      ("0", .integer(0)), ("-1_000", .integer(-1_000)), ("0x1F", .integer(31)), ("-0xff_ff", .integer(-65_535)),
      ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)), ("2.5", .double(2.5)),
      ("0.1", .double(0.1)), ("-0.000_1", .double(-0.0001)), ("1.5s", .duration(nanoseconds: 1_500_000_000)),
      ("0.000000001s", .duration(nanoseconds: 1)), ("2min", .duration(nanoseconds: 120_000_000_000)),
      ("-1h", .duration(nanoseconds: -3_600_000_000_000)), ("1d", .duration(nanoseconds: 86_400_000_000_000)),
      ("1us", .duration(nanoseconds: 1_000)), ("1.5kB", .size(bytes: 1_500)), ("16MiB", .size(bytes: 16 << 20)),
      ("0.5KiB", .size(bytes: 512)), ("44.1kHz", .frequency(hertz: 44_100)), ("50%", .fraction(0.5)),
      ("0.1%", .fraction(0.001)), ("30/s", .rate(count: 30, nanoseconds: 1_000_000_000)),
      ("0.5/min", .rate(count: 0.5, nanoseconds: 60_000_000_000)),
      ("10MiB/s", .byteRate(bytes: 10 << 20, nanoseconds: 1_000_000_000)),
    ] as [(String, Literal.Value)])
  func `a number is worth what it says`(_ text: String, _ value: Literal.Value) throws {
    #expect(try Number(text).value == value)
  }

  @Test(
    arguments: [
      ("9223372036854775808", .tooLarge), ("0x10000000000000000", .tooLarge), ("300_000d", .tooLarge),
      (String(repeating: "9", count: 200), .tooLarge), ("0.5ns", .inexact(.duration)), ("0.5B", .inexact(.size)),
      ("5m", .ambiguousUnit(isPer: false)), ("5/m", .ambiguousUnit(isPer: true)), ("5ss", .unknownUnit("ss")),
      ("5/B", .unknownUnit("B")), ("5s/s", .unknownUnit("s/s")), ("-1/s", .negative("rate")),
      ("-1B", .negative("size")),
      ("007", .malformed("no zero stands before other digits")), ("1_", .malformed("`_` stands between digits")),
      ("0x", .malformed("the digits are missing")),
      ("0." + String(repeating: "0", count: 40), .malformed("at most 30 digits stand after the dot")),
    ] as [(String, Number.Fault)])
  func `a number that is none says why`(_ text: String, _ fault: Number.Fault) {
    #expect(throws: fault) { try Number(text) }
  }

  @Test(arguments: [
    ("sec", ["s"]), ("KB", ["kB", "KiB"]), ("mb", ["MB"]), ("hz", ["Hz"]), ("µs", ["us"]), ("xyz", []),
  ])
  func `a unit that is none has suggestions`(_ name: String, _ expected: [String]) {
    #expect(Unit.suggestions(for: name) == expected)
  }
}
