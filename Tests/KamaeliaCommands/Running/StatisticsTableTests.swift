import Kamaelia
import Testing

@testable import KamaeliaCommands
@testable import KamaeliaRuntime

@Suite struct StatisticsTableTests {
  private func counters(_ names: [String]) -> [LinkageCounters] {
    names.enumerated().map { number, name in
      LinkageCounters(
        from: "\(name).outbox", to: "ConsoleWriter#\(number).inbox", sent: 2700 * number, waiting: 256,
        lost: 123_456 * number,
        discarded: 0, bytes: 0, capacity: 256, overflow: .block, isWriterWaiting: number == 1, isReaderWaiting: false,
        isRemoved: false)
    }
  }

  @Test(arguments: [40, 47, 59, 62, 80, 120])
  func `Every line has room, and what is lost is seen`(width: Int) {
    let table = StatisticsTable(
      counters: counters(["source", "aVeryLongNameOfAnInstance/inAGraph/theFirst", "日本語の名前日本語の名前"]), seconds: 2)
    let lines = table.lines(width: width, isColoured: false)
    #expect(lines.count == 4)
    for line in lines { #expect(DisplayWidth.of(line) <= width, "\(line)") }
    #expect(lines[0].hasPrefix("linkage") && lines[0].hasSuffix("lost"))
    #expect(lines[2].hasSuffix("123k") && lines[2].contains("256/256 full"))
    #expect(lines[0].contains("per s") == (width > 40))
  }

  @Test func `A rate has a tenth as long as it is small`() {
    #expect(
      [0, 20, 0.25, 999.94, 1234, 45_600].map(StatisticsTable.rate) == ["0.0", "20.0", "0.3", "999.9", "1.2k", "45.6k"])
  }

  @Test func `What has no row is counted`() {
    let table = StatisticsTable(counters: counters(["a", "b", "c"]), seconds: 1)
    #expect(table.lines(width: 80, rows: 2, isColoured: false).last == "… and 1 more linkage with less on it")
    #expect(table.lines(width: 80, rows: 1, isColoured: false).last == "… and 2 more linkages with less on them")
  }
}
