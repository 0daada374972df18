import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

/// Components that make one text of one text.
@Suite struct OneForOneTests {
  private func run(
    _ type: any Component.Type, _ arguments: [String: Value], _ texts: [String]
  ) async throws -> [String] {
    let harness = Harness(type, arguments)
    harness.feed("inbox", texts)
    return try await harness.run().messages("outbox", as: String.self)
  }

  @Test func `Uppercase and Lowercase know all scripts`() async throws {
    #expect(try await run(Uppercase.self, [:], ["straße i", "ω"]) == ["STRASSE I", "Ω"])
    #expect(try await run(Lowercase.self, [:], ["ÉCOLE I", "Ω"]) == ["école i", "ω"])
  }

  @Test func `Prefix goes before each text`() async throws {
    #expect(try await run(Prefix.self, ["text": "> "], ["a", ""]) == ["> a", "> "])
  }

  @Test(arguments: [("both", "a b"), ("start", "a b\u{A0}\n"), ("end", " \ta b")])
  func `Trim takes blanks off`(_ side: String, _ text: String) async throws {
    #expect(try await run(Trim.self, ["side": .name(side)], [" \ta b\u{A0}\n"]) == [text])
  }

  @Test func `Trim leaves empty texts out when told to`() async throws {
    #expect(try await run(Trim.self, [:], [" ", "a"]) == ["", "a"])
    #expect(try await run(Trim.self, ["keepEmpty": false], [" ", "a"]) == ["a"])
  }

  @Test(
    arguments: [
      ([:], "a-1 b-22 C-3", "<1> <22> C-3"), (["count": 1], "a-1 b-2", "<1> b-2"), (["ignoreCase": true], "A-1", "<1>"),
    ] as [([String: Value], String, String)])
  func `Replace puts groups into the words`(_ extra: [String: Value], _ text: String, _ result: String) async throws {
    let arguments = extra.merging(["pattern": #"[a-z]-(?<n>\d+)"#, "with": "<{n}>"]) { $1 }
    #expect(try await run(Replace.self, arguments, [text]) == [result])
  }

  @Test func `Replace by number, by the whole, and with braces`() async throws {
    let arguments: [String: Value] = ["pattern": #"(\w)(\w)?"#, "with": "{2}{1}{{{}}}"]
    #expect(try await run(Replace.self, arguments, ["ab", "c", "-"]) == ["ba{ab}", "c{c}", "-"])
  }

  @Test func `Printable shows what would play tricks, and keeps all else`() async throws {
    let texts = ["\u{1B}[31mred\u{7}", "a\tb", "ü€😀", "\u{202E}abc", "\u{9B}2J", "", "\r\n\u{7F}"]
    #expect(
      try await run(Printable.self, [:], texts) == [
        "␛[31mred␇", "a\tb", "ü€😀", "\u{FFFD}abc", "\u{FFFD}2J", "", "␍␊␡",
      ])
  }

  @Test(
    arguments: [
      ("(a)(?<n>b)", "{0}{1}{2}{n}{}", nil), ("(a)", "{7}", "7"), ("(a)", "{-1}", "-1"), ("(?<n>a)", "{m}", "m"),
      ("(?x) (a) # a comment", "{1}{2}", "2"), ("(a)|(b)", "{2}{3}", "3"), ("a", "{{1}}", nil), ("a", "{1}", "1"),
    ] as [(String, String, String?)])
  func `Replace refuses a group that the pattern lacks`(_ pattern: String, _ with: String, _ group: String?) throws {
    let problem = try problem(Replace(), ["pattern": .text(pattern), "with": .text(with)])
    #expect(problem == group.map { "parameter `with` names the group `\($0)`, which the pattern does not have" })
  }

  @Test func `Join makes one text of a list`() async throws {
    let harness = Harness(Join.self, ["separator": ", "])
    harness.feed("inbox", [["a", "b"], [], ["c"]])
    #expect(try await harness.run().messages("outbox", as: String.self) == ["a, b", "", "c"])
  }
}
