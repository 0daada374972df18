import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct LineSplitterTests {
  private func split(_ pieces: [Bytes], longest: Int, ends: LineEnds = .lf) -> [LineSplitter.Piece] {
    var splitter = LineSplitter(longest: longest, ends: ends)
    var all: [LineSplitter.Piece] = []
    for piece in pieces {
      splitter.add(piece)
      while let piece = splitter.next() { all.append(piece) }
    }
    while let piece = splitter.finish() { all.append(piece) }
    return all
  }

  private func lines(_ text: String, longest: Int = 100, ends: LineEnds = .lf) -> [String?] {
    split([Bytes(text)], longest: longest, ends: ends).map { if case .line(let line) = $0 { line.text } else { nil } }
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("a\n", ["a"]), ("a\nb", ["a", "b"]), ("\n\n", ["", ""]), ("a\r\nb\r\n", ["a", "b"]),
    ("a\rb\n", ["a\rb"]), ("a\r", ["a\r"]), ("\r\r\n", ["\r"]), ("é\n日", ["é", "日"]),
    ("\u{FEFF}a\n\u{FEFF}b", ["a", "\u{FEFF}b"]), ("\u{FEFF}", []), ("\u{FEFF}\n", [""]),
  ])
  func `a text has these lines`(_ text: String, _ expected: [String]) { #expect(lines(text) == expected) }

  @Test(arguments: [
    ("a\rb\n", ["a", "b"]), ("a\r", ["a"]), ("a\r\nb\r\n", ["a", "b"]), ("\r\r\n\n", ["", "", ""]),
    ("10 %\r20 %\rdone\n", ["10 %", "20 %", "done"]), ("abcdefgh\rok\r", [nil, nil, nil, "ok"]),
  ])
  func `carriage returns end lines where that is wanted`(_ text: String, _ expected: [String?]) {
    #expect(lines(text, longest: 5, ends: .any).filter { $0 != nil } == expected.filter { $0 != nil })
  }

  @Test func `a line that ends with a carriage return is there before what follows`() {
    var splitter = LineSplitter(longest: 10, ends: .any)
    splitter.add("10 %\r")
    #expect(splitter.next() == .line("10 %"))
    splitter.add("\n20 %\r")
    #expect(splitter.next() == .line("20 %"))
    #expect(splitter.next() == nil)
    #expect(splitter.finish() == nil)
  }

  @Test func `what begins like a byte order mark is kept`() {
    let bytes: [UInt8] = [0xEF, 0xBB]
    #expect(split([Bytes(bytes)], longest: 10) == [.line(Bytes(bytes))])
    #expect(split([Bytes([0xEF]), Bytes([0xBB, 0x41, 0x0A])], longest: 10) == [.line(Bytes([0xEF, 0xBB, 0x41]))])
  }

  @Test func `a stream that is taken up in its middle has no byte order mark`() {
    var splitter = LineSplitter(longest: 10, isAtBeginning: false)
    splitter.add("\u{FEFF}a\n")
    #expect(splitter.next() == .line("\u{FEFF}a"))
  }

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
    let mark = seed % 2 == 0 ? Array("\u{FEFF}".utf8) : []
    let bytes = Bytes(mark + (0..<200).map { _ in Array("ab\r\n\u{E9}".utf8).randomElement(using: &random) ?? 0 })
    for (longest, ends) in [1, 2, 5, 300].flatMap({ [($0, LineEnds.lf), ($0, .any)] }) {
      let whole = split([bytes], longest: longest, ends: ends)
      #expect(split(bytes.pieces(seed: seed), longest: longest, ends: ends) == whole)
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
