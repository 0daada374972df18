import Testing

@testable import KamaeliaLanguageServer

@Suite struct LineTableTests {
  @Test(arguments: ["", "a", "a\n", "\n\n", "a\r\nb\rc\n", "👋x\r\né🌍\n", "\r\r\n\n", "e\u{301}\n👩‍👩‍👧b"])
  func `Places and offsets are the same to and fro, and as the protocol counts them`(text: String) {
    let bytes = Array(text.utf8)
    let table = LineTable(bytes)
    let units = Array(text.utf16)
    var offset = 0
    for scalar in text.unicodeScalars {
      // Between CR and LF there is no place.
      let isInside = offset > 0 && bytes[offset - 1] == 0x0D && bytes[offset] == 0x0A
      if !isInside {
        for encoding in [PositionEncoding.utf8, .utf16] {
          #expect(table.offset(of: table.position(of: offset, encoding), encoding) == offset)
        }
        let unitsBefore = String(decoding: bytes[..<offset], as: UTF8.self).utf16.count
        let position = table.position(of: offset, .utf16)
        #expect(
          ["line": .int(position.line), "character": .int(position.character)] == Editor.position(units, unitsBefore))
      }
      offset += String(scalar).utf8.count
    }
  }

  @Test func `Places that are not there are moved to the nearest before them`() {
    let table = LineTable(Array("a👋b\nc".utf8))
    func offset(_ line: Int, _ character: Int) -> Int {
      table.offset(of: TextPosition(line: line, character: character), .utf16)
    }
    #expect(offset(0, 2) == 1)
    #expect(offset(0, 99) == 6)
    #expect(offset(9, 0) == 8)
    #expect(offset(-1, 5) == 0)
    #expect(offset(0, -5) == 0)
    #expect(offset(0, .max) == 6)
    #expect(table.offset(of: TextPosition(line: 1, character: .max), .utf8) == 8)
    #expect(table.offset(of: TextPosition(line: 0, character: 3), .utf8) == 1)
  }

  @Test(arguments: [
    ("file:///a/b.kgraph", "/a/b.kgraph"), ("file:///a%20b/%C3%A9.kgraph", "/a b/é.kgraph"),
    ("file://localhost/a", "/a"), ("FILE:///a", "/a"), ("file:///a%2", "/a%2"), ("file:///a%zz", "/a%zz"),
  ])
  func `URIs are paths`(uri: String, path: String) { #expect(FileURI.path(uri) == path) }

  @Test(arguments: ["untitled:Untitled-1", "http://a/b", "file://elsewhere/a", "file:"])
  func `Others are none`(uri: String) { #expect(FileURI.path(uri) == nil) }

  @Test(arguments: ["/a/b.kgraph", "/a b/é#?%.kgraph", "/"])
  func `Paths are URIs and paths again`(path: String) { #expect(FileURI.path(FileURI.uri(path)) == path) }
}
