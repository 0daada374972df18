import FormatChecks
import KamaeliaFormats
import Testing

@Suite struct CorpusTests {
  @Test func `The corpus is there`() {
    #expect(Sample.all(in: "requests").count > 100)
    #expect(Sample.all(in: "responses").count > 10)
    #expect(Sample.all(in: "websocket").count > 50)
    #expect(Sample.all(in: "events").count > 3)
  }

  @Test(arguments: Sample.all(in: "requests").filter { $0.answer != nil })
  func `A malformed request gets its answer`(sample: Sample) throws {
    for seed in 0..<6 as Range<UInt64> {
      let transcript = Reading.requests(sample.bytes, seed: seed)
      #expect(transcript.failure?.status.code == sample.answer)
      // What is behind it is never taken for another request.
      #expect(!transcript.events.contains { if case .end = $0 { true } else { false } })
    }
  }

  @Test(arguments: Sample.all(in: "responses").filter { $0.answer != nil })
  func `A malformed response is refused`(sample: Sample) {
    for seed in 0..<6 as Range<UInt64> {
      #expect(Reading.responses(sample.bytes, to: ["GET"], seed: seed).failure?.status.code == sample.answer)
    }
  }

  @Test(arguments: Sample.all(in: "websocket").filter { $0.answer != nil })
  func `A wrong frame gets its close code`(sample: Sample) {
    for seed in 0..<6 as Range<UInt64> {
      let transcript = Reading.frames(sample.bytes, seed: seed)
      #expect(transcript.failure?.code.map(Int.init) == sample.answer)
    }
  }

  @Test(arguments: FuzzedParser.allCases, ["requests", "responses", "websocket", "events"])
  func `Whatever a parser is given, it does no harm`(parser: FuzzedParser, folder: String) {
    for sample in Sample.all(in: folder) {
      for cut in 0..<4 as Range<UInt8> { parser.check([cut] + sample.bytes) }
    }
  }

  @Test(arguments: FuzzedParser.allCases)
  func `Whatever is changed in the inputs, they are read the same however they are cut`(parser: FuzzedParser) {
    let samples = ["requests", "responses", "websocket", "events"].flatMap { Sample.all(in: $0) }.map(\.bytes)
      .filter { 1..<2000 ~= $0.count }
    var random = Seeded(7)
    for _ in 0..<400 {
      var bytes = samples.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let place = Int.random(in: bytes.indices, using: &random)
        bytes[place] = Bool.random(using: &random) ? UInt8.random(in: 0...255, using: &random) : 0x0A
      }
      parser.check([UInt8.random(in: 0...255, using: &random)] + bytes)
    }
  }
}
