import Testing

@testable import KGraph

struct HostileReportTests {
  /// A small generator with a seed, so that a failure can be repeated.
  private struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  @Test(arguments: 0..<200)
  func `any bytes with any places are reported without a control character`(_ seed: Int) {
    var dice = Dice(state: UInt64(seed))
    let alphabet: [UInt8] = [10, 13, 9, 32, 97, 0xCC, 0x81, 0xE2, 0x80, 0xAE, 0xF0, 0x9F, 0x99, 0x82, 0x1B, 0xFF]
    let bytes = (0..<Int.random(in: 0...300, using: &dice)).map { _ in
      alphabet[Int.random(in: 0..<alphabet.count, using: &dice)]
    }
    let sources = [Source(name: "a\u{1B}", bytes: bytes), Source(name: "b", bytes: bytes.reversed())]
    func place() -> Place {
      let start = Int.random(in: 0...320, using: &dice)
      return Place(sources[Int.random(in: 0...1, using: &dice)], start..<start + Int.random(in: 0...60, using: &dice))
    }
    let diagnostic = Diagnostic(
      .unknown, nil, "wrong", at: place(), caption: "here",
      labels: (0..<4).map { .init(place(), "label \($0)") },
      fixes: [.init("mend", [.init(place(), "x\n"), .init(place(), "")])])
    let text = diagnostic.text(isColoured: false, width: 60)
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E })
    #expect(text.contains("here"))
    for label in 0..<4 { #expect(text.contains("label \(label)")) }
    #expect(text.split(separator: "\n").allSatisfy { !$0.hasSuffix(" ") })
    let report = Report([diagnostic])
    for format in Report.Format.allCases { #expect(!report.render(format, version: "").isEmpty) }
    #expect(report.gcc().split(separator: "\n").count >= 6)
  }

  @Test func `a line of megabytes is cut before it is read`() {
    let source = Source(name: "huge", bytes: [UInt8](repeating: UInt8(ascii: "x"), count: 4_000_000))
    let text = Diagnostic(.unknown, nil, "wrong", at: Place(source, 2_000_000..<2_000_001), caption: "here")
      .text(isColoured: false, width: 80)
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    #expect(text.contains("^ here"))
  }
}
