import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct TickerPageTests {
  private func lines(_ page: TickerPage, _ text: String) -> [String] {
    var page = page
    for word in text.split(separator: " ") { _ = page.add(word) }
    return page.lines
  }

  private func plain(_ page: TickerPage, _ text: String) -> String {
    var page = page
    return text.split(separator: " ").map { page.add($0) }.joined() + page.end()
  }

  @Test(arguments: [
    (10, "one two three", ["one two", "three"]), (7, "one two", ["one two"]), (6, "one two", ["one", "two"]),
    (4, "abcdefghij kl", ["abcd", "efgh", "ij", "kl"]), (4, "日本語 a", ["日本", "語 a"]),
    (5, "e\u{301}e\u{301} x", ["e\u{301}e\u{301} x"]),
  ])
  func `words fill lines`(_ width: Int, _ text: String, _ expected: [String]) {
    #expect(lines(TickerPage(width: width, height: 9, isTerminal: false), text) == expected)
  }

  @Test func `words are cut at the edge when told to`() {
    #expect(
      lines(TickerPage(width: 6, height: 9, wrap: .anywhere, isTerminal: false), "one two three") == [
        "one tw", "o thre", "e",
      ])
  }

  @Test func `plain text is just lines`() {
    #expect(plain(TickerPage(width: 7, height: 2, isTerminal: false), "one two three four") == "one two\nthree\nfour\n")
  }

  @Test func `a full page moves up by a line, in place`() {
    let page = TickerPage(width: 5, height: 2, isTerminal: true)
    #expect(
      plain(page, "one two three") == "one\r\ntwo\r\u{1B}[1A\u{1B}[2Ktwo\r\n\u{1B}[2Kthree\r\n")
    #expect(lines(page, "one two three") == ["two", "three"])
  }

  @Test func `a full page begins again when told to`() {
    let page = TickerPage(width: 5, height: 2, scroll: .page, isTerminal: true)
    #expect(plain(page, "one two three") == "one\r\ntwo\r\u{1B}[1A\u{1B}[Jthree\r\n")
  }

  @Test func `what would move the cursor is shown`() {
    #expect(plain(TickerPage(width: 20, height: 2, isTerminal: false), "a\u{1B}[2Jb") == "a␛[2Jb\n")
  }

  @Test func `a page that has ended is followed by another one`() {
    var page = TickerPage(width: 9, height: 2, isTerminal: true)
    let output = page.add("one") + page.end() + page.end() + page.add("two") + page.end()
    #expect(output == "one\r\ntwo\r\n")
  }

  @Test func `a page without a word is nothing`() {
    var page = TickerPage(width: 5, height: 2, isTerminal: true)
    #expect(page.breakLine() + page.end() == "")
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `no line is wider than the page, and no letter is lost`(_ seed: UInt64) {
    var random = Seeded(seed)
    let words = (0..<30).map { _ in
      String((0..<Int.random(in: 1..<9, using: &random)).compactMap { _ in "ab日é".randomElement(using: &random) })
    }
    let width = Int.random(in: 2..<12, using: &random)
    for wrap in TickerPage.Wrap.allCases {
      var page = TickerPage(width: width, height: 3, wrap: wrap, isTerminal: false)
      let output = words.map { page.add($0) }.joined()
      #expect(output.split(separator: "\n").allSatisfy { DisplayWidth.of($0) <= width })
      #expect(output.filter { $0 != "\n" && $0 != " " } == words.joined())
    }
  }
}
