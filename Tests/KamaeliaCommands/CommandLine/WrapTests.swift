import Testing

@testable import KamaeliaCommands

struct WrapTests {
  @Test(
    arguments: [
      ("", [""]), ("one two three four five six", ["one two three four", "five six"]),
      (
        "a\n\n  kept   as it is, however long it may be\nb",
        ["a", "", "  kept   as it is, however long it may be", "b"]
      ),
      ("averyveryverylongwordthatstandsalone b", ["averyveryverylongwordthatstandsalone", "b"]),
      ("日本語 日本語 日本語 日本語", ["日本語 日本語 日本語", "日本語"]),
    ])
  func `text is broken at blanks`(_ text: String, _ lines: [String]) {
    #expect(Wrap.lines(text, width: 20) == lines)
  }

  @Test func `a table has its texts in one column, wrapped`() {
    let rows = [("a", "one two three four five"), ("a long name indeed", "x"), ("日本", "y"), ("none", "")]
    let expected = [
      "  a     one two three four", "        five", "  a long name indeed", "        x", "  日本  y", "  none",
    ]
    #expect(Wrap.table(rows, width: 28) == expected)
  }
}
