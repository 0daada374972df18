import Testing

@testable import KamaeliaComponents

@Suite struct RoomWordsTests {
  @Test(arguments: [
    ("anna", "anna"), ("  anna   b ", "anna b"), ("Ærøskøbing", "Ærøskøbing"), ("名前", "名前"), ("x🦊y", "x🦊y"),
    ("bob: hi", "bob hi"), ("<script>", "script"), ("* anna", "anna"), ("a\u{1B}[2Jb", "a2Jb"), ("a\nb", "a b"),
    ("a\u{202E}b", "ab"), ("o'neil-x_1.2", "o'neil-x_1.2"), ("/quit", "quit"), (" \t\u{200B}", ""), ("", ""),
    (String(repeating: "ab ", count: 20), "ab ab ab ab ab ab ab ab"),
    ("a" + String(repeating: "\u{301}", count: 50), ""),
  ])
  func `A name has nothing in it that a name has not`(typed: String, name: String) {
    #expect(RoomWords.name(typed) == name)
  }

  @Test(arguments: [
    ("hello", "hello", true), ("12345678", "12345678", true), ("123456789", "12345678", false), ("a\tb", "a b", true),
    ("a\u{1B}b\u{7F}", "a␛b␡", true), ("a\u{202E}b\u{2028}", "a\u{FFFD}b\u{FFFD}", true),
    ("<b>&amp;", "<b>&amp;", true),
    ("one\r\ntwo", "one␍␊two", true),
  ])
  func `What is said stays on one line and in its direction`(typed: String, shown: String, isWhole: Bool) {
    let said = RoomWords.said(typed, longest: 8)
    #expect(said.text == shown && said.isWhole == isWhole)
  }
}
