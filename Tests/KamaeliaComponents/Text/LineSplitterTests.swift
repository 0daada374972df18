import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct LineSplitterTests {
  private func split(_ pieces: [Bytes], longest: Int) -> [LineSplitter.Piece] {
    var splitter = LineSplitter(longest: longest)
    var all: [LineSplitter.Piece] = []
    for piece in pieces {
      splitter.add(piece)
      while let piece = splitter.next() { all.append(piece) }
    }
    while let piece = splitter.finish() { all.append(piece) }
    return all
  }

  private func lines(_ text: String, longest: Int = 100) -> [String?] {
    split([Bytes(text)], longest: longest).map { if case .line(let line) = $0 { line.text } else { nil } }
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]), ("a\r\nb\r\n", ["a", "b"]),
    ("a\rb\n", ["a\rb"]), ("a\r", ["a\r"]), ("\r\r\n", ["\r"]), ("é\n日", ["é", "日"]),
  ])
  func `a text has these lines`(_ text: String, _ expected: [String]) { #expect(lines(text) == expected) }

  @Test func `a line of just the longest size is a line, whatever its end`() {
    #expect(lines("abc\n", longest: 3) == ["abc"])
    #expect(lines("abc\r\n", longest: 3) == ["abc"])
    #expect(lines("abc", longest: 3) == ["abc"])
  }

  @Test func `a line that is too long comes in pieces, with its end, and the next line is whole`() {
    let pieces = split([Bytes("abcdefgh\r\nok\n")], longest: 3)
    #expect(
      pieces == [
        .tooLong("abc", line: 1), .tooLong("def", line: 1), .tooLong("gh\r", line: 1), .tooLong("\n", line: 1),
        .line("ok"),
      ])
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `how the bytes are cut makes no difference`(_ seed: UInt64) {
    var random = Seeded(seed)
    let bytes = Bytes((0..<200).map { _ in Array("ab\r\n\u{E9}".utf8).randomElement(using: &random) ?? 0 })
    for longest in [1, 2, 5, 300] {
      let whole = split([bytes], longest: longest)
      #expect(split(bytes.pieces(seed: seed), longest: longest) == whole)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `no byte but line ends is lost, and none comes twice`(_ seed: UInt64) {
    var random = Seeded(seed)
    let bytes = Bytes((0..<300).map { _ in Array("abc\n".utf8).randomElement(using: &random) ?? 0 })
    let gathered = split(bytes.pieces(seed: seed), longest: 3).map { piece in
      switch piece {
      case .line(let line): line.text
      case .tooLong(let part, _): part.text
      }
    }
    #expect(gathered.joined().filter { $0 != "\n" } == bytes.text.filter { $0 != "\n" })
  }
}
