import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct RequiredLiteralTests {
  @Test(arguments: [
    ("ERROR", "an ERR", "an ERROR"), (#"\bERROR\b"#, "fine", "ERROR"),
    (#"^(\S+) took (\d+) ms$"#, "a b c", "a took 1 ms"),
    (#"a\.b"#, "acb", "a.b"), ("ab?c", "xyz", "ac"), ("ab*", "b", "a"), ("x{2}yz", "xx", "xxyz"),
    ("[ab]cd", "ab", "acd"),
    ("(a|b)cd", "ab", "bcd"), ("日本?", "本", "日"), ("ह", "न", "हिन्दी"), ("K", "\u{212A}", "K"),
  ])
  func `a text without the certain piece is passed over`(_ pattern: String, _ without: String, _ with: String) throws {
    let literal = try #require(RequiredLiteral(of: pattern))
    #expect(!literal.mayMatch(without))
    #expect(literal.mayMatch(with))
  }

  @Test(arguments: [
    "a|b", "(?i)abc", #"\x41bc"#, #"\Qa.b\E"#, "", ".*", "a?", "[[a]b]c", "(a", "é?", "e\u{301}*", "\r\n?",
    #"(?x) a b"#,
  ])
  func `where nothing is certain, nothing is passed over`(_ pattern: String) {
    #expect(RequiredLiteral(of: pattern) == nil)
  }

  @Test(arguments: 0..<400 as Range<UInt64>)
  func `it never says no where the pattern is found`(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let pieces = [
      "a", "b", "ab", "K", "a?", "b*", "a+", "(a|b)", "(ab)?", "(?:b)", "[ab]", "[^a]", #"\b"#, #"\w"#, ".", "a{2}",
      "b{0,1}", "|", "(?<n>a)", "(?i)", "(?i:a)", "(?=a)", #"\."#, "^", "$", "é", "e\u{301}", "\r", "\n", "é?",
      #"(\))"#, #"[\]]"#,
    ]
    let pattern = (0..<Int.random(in: 1..<6, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
      .joined()
    guard let literal = RequiredLiteral(of: pattern), let regex = try? Pattern(pattern).regex else { return }
    for _ in 0..<50 {
      let text = String(
        (0..<Int.random(in: 0..<6, using: &random)).compactMap { _ in
          "abAB.KK\u{212A}ée\u{301})]\r\n ".unicodeScalars.randomElement(using: &random).map(Character.init)
        })
      if text.firstMatch(of: regex) != nil { #expect(literal.mayMatch(text), "\(pattern) in \(text.debugDescription)") }
    }
  }
}
