import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct JSONParserTests {
  @Test(
    arguments: [
      ("null", .null), (" true ", .bool(true)), ("false", .bool(false)), ("0", .int(0)), ("-12", .int(-12)),
      ("9223372036854775807", .int(.max)), ("1.5", .double(1.5)), ("1e3", .double(1000)), ("-0", .double(-0.0)),
      ("9223372036854775808", .string("9223372036854775808")), (#""a\n\u00e9\ud83c\udf4c\/""#, .string("a\né🍌/")),
      ("[]", .array([])), ("{}", .object([])), ("[1,[2]]", .array([.int(1), .array([.int(2)])])),
      (#"{"b":1,"a":2,"b":3}"#, .object([.init("b", .int(1)), .init("a", .int(2)), .init("b", .int(3))])),
      ("\"\u{7F}é\"", .string("\u{7F}é")),
    ] as [(String, JSON)])
  func `a text stands for this value`(_ text: String, _ value: JSON) throws {
    #expect(try JSONParser.parse(text) == value)
  }

  @Test(arguments: [
    ("", 1), ("nul", 1), ("[1,]", 4), ("[1 2]", 4), (#"{"a" 1}"#, 6), ("{a:1}", 2), ("01", 1), ("1.", 3), ("-", 2),
    ("1e", 3), (#""abc"#, 1), ("\"a\u{1}\"", 3), (#""\x""#, 2), (#""\ud800""#, 2), (#""\ud800\u0041""#, 2), ("1 2", 3),
    (#""\u+123""#, 4), ("1e999", 1), ("[", 2), ("{\"a\":", 6),
  ])
  func `what is no JSON is refused, with the column`(_ text: String, _ column: Int) {
    let failure = #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(text) }
    #expect(failure?.column == column)
  }

  @Test func `a failure in a text of several lines names the line`() {
    let failure = #expect(throws: JSONParser.Failure.self) { try JSONParser.parse("{\n  \"a\": x\n}") }
    #expect(failure?.description == "no JSON: expected a value at line 2, column 8")
  }

  @Test func `values that are nested too deep are refused, however deep`() {
    let deep = String(repeating: "[", count: 100_000)
    let failure = #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(deep, depth: 512) }
    #expect(failure?.reason == "more than 512 levels")
    let just = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
    #expect(throws: Never.self) { try JSONParser.parse(just, depth: 64) }
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse("[\(just)]", depth: 64) }
  }

  @Test func `a number beyond 64 bits is rounded, kept as text or refused`() throws {
    let number = "123456789012345678901234567890"
    #expect(try JSONParser.parse(number, largeNumbers: .round) == .double(1.2345678901234568e29))
    #expect(try JSONParser.parse(number) == .string(number))
    #expect(try JSONParser.parse("18446744073709551615") == .string("18446744073709551615"))
    #expect(try JSONParser.parse("9223372036854775807") == .int(.max))
    #expect(throws: JSONParser.Failure.self) { try JSONParser.parse(number, largeNumbers: .fail) }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a value that was written is read back`(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let value = anyJSON(&random, depth: 4)
    #expect(try JSONParser.parse(value.encoded) == value)
    #expect(try JSONParser.parse(FormatJSON.pretty(value)) == value)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `a text with mistakes is read or refused, and nothing else happens`(_ seed: UInt64) {
    var random = Seeded(seed)
    var bytes = Array(anyJSON(&random, depth: 4).encoded.utf8)
    for _ in 0..<3 where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] = Array("{}[]\",:\\u0e-. ".utf8).randomElement(using: &random) ?? 0
    }
    let text = String(decoding: bytes, as: UTF8.self)
    let result = Result { try JSONParser.parse(text) }
    if case .success(let value) = result { #expect(throws: Never.self) { try JSONParser.parse(value.encoded) } }
  }

  private func anyJSON(_ random: inout Seeded, depth: Int) -> JSON {
    switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .int(.random(in: .min ... .max, using: &random))
    case 3: return .double(.random(in: -1e9...1e9, using: &random))
    case 4: return .string(anyText(&random))
    case 5: return .array((0..<Int.random(in: 0..<4, using: &random)).map { _ in anyJSON(&random, depth: depth - 1) })
    default:
      return .object(
        (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          JSON.Member(anyText(&random), anyJSON(&random, depth: depth - 1))
        })
    }
  }

  private func anyText(_ random: inout Seeded) -> String {
    let characters: [Character] = ["a", "\"", "\\", "\n", "\u{1}", "é", "🍌", "/", " "]
    return String(
      (0..<Int.random(in: 0..<6, using: &random)).compactMap { _ in characters.randomElement(using: &random) })
  }
}
