import FormatChecks
import KamaeliaFormats
import Testing

@Suite struct FramingTests {
  static let framings: [Framing] = [
    .length(width: 1), .length(width: 2), .length(width: 4), .length(width: 8), .delimiter([10]),
    .delimiter(Array("--aab".utf8)), .decimal,
  ]

  /// What a stream gives: its messages up to the first error, and that error.
  struct Reading: Equatable {
    var messages: [[UInt8]] = []
    var failure: FramingError?
  }

  private static func read(_ framing: Framing, _ stream: [UInt8], seed: UInt64, longest: Int) -> Reading {
    var reading = Reading()
    var deframer = Deframer(framing, longest: longest)
    do throws(FramingError) {
      for piece in pieces(stream, seed: seed) {
        deframer.add(piece)
        while let message = try deframer.next() { reading.messages.append(Array(message)) }
      }
      try deframer.finish()
    } catch {
      reading.failure = error
    }
    return reading
  }

  /// Messages of random sizes; of few different bytes, so that delimiters are begun and not ended all the time.
  private static func messages(_ framing: Framing, _ seed: UInt64) -> [[UInt8]] {
    var random = Seeded(seed)
    return (0..<20).compactMap { _ in
      let length = [0, 1, 2, 9, 100, 255].randomElement(using: &random) ?? 0
      let message = (0..<length).map { _ in Array("-ab\n0".utf8).randomElement(using: &random) ?? 0 }
      // A message that cannot be framed is no case for this.
      do { _ = try framing.frame(message[...]) } catch { return nil }
      return message
    }
  }

  @Test(arguments: framings, 0..<30 as Range<UInt64>)
  func `Messages come back however the stream is cut`(_ framing: Framing, _ seed: UInt64) throws {
    let messages = Self.messages(framing, seed)
    try #require(messages.count > 2)
    var stream: [UInt8] = []
    for message in messages { stream += try framing.frame(message[...]) }
    #expect(Self.read(framing, stream, seed: seed, longest: 255) == Reading(messages: messages))
  }

  @Test(arguments: framings, 0..<30 as Range<UInt64>)
  func `Of any bytes the same is read however they are cut`(_ framing: Framing, _ seed: UInt64) {
    var random = Seeded(seed + 1000)
    let bytes = (0..<300).map { _ in Array("-ab\n\u{0}\u{1}\u{3}019".utf8).randomElement(using: &random) ?? 0 }
    let whole = Self.read(framing, bytes, seed: 1, longest: 16)
    var cut = Self.read(framing, bytes, seed: seed, longest: 16)
    // How far the stream had come is not the same at the end of another cut.
    if case .cutOff = whole.failure, case .cutOff = cut.failure { cut.failure = whole.failure }
    #expect(cut == whole)
  }

  @Test(
    arguments: [
      (Framing.length(width: 4), [0x7F, 0xFF, 0xFF, 0xFF], FramingError.tooLong(length: 0x7FFF_FFFF, longest: 1000)),
      (.length(width: 8), [UInt8](repeating: 0xFF, count: 8), .tooLong(length: .max, longest: 1000)),
      (.length(width: 2), [0x03, 0xE9], .tooLong(length: 1001, longest: 1000)),
      (.decimal, Array("999999999999999999\n".utf8), .tooLong(length: 999_999_999_999_999_999, longest: 1000)),
      (.decimal, Array("1111111111111111111".utf8), .endless(longest: 1000)),
      (.decimal, Array("\n".utf8), .noLength(byte: 10)), (.decimal, Array("-1\n".utf8), .noLength(byte: 45)),
      (.decimal, Array("12 \n".utf8), .noLength(byte: 32)),
      (.delimiter([10]), [UInt8](repeating: 97, count: 1001), .endless(longest: 1000)),
      (.length(width: 2), [0, 5, 1, 2], .cutOff(bytes: 2)), (.decimal, Array("12".utf8), .cutOff(bytes: 2)),
      (.delimiter([10]), [1], .cutOff(bytes: 1)),
    ] as [(Framing, [UInt8], FramingError)])
  func `Hostile lengths and cut streams are errors, in pieces too`(
    _ framing: Framing, _ stream: [UInt8], _ error: FramingError
  ) {
    for seed in 0..<4 as Range<UInt64> {
      #expect(Self.read(framing, stream, seed: seed, longest: 1000) == Reading(failure: error))
    }
  }

  @Test func `A message of the longest length passes, and one more does not`() throws {
    for framing in Self.framings where framing != .length(width: 1) {
      let message = [UInt8](repeating: 7, count: 1000)
      let stream = try framing.frame(message[...])
      #expect(Self.read(framing, stream, seed: 0, longest: 1000) == Reading(messages: [message]))
      #expect(Self.read(framing, stream, seed: 0, longest: 999).failure != nil)
      #expect(Self.read(framing, stream, seed: 1, longest: 999).failure != nil)
    }
  }

  @Test func `A message that cannot be told from others is refused`() {
    #expect(throws: FramingError.tooLong(length: 256, longest: 255)) {
      try Framing.length(width: 1).frame([UInt8](repeating: 0, count: 256)[...])
    }
    #expect(throws: FramingError.delimiterInside(offset: 1)) { try Framing.delimiter([10]).frame([1, 10, 2]) }
    // The end of the message and the beginning of the delimiter make one too early.
    #expect(throws: FramingError.delimiterInside(offset: 0)) { try Framing.delimiter([1, 1]).frame([1]) }
  }
}
