import Kamaelia
import KamaeliaTesting
import Testing

@testable import KamaeliaComponents

@Suite struct TickerTests {
  @Test func `words appear one pace apart, and at once after a pause`() async {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      let harness = Harness(Ticker.self, ["pace": .rate(perSecond: 2, isBytes: false), "width": 9])
      harness.feed("inbox", ["one two", "three"])
      harness.feed("inbox", at: .seconds(10), ["four\nfive"])
      let shown = try await harness.run().timed("shown")
      #expect(shown.map(\.text) == ["one", "two", "three", "four", "five"])
      #expect(shown.map(\.after) == [.zero, .seconds(0.5), .seconds(1), .seconds(10), .seconds(10.5)])
    }
    #expect(String(decoding: result?.standardOutputContent ?? [], as: UTF8.self) == "one two\nthree\nfour\nfive\n")
  }

  @Test func `a pace in bytes is refused`() throws {
    let ticker = Ticker()
    try Members(of: ticker).set(["pace": .rate(perSecond: 8, isBytes: true)])
    #expect(throws: ParameterError.self) { try ticker.check() }
  }
}
