import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct CSVReaderTests {
  private func read(_ pieces: [Bytes], longest: Int = 1000) -> [CSVReader.Item] {
    var reader = CSVReader(longest: longest)
    var items: [CSVReader.Item] = []
    for piece in pieces {
      reader.add(piece)
      while let item = reader.next() { items.append(item) }
    }
    while let item = reader.finish() { items.append(item) }
    return items
  }

  private func read(_ text: String, longest: Int = 1000) -> [CSVReader.Item] { read([Bytes(text)], longest: longest) }

  @Test(arguments: [
    ("", []), ("a,b", [["a", "b"]]), ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]), ("a\n\nb\n", [["a"], ["b"]]),
    ("\"a,b\",c", [["a,b", "c"]]), ("\"say \"\"hi\"\"\"\n", [["say \"hi\""]]),
    ("\"two\nlines\",x\n", [["two\nlines", "x"]]),
    (",\n", [["", ""]]), ("\"\"\n", [[""]]), ("a,\r\n", [["a", ""]]), ("a, b \n", [["a", " b "]]), ("\r\n", []),
    ("\"a\"\r\n", [["a"]]), ("é,日\n", [["é", "日"]]), ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
    ("a\r\rb\r\r\nc", [["a"], ["b"], ["c"]]), ("\"a\"\r\"b\rc\"\r", [["a"], ["b\rc"]]),
    ("\"a\r\nb\",c\n", [["a\r\nb", "c"]]), ("\u{FEFF}a,b\n", [["a", "b"]]),
    ("\u{FEFF}\"a\",b\n", [["a", "b"]]), ("\u{FEFF}", []), ("a\n\u{FEFF}b\n", [["a"], ["\u{FEFF}b"]]),
  ])
  func `a text has these records`(_ text: String, _ records: [[String]]) {
    let fields = read(text).map { item -> [String]? in if case .record(let fields, _) = item { fields } else { nil } }
    #expect(fields == records)
  }

  @Test func `records and failures know their lines`() {
    #expect(
      read("a\n\"b\nb\"\n\nx\"y\nc\n") == [
        .record(["a"], line: 1), .record(["b\nb"], line: 2), .failure(.quoteInsideField, line: 5, raw: "x\"y"),
        .record(["c"], line: 6),
      ])
  }

  @Test func `lines that end with a carriage return alone are counted like others`() {
    #expect(
      read("a\r\"b\rb\"\r\rx\"y\rc\r") == [
        .record(["a"], line: 1), .record(["b\rb"], line: 2), .failure(.quoteInsideField, line: 5, raw: "x\"y"),
        .record(["c"], line: 6),
      ])
    #expect(
      read("\"open\ra,b\r\nc\r") == [
        .failure(.openQuote, line: 1, raw: "\"open"), .record(["a", "b"], line: 2), .record(["c"], line: 3),
      ])
  }

  @Test func `a stray quote costs one line and not the rest`() {
    #expect(
      read("\"open\na,b\r\nc\n") == [
        .failure(.openQuote, line: 1, raw: "\"open"), .record(["a", "b"], line: 2), .record(["c"], line: 3),
      ])
    #expect(
      read("\"open\na,\"b\"\nc\n") == [
        .failure(.textBehindQuote, line: 1, raw: "\"open"), .record(["a", "b"], line: 2), .record(["c"], line: 3),
      ])
  }

  @Test func `a record that is too long costs one line and not the rest`() {
    let items = read("\"open\n\(String(repeating: "x\n", count: 20))", longest: 10)
    #expect(items.first == .failure(.tooLong(10), line: 1, raw: "\"open"))
    #expect(items.dropFirst() == (2...21).map { CSVReader.Item.record(["x"], line: $0) }[...])
    #expect(
      read("abcdefgh\nok\n", longest: 5) == [.failure(.tooLong(5), line: 1, raw: "abcdefgh"), .record(["ok"], line: 2)])
    #expect(read("abcde\r\n", longest: 5) == [.record(["abcde"], line: 1)])
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func `how the text is cut makes no difference`(_ seed: UInt64) {
    var random = Seeded(seed)
    let mark = seed % 2 == 0 ? Array("\u{FEFF}".utf8) : []
    let bytes = Bytes(mark + (0..<80).map { _ in Array("ab,\"\"\r\n\n\r".utf8).randomElement(using: &random) ?? 0 })
    for longest in [3, 10, 1000] {
      #expect(read(bytes.pieces(seed: seed), longest: longest) == read([bytes], longest: longest))
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func `what was written is read back`(_ seed: UInt64) {
    var random = Seeded(seed)
    let characters: [Character] = ["a", ",", "\"", "\n", "\r", "é", " "]
    let records = (0..<10).map { _ in
      (0..<Int.random(in: 1..<4, using: &random)).map { _ in
        String((0..<Int.random(in: 0..<5, using: &random)).compactMap { _ in characters.randomElement(using: &random) })
      }
    }
    let text = records.map { CSVWriter.line($0, separator: ",") + "\r\n" }.joined()
    let fields = read(text).map { item -> [String]? in if case .record(let fields, _) = item { fields } else { nil } }
    #expect(fields == records)
  }
}
