import FormatChecks
import KamaeliaFormats
import Testing

@Suite struct WebSocketTests {
  @Test func `The examples of the standard are read`() {
    let hello = Array("Hello".utf8)
    let binary = [UInt8](repeating: 7, count: 256)
    let server: [UInt8] =
      [0x81, 0x05] + hello + [0x01, 0x03, 0x48, 0x65, 0x6C, 0x80, 0x02, 0x6C, 0x6F] + [0x89, 0x05] + hello
      + [0x82, 0x7E, 0x01, 0x00] + binary
    for seed in 0..<8 as Range<UInt64> {
      let transcript = Reading.frames(server, .client, seed: seed)
      #expect(transcript.failure == nil)
      #expect(transcript.events == [.text(hello), .text(hello), .ping(hello), .binary(binary)])
    }
    let client: [UInt8] = [
      0x81, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F, 0x4D, 0x51, 0x58, 0x8A, 0x85, 0x37, 0xFA, 0x21, 0x3D, 0x7F, 0x9F,
      0x4D, 0x51, 0x58,
    ]
    #expect(Reading.frames(client, seed: 0).events == [.text(hello), .pong(hello)])
  }

  @Test(arguments: [0, 1, 125, 126, 127, 65535, 65536, 70000], [nil, 0x37FA_213D as UInt32, 0])
  func `A frame is read as it was written`(count: Int, mask: UInt32?) {
    let payload = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let bytes = WebSocketWriter.frame(.binary, payload, mask: mask)
    let transcript = Reading.frames(bytes, mask == nil ? .client : .server, seed: 5)
    #expect(transcript.failure == nil)
    #expect(transcript.events == [.binary(payload)])
  }

  @Test(arguments: 2..<60 as Range<UInt64>)
  func `Messages in fragments with control frames between them are whole again`(seed: UInt64) {
    var random = Seeded(seed)
    let role: WebSocketRole = seed % 2 == 0 ? .server : .client
    var bytes: [UInt8] = []
    var expected: [WebSocketParser.Event] = []
    func mask() -> UInt32? { role == .server ? UInt32.random(in: .min ... .max, using: &random) : nil }
    for _ in 0..<6 {
      let isText = Bool.random(using: &random)
      let count = Int.random(in: 0...200, using: &random)
      let payload =
        isText
        ? Array(String((0..<count).map { _ in "aß€😀".randomElement(using: &random) ?? "a" }).utf8)
        : (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      let fragments = pieces(payload, seed: random.next() | 2)
      for (index, fragment) in (fragments.isEmpty ? [[]] : fragments).enumerated() {
        let isLast = index >= fragments.count - 1
        let opcode: WebSocketOpcode = index > 0 ? .continuation : isText ? .text : .binary
        bytes += WebSocketWriter.frame(opcode, fragment, isLast: isLast, mask: mask())
        if !isLast, Bool.random(using: &random) {
          bytes += WebSocketWriter.frame(.ping, [UInt8(index & 0xFF)], mask: mask())
          expected.append(.ping([UInt8(index & 0xFF)]))
        }
      }
      expected.append(isText ? .text(payload) : .binary(payload))
    }
    let closing = WebSocketClosing(1000, "done")
    bytes += WebSocketWriter.frame(.close, closing.payload, mask: mask())
    expected.append(.close(closing))
    bytes += WebSocketWriter.frame(.text, "late".utf8, mask: mask())
    let transcript = Reading.frames(bytes, role, seed: seed)
    #expect(transcript.failure == nil)
    #expect(transcript.events == expected)
  }

  @Test func `A server's frame must not be masked`() {
    let bytes = WebSocketWriter.frame(.text, "a".utf8, mask: 1)
    #expect(Reading.frames(bytes, .client, seed: 1).failure?.code == 1002)
  }

  @Test func `A message may be as long as the limit`() {
    for (limit, code) in [(10, nil), (9, 1009 as UInt16?)] {
      let bytes =
        WebSocketWriter.frame(.text, "hello".utf8, isLast: false, mask: 1)
        + WebSocketWriter.frame(.continuation, "world".utf8, mask: 2)
      #expect(Reading.frames(bytes, seed: 1, limit: limit).failure?.code == code)
    }
  }

  @Test(arguments: 1000...1003 as ClosedRange<UInt16>)
  func `A reason that is too long is cut between characters`(code: UInt16) throws {
    let closing = WebSocketClosing(code, String(repeating: "€", count: 100))
    #expect(closing.payload.count == 125)
    let bytes = WebSocketWriter.frame(.close, closing.payload, mask: 9)
    #expect(Reading.frames(bytes, seed: 1).events == [.close(closing)])
  }

  @Test func `A close frame may say nothing`() {
    let bytes = WebSocketWriter.frame(.close, [], mask: 9)
    #expect(Reading.frames(bytes, seed: 1).events == [.close(WebSocketClosing(nil))])
  }
}
