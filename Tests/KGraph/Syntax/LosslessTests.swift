import Testing

@testable import KGraph

/// Whatever the bytes are, the tree gives them back.
struct LosslessTests {
  @Test(arguments: SyntaxSamples.realFiles) func `a file that is right comes back as it was`(_ source: Source) {
    let file = GraphFile.parse(source)
    #expect(file.diagnostics.isEmpty, "\(Report(file.diagnostics).text(isColoured: false))")
    expectLossless(file)
  }

  @Test(arguments: [
    "", "\n", "\r\n", "\u{FEFF}a -> b", "\u{FEFF}", "a -> b\r\nc -> d\r\n", "\0", "a\0b", "#", "##", "\"", "`", "${",
    "a -> \"", "#!x", "-[", "\r", "a\rb", "r\"", "0x", "}", "$", "\\",
  ])
  func `small and odd texts come back as they were`(_ text: String) { expectLossless(parsed(text)) }

  @Test(arguments: 0..<60) func `random bytes come back as they were`(_ seed: Int) {
    var random = SeededGenerator(seed)
    let count = Int.random(in: 0..<2_000, using: &random)
    // Some of all bytes, some of those that mean something.
    let signs = Array("-->[](){}.,:=$@\"`'#\n\r\t \\/;|<>!?_019amsrxE%&…→“ é\0".utf8)
    let bytes = (0..<count).map { _ in
      seed.isMultiple(of: 2) ? UInt8.random(in: 0...255, using: &random) : signs.randomElement(using: &random) ?? 0
    }
    expectLossless(GraphFile.parse(Source(name: "random", bytes: bytes)))
  }

  @Test(arguments: SyntaxSamples.realFiles) func `a file with some bytes wrong comes back as it is`(_ source: Source) {
    var random = SeededGenerator(source.bytes.count)
    for _ in 0..<150 {
      var bytes = source.bytes
      for _ in 0...Int.random(in: 0..<4, using: &random) where !bytes.isEmpty {
        let at = Int.random(in: 0..<bytes.count, using: &random)
        let length = min(Int.random(in: 1...20, using: &random), bytes.count - at)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[at] ^= UInt8.random(in: 1...255, using: &random)
        case 1: bytes.removeSubrange(at..<at + length)
        case 2: bytes.insert(contentsOf: Array(bytes[at..<at + length]), at: at)
        default: bytes.removeSubrange(at...)
        }
      }
      let file = GraphFile.parse(Source(name: "mutated", bytes: bytes))
      expectLossless(file)
      GrammarTests.expectFormattingKeeps(file)
    }
  }

  /// Tokens tile the source, nodes nest in order and begin and end where tokens do, and a walk meets every byte once.
  private func expectLossless(_ file: GraphFile) {
    var end = 0
    var borders: Set<Int> = [0]
    var isTiled = true
    for token in file.tokens {
      if token.range.lowerBound != end || token.range.isEmpty { isTiled = false }
      end = token.range.upperBound
      borders.insert(end)
    }
    #expect(isTiled && end == file.source.bytes.count)
    #expect(file.printed() == file.source.bytes)
    expectNested(file, borders)
    #expect(file.diagnostics.count <= Parser.errorLimit + 1)
    for diagnostic in file.diagnostics {
      let places = [diagnostic.place] + diagnostic.labels.map(\.place) + diagnostic.fixes.flatMap(\.edits).map(\.place)
      #expect(places.allSatisfy { $0.range.upperBound <= end })
    }
  }

  private func expectNested(_ node: any SyntaxNode, _ borders: Set<Int>) {
    var last = node.place.range.lowerBound
    for child in node.children {
      let range = child.place.range
      #expect(range.lowerBound >= last, "\(child) begins before its neighbour ends, in \(type(of: node))")
      #expect(range.upperBound <= node.place.range.upperBound, "\(child) leaves \(type(of: node))")
      #expect(borders.contains(range.lowerBound) && borders.contains(range.upperBound), "\(child) splits a token")
      last = range.upperBound
      expectNested(child, borders)
    }
  }
}

extension Source: CustomTestStringConvertible {
  public var testDescription: String { name }
}
