import Testing

@testable import Kamaelia

struct DisplayWidthTests {
  @Test(
    arguments: [
      ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("ｱ", 1), ("Ａ", 2), ("한", 2),
      ("\u{1112}\u{1161}\u{11AB}", 2), ("🙂", 2), ("👩‍👩‍👧", 2), ("❤\u{FE0F}", 2), ("❤", 1), ("a\u{200B}b", 2), ("—", 1),
      ("█", 1),
    ])
  func `a text takes these columns`(_ text: String, _ columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("\u{1B}[31m", "␛[31m"), ("a\r\nb", "a␍␊b"), ("\u{7F}", "␡"), ("\u{9B}31m", "\u{FFFD}31m"),
      ("a\u{202E}b", "a\u{FFFD}b"), ("\u{200B}", "\u{FFFD}"), ("\u{301}", "\u{25CC}\u{301}"), ("日", "日"),
    ])
  func `what would harm a terminal is shown as a sign`(_ text: String, _ shown: String) {
    #expect(DisplayWidth.printable(text) == shown)
  }

  @Test func `marks do not pile up`() {
    let shown = DisplayWidth.printable("a" + String(repeating: "\u{301}", count: 10_000))
    #expect(shown.unicodeScalars.count == 9)
  }
}
