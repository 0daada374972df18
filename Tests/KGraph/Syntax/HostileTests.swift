import Testing

@testable import KGraph

/// Texts made to break a parser are answered by errors.
struct HostileTests {
  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "(", "[", "{", "->", "\"${", "[,", "a=[", "graph A{\n", "if not ", "!", "a.", "$", "`", "'", "“", "-", "x->[",
      "if ",
      "else{", "F(x:", "if(", "::", "..", "é", ")", "]", "}", "a -> b ", "/*", "# allow(K0410)\n", "##x\n", "a -> ",
      "if $a {} else ", "a = F(x: [", "param x: [", "param x: {a: ", "a -> [", "if not (", "for a in [", "a = F(x = ",
      "\\", ";", "-[", "f(\n", "\0", "\u{202E}", "a_", "0", "1_", "1.",
      "test \"x\" {", "send a: ", "r\"", "x as ", "@", "\r",
    ])
  func `100 kB of the same end soon, with few errors`(_ piece: String) {
    let text = String(repeating: piece, count: 100_000 / piece.utf8.count)
    let file = parsed(text)
    #expect(file.printed() == file.source.bytes)
    #expect(file.diagnostics.count <= Parser.errorLimit + 1)
  }

  @Test(arguments: ["[", "{a: ", "F(x: "]) func `64 levels are read, one more is an error`(_ opening: String) {
    let closing = opening == "[" ? "]" : opening.hasPrefix("{") ? "}" : ")"
    func text(_ depth: Int) -> String {
      "a = G(" + String(repeating: opening, count: depth) + "1" + String(repeating: closing, count: depth) + ")\n"
    }
    #expect(parsed(text(64)).diagnostics.isEmpty)
    #expect(parsed(text(65)).diagnostics.map(\.code) == [.nestedTooDeeply])
  }

  @Test func `64 blocks are read, one more is an error`() {
    func text(_ depth: Int) -> String {
      String(repeating: "graph A {\n", count: depth) + String(repeating: "}\n", count: depth)
    }
    #expect(parsed(text(64)).diagnostics.isEmpty)
    #expect(parsed(text(65)).diagnostics.map(\.code) == [.nestedTooDeeply])
  }

  @Test func `a file of more than 8 MiB is refused unread`() {
    let file = GraphFile.parse(Source(name: "large", bytes: [UInt8](repeating: 0x20, count: Parser.sizeLimit + 1)))
    #expect(file.diagnostics.map(\.code) == [.tooLarge])
    #expect(file.tokens.count == 1)
  }

  @Test func `after 100 errors there is one that says so`() {
    let file = parsed(String(repeating: "a b\n", count: 200))
    #expect(file.diagnostics.count == 101)
    #expect(file.diagnostics.last?.code == .tooManyErrors)
  }

  @Test func `a file that is not in UTF-8 is told so once`() {
    let file = GraphFile.parse(Source(name: "latin", bytes: Array("# caf".utf8) + [0xE9, 0x0A, 0x23, 0xE9]))
    #expect(file.diagnostics.map(\.code) == [.notUTF8])
  }
}
