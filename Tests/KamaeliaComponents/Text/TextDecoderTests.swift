import Kamaelia
import Testing

@testable import KamaeliaComponents

@Suite struct TextDecoderTests {
  private func decode(
    _ pieces: [Bytes], _ encoding: TextEncoding, _ policy: TextDecoder.Policy = .replace
  ) throws -> String {
    var decoder = TextDecoder(encoding, policy)
    return try pieces.map { try decoder.decode($0) }.joined() + decoder.finish()
  }

  @Test(arguments: TextEncoding.allCases)
  func `what an encoding writes, it reads`(_ encoding: TextEncoding) throws {
    let text = encoding == .latin1 ? "zß ÿ\u{0}" : "zß水🍌\u{0}"
    let bytes = Bytes(try encoding.encode(text))
    for seed in 0..<20 as Range<UInt64> { #expect(try decode(bytes.pieces(seed: seed), encoding, .fail) == text) }
  }

  @Test(
    arguments: [
      ([0xEF, 0xBB, 0xBF, 0x61], .utf8), ([0xFF, 0xFE, 0x61, 0x00], .utf16), ([0xFE, 0xFF, 0x00, 0x61], .utf16),
      ([0x00, 0x61], .utf16),
    ] as [([UInt8], TextEncoding)])
  func `a byte order mark says the order and is no text`(_ bytes: [UInt8], _ encoding: TextEncoding) throws {
    #expect(try decode([Bytes(bytes)], encoding) == "a")
    #expect(try decode(Bytes(bytes).pieces(seed: 0), encoding) == "a")
  }

  @Test(arguments: TextEncoding.allCases, 0..<30 as Range<UInt64>)
  func `how the bytes are cut makes no difference, sense or none`(_ encoding: TextEncoding, _ seed: UInt64) throws {
    var random = Seeded(seed)
    // Bytes that begin, go on with or break characters, in all encodings.
    let alphabet: [UInt8] = [0x00, 0x61, 0x80, 0x8F, 0xBF, 0xC2, 0xE0, 0xED, 0xA0, 0xF0, 0x9F, 0xF4, 0xD8, 0xDC, 0xFF]
    let bytes = Bytes((0..<60).map { _ in alphabet.randomElement(using: &random) ?? 0 })
    #expect(try decode(bytes.pieces(seed: seed), encoding) == decode([bytes], encoding))
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func `replacing gives what the standard library gives`(_ seed: UInt64) throws {
    var random = Seeded(seed)
    let bytes = (0..<60).map { _ in UInt8.random(in: 0x70...0xFF, using: &random) }
    #expect(try decode(Bytes(bytes).pieces(seed: seed), .utf8) == String(decoding: bytes, as: UTF8.self))
  }

  @Test(
    arguments: [
      ([0x61, 0x62, 0xFF], .utf8, 2), ([0x61, 0xC3, 0x61], .utf8, 1), ([0x61, 0xE6, 0xB0], .utf8, 1),
      ([0x00, 0x61, 0x00], .utf16be, 2), ([0x00, 0x61, 0xDC, 0x00], .utf16be, 2),
      ([0x00, 0xD8, 0x61, 0x00], .utf16le, 0),
      ([0xEF, 0xBB, 0xBF, 0x61, 0x80], .utf8, 4),
    ] as [([UInt8], TextEncoding, Int)])
  func `a failure names the byte`(_ bytes: [UInt8], _ encoding: TextEncoding, _ offset: Int) {
    for seed in 0..<5 as Range<UInt64> {
      #expect(throws: TextError.notDecodable(encoding, offset: offset)) {
        try decode(Bytes(bytes).pieces(seed: seed), encoding, .fail)
      }
    }
  }

  @Test func `a character that the encoding lacks is named`() {
    #expect(throws: TextError.notEncodable(.latin1, character: "水")) { try TextEncoding.latin1.encode("a水") }
  }
}
