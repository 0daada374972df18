import KGraph
import Kamaelia
import KamaeliaComponents
import Testing

/// Each graph of the repository with one mistake at a place that a seed decides: whatever fix is offered, the text has no more
/// errors with it than before, and can be read no worse.
@Suite struct MutatedGraphTests {
  private static let each = 30

  @Test(arguments: try graphs()) func `No fix of a mistake makes a graph worse`(path: String) throws {
    let text = try Place.read(path)
    let answers = KeptAnswers()
    func errors(_ text: String) -> [Diagnostic] {
      Checker(library: .standard, loader: FileLoader(root: Place.root), kept: answers)
        .check(Source(name: "\(Place.root)/\(path)", text: text)).diagnostics.filter { $0.severity == .error }
    }
    #expect(errors(text) == [])
    var random = Random(state: path.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    var fixes = 0
    for _ in 0..<Self.each {
      let mutated = Self.mutate(text, &random)
      let before = errors(mutated)
      for fix in before.flatMap(\.fixes) where fix.edits.allSatisfy({ $0.place.source.name.hasSuffix(path) }) {
        fixes += 1
        let mended = fix.applied(to: mutated)
        #expect(mended != mutated)
        let after = errors(mended)
        func isOfSyntax(_ diagnostic: Diagnostic) -> Bool { diagnostic.code.name.hasPrefix("K00") }
        #expect(
          after.count <= before.count || after.count(where: isOfSyntax) < before.count(where: isOfSyntax),
          "\(fix.title)\n\(Self.difference(mutated, mended))\n\(Report(after).text(isColoured: false))")
        #expect(after.count(where: isOfSyntax) <= before.count(where: isOfSyntax), "\(fix.title)\n\(mended)")
      }
    }
    // Else nothing would be tested.
    #expect(fixes > 0 || text.count < 1000)
  }

  private static func graphs() throws -> [String] {
    try ["graphs", "graphs/chat", "graphs/talk"].flatMap { folder in
      try Place.files(in: folder, ".kgraph").map { "\(folder)/\($0)" }
    }
  }

  private static func difference(_ a: String, _ b: String) -> String {
    zip(a.split(separator: "\n"), b.split(separator: "\n")).first { $0 != $1 }.map { "\($0)\n\($1)" } ?? ""
  }

  // MARK: Mistakes

  private static let signs = [
    "->", "(", ")", "{", "}", "[", "]", ",", ":", "=", ".", "$", "@", "\"", "self", "graph", "as", "test", "1", "\"x\"",
    "foo", "-", "*", "`x`", "Text", "Foo()", "inbox", "of", "in", "!", "|", ";", "'", "1s",
  ]

  /// The text with one token taken away, put in, written wrongly, twice, or in the place of another.
  private static func mutate(_ text: String, _ random: inout Random) -> String {
    let source = Source(name: "", text: text)
    let tokens = GraphFile.parse(source).tokens.filter { !$0.isTrivia && !$0.range.isEmpty }
    let index = random.below(tokens.count)
    let range = tokens[index].range
    let word = source.text(range)
    let replacement: String
    var whole = range
    switch random.below(7) {
    case 0: replacement = ""
    case 1: replacement = word + (random.below(2) == 0 ? "" : " ") + signs[random.below(signs.count)]
    case 2: replacement = signs[random.below(signs.count)]
    case 3 where index + 1 < tokens.count:
      let next = tokens[index + 1].range
      replacement = source.text(next) + source.text(range.upperBound..<next.lowerBound) + word
      whole = range.lowerBound..<next.upperBound
    case 4:
      replacement = word == word.lowercased() ? word.uppercased() : word.lowercased()
    case 5:
      var letters = Array(word)
      let place = random.below(letters.count)
      if random.below(2) == 0 { letters.remove(at: place) } else { letters.insert("x", at: place) }
      replacement = String(letters)
    default: replacement = "\(word) \(word)"
    }
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(whole, with: Array(replacement.utf8))
    return String(decoding: bytes, as: UTF8.self)
  }

  private struct Random {
    var state: UInt64

    mutating func below(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(1, count)))
    }
  }
}
