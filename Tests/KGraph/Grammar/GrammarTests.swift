import Foundation
import Testing

@testable import KGraph

/// The parser and `grammar/kgraph.ebnf` say the same.
struct GrammarTests {
  static let grammar: Result<EBNF, any Error> = Result {
    var folder = URL(filePath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return try EBNF(String(contentsOf: folder.appending(path: "grammar/kgraph.ebnf"), encoding: .utf8))
  }

  static let specials: [String: [String]] = [
    "a character other than `#`": [" ", "x", "é"],
    "a line feed, or a carriage return and a line feed; or the end of the file, or the place before `}`": [
      "\n", "\r\n",
    ],
    "any character that can be seen, a blank or a tab": [" ", "a", "#", "\"", "`", "->", "{", "漢", "\t", "💡"],
    "a letter, of any script: XID_Start of Unicode, and XID_Continue after the first": ["a", "b", "Z", "é", "漢", "r"],
    "any character but `\"`, `\\`, a line end and a `$` before `{`": [
      "a", " ", "$", "#", "'", "x{", "}", "漢", "`", "\t",
    ],
    "the number of a character, in hexadecimal": ["0", "41", "1F600", "10FFFF", "00e9"],
    "any character but `\"` and a line end": ["a", "\\", "$", "${", "'", "#", "`", "é"],
    "any character but a line end, with no `\"` before a `#`": ["a", "\\", "$", "${", "'", "#", "`", "é", "\" "],
    "any character but a line end": ["a", "\\", "`", "'", "\"", "$", " "],
    "any character but a blank, a quote of any kind, `\\` and a `$` before `{`": ["a", "-", "=", "$", "|", "é", ">"],
  ]

  @Test func `every production can be reached from a file and is defined`() throws {
    let grammar = try Self.grammar.get()
    for name in grammar.names {
      let path = Self.path(to: name, in: grammar)
      #expect(path != nil, "nothing leads to \(name)")
      grammar.productions[name]?.visit {
        if case .production(let used) = $0 { #expect(grammar.productions[used] != nil, "\(name) uses \(used)") }
      }
    }
  }

  @Test func `the words of the grammar are those of the parser`() throws {
    let terminals = try Self.grammar.get().terminals { !EBNF.isLexical($0) }
    let words = Set(terminals.filter { $0.first?.isLetter == true })
    let known =
      Keyword.allCases.map(\.rawValue) + ContextualWord.allCases.map(\.rawValue)
      + RestartClause.Policy.allCases.map(\.rawValue)
    #expect(words == Set(known))
  }

  @Test func `the signs of the grammar are those of the lexer`() throws {
    let grammar = try Self.grammar.get()
    let signs = Set(Token.Kind.allCases.compactMap(\.sign))
    #expect(signs.subtracting(grammar.terminals { _ in true }).isEmpty)
    let written = grammar.terminals { !EBNF.isLexical($0) }.filter { $0.first?.isLetter != true }
    #expect(written.subtracting(signs) == ["_"])
  }

  @Test func `the units of the grammar are those of the lexer`() throws {
    let names = ["DURATION", "SIZE", "FREQUENCY"]
    let units = try Self.grammar.get().terminals { names.contains($0) }
    #expect(units.union(["%"]) == Set(Unit.all.map(\.name)))
    #expect(try Self.grammar.get().terminals { $0 == "UNIT" } == ["%", "/"])
  }

  @Test func `the comparisons of the grammar are those of the tree`() throws {
    let signs = try Self.grammar.get().terminals { $0 == "operator" }
    #expect(signs == Set(Condition.Comparison.allCases.map(\.rawValue)))
  }

  @Test func `the parser takes sentences of every production and of every branch`() throws {
    let grammar = try Self.grammar.get()
    var sentences = Sentences(grammar, seed: 7, specials: Self.specials)
    for name in grammar.names {
      let path = try #require(Self.path(to: name, in: grammar))
      for _ in 0..<60 {
        let sentence = sentences.sentence("file", through: path)
        let file = GraphFile.parse(Source(name: "sentence", text: sentence))
        let errors = file.diagnostics.filter { $0.code.name.hasPrefix("K00") }
        #expect(
          errors.isEmpty,
          "through \(path.joined(separator: " ")):\n\(Report(errors).text(isColoured: false))\(sentence)")
        #expect(file.printed() == Array(sentence.utf8))
        Self.expectFormattingKeeps(file)
      }
    }
    #expect(sentences.used == Set(grammar.names))
    #expect(sentences.unknownSpecials.isEmpty)
    for (id, branches) in Self.branches(of: grammar) {
      for branch in 0..<branches {
        #expect(sentences.taken.contains([id, branch]), "decision \(id), branch \(branch)")
      }
    }
  }

  /// Formatting is repeatable, and the result says the same.
  static func expectFormattingKeeps(_ file: GraphFile) {
    guard let formatted = Formatter.format(file) else {
      #expect(!file.diagnostics.isEmpty)
      return
    }
    let again = GraphFile.parse(Source(name: "formatted", text: formatted))
    #expect(outline(of: again) == outline(of: file), "\(formatted)")
    #expect(again.documentation?.text == file.documentation?.text)
    #expect(again.allowances.map(\.code.text) == file.allowances.map(\.code.text))
    #expect(Formatter.format(again) == formatted)
  }

  /// The shortest way from `file` to a production, `file` not included.
  private static func path(to name: String, in grammar: EBNF) -> [String]? {
    var ways: [String: [String]] = ["file": []]
    var queue = ["file"]
    while !queue.isEmpty {
      let here = queue.removeFirst()
      if here == name { return ways[here] }
      grammar.productions[here]?.visit {
        guard case .production(let next) = $0, ways[next] == nil else { return }
        ways[next] = (ways[here] ?? []) + [next]
        queue.append(next)
      }
    }
    return nil
  }

  /// How many branches each decision of the grammar has.
  private static func branches(of grammar: EBNF) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for expression in grammar.productions.values {
      expression.visit {
        switch $0 {
        case .choice(let parts, let id): counts[id] = parts.count
        case .optional(_, let id), .repeated(_, let id): counts[id] = 2
        default: break
        }
      }
    }
    return counts
  }
}
