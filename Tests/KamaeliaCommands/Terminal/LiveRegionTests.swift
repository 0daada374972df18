import Testing

@testable import KamaeliaCommands

struct LiveRegionTests {
  @Test func `lines follow what is said and are drawn again below it`() {
    var region = LiveRegion()
    #expect(region.saying("first\n") == "first\n")
    #expect(region.show(["a", "b"], width: 80, rows: nil) == "a\nb\n")
    #expect(region.saying("said\n") == "\r\u{1B}[2A\u{1B}[Jsaid\na\nb\n")
    #expect(region.show(["c"], width: 80, rows: nil) == "\r\u{1B}[2A\u{1B}[Jc\n")
    #expect(region.show([], width: 80, rows: nil) == "\r\u{1B}[1A\u{1B}[J")
    #expect(region.saying("last\n") == "last\n")
    #expect(region.show([], width: 80, rows: nil) == "")
  }

  @Test func `pinned lines keep the last rows to themselves and give them back`() {
    var region = LiveRegion()
    let first = region.show(["a", "b"], width: 80, rows: 24)
    #expect(
      first == "\n\n\u{1B}[2A\u{1B}7\u{1B}[1;22r\u{1B}8\u{1B}7\u{1B}[23;1H\u{1B}[2Ka\u{1B}[24;1H\u{1B}[2Kb\u{1B}8")
    #expect(region.saying("said\n") == "said\n")
    #expect(
      region.show(["c", "d"], width: 80, rows: 24) == "\u{1B}7\u{1B}[23;1H\u{1B}[2Kc\u{1B}[24;1H\u{1B}[2Kd\u{1B}8")
    let taller = region.show(["c", "d"], width: 80, rows: 30)
    #expect(taller.hasPrefix("\u{1B}7\u{1B}[r\u{1B}[23;1H\u{1B}[J\u{1B}8\n\n\u{1B}[2A\u{1B}7\u{1B}[1;28r"))
    #expect(region.show([], width: 80, rows: 30) == "\u{1B}7\u{1B}[r\u{1B}[29;1H\u{1B}[J\u{1B}8")
  }

  @Test func `a low terminal is not pinned`() {
    var region = LiveRegion()
    #expect(region.show(["a", "b"], width: 80, rows: 5) == "a\nb\n")
  }

  @Test(
    arguments: [
      ("abc", 3, "abc"), ("abcd", 3, "abc"), ("日本語", 5, "日本"), ("\u{1B}[1mabcd\u{1B}[0m", 2, "\u{1B}[1mab\u{1B}[0m"),
      ("\u{1B}[1mab\u{1B}[0m", 2, "\u{1B}[1mab\u{1B}[0m"), ("", 3, ""),
    ])
  func `a line is cut before the edge, its paint ended`(_ line: String, _ width: Int, _ cut: String) {
    #expect(LiveRegion.cut(line, to: width) == cut)
  }
}
