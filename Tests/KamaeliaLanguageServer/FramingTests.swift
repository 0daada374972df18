import Testing

@testable import KamaeliaLanguageServer

@Suite struct FramingTests {
  private static func messages(_ text: String, pieces: Int) throws -> [String] {
    var framing = Framing()
    var found: [String] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      framing.add(rest.prefix(pieces))
      rest = rest.dropFirst(pieces)
      while let message = try framing.next() { found.append(String(decoding: message, as: UTF8.self)) }
    }
    return found
  }

  @Test(arguments: [1, 2, 7, 1000])
  func `Messages are found however the bytes are cut`(pieces: Int) throws {
    let text =
      "Content-Length: 2\r\n\r\n{}content-length:3\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n[1]"
      + "Content-Length: 0\n\nContent-Length: 1\r\n\r\n7"
    #expect(try Self.messages(text, pieces: pieces) == ["{}", "[1]", "", "7"])
  }

  @Test(arguments: [
    ("\r\n{}", FramingError.lengthMissing),
    ("Content-Type: x\r\n\r\n", .lengthMissing),
    ("nonsense\r\n\r\n", .badHeader("nonsense")),
    ("Content-Length: -1\r\n\r\n", .badHeader("Content-Length: -1")),
    ("Content-Length: 1\r\nContent-Length: 2\r\n\r\n", .badHeader("Content-Length: 2")),
    ("Content-Length: 99999999999999999999\r\n\r\n", .badHeader("Content-Length: 99999999999999999999")),
    ("Content-Length: 67108865\r\n\r\n", .tooLong(67_108_865, limit: 67_108_864)),
    (String(repeating: "a", count: 9000), .headerTooLong(limit: 8192)),
    (String(repeating: "A: b\n", count: 2000), .headerTooLong(limit: 8192)),
  ])
  func `A header that says nothing sensible ends the reading`(text: String, error: FramingError) {
    #expect(throws: error) { try Self.messages(text, pieces: 1000) }
  }
}
