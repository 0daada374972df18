import FormatChecks
import KamaeliaFormats
import Testing

@Suite struct EventStreamTests {
  static func event(_ data: String, _ name: String = "message", id: String? = nil) -> ServerSentEvent {
    ServerSentEvent(name: name, data: data, id: id)
  }

  @Test(arguments: [
    // The examples of the standard, and its corners.
    ("data: YHOO\ndata: +2\ndata: 10\n\n", [event("YHOO\n+2\n10")]),
    (
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
      [event("first event", id: "1"), event("second event", id: ""), event(" third event")]
    ),
    ("data\n\ndata\ndata\n\ndata:", [event(""), event("\n")]),
    ("data:test\n\ndata: test\n\n", [event("test"), event("test")]),
    ("event: add\ndata: 1\n\ndata: 2\n\n", [event("1", "add"), event("2")]),
    ("event: add\n\ndata: 2\n\n", [event("2")]),
    ("data: a\r\ndata: b\rdata: c\n\r\n\r", [event("a\nb\nc")]),
    ("\u{FEFF}data: a\n\n\u{FEFF}data: b\n\n", [event("a")]),
    ("unknown: a\ndata: b\n\n", [event("b")]), ("data: a", []), ("\n\n\n", []),
  ])
  func `Events are read however they come`(text: String, events: [ServerSentEvent]) {
    for seed in 0..<12 as Range<UInt64> {
      let read = Reading.events(Array(text.utf8), seed: seed).transcript
      #expect(read.failure == nil)
      #expect(read.events == events)
    }
  }

  @Test func `The last id and the pause are kept for coming back`() {
    let read = Reading.events(
      Array("id: 7\ndata: a\n\nid: x\0\ndata: b\n\nretry: 500\nretry: 1x\n\nid: 9".utf8), seed: 3)
    #expect(read.lastID == "7")
    #expect(read.retry == 500)
  }

  @Test(arguments: ["", "a", "a\nb", "a\r\nb\rc\n", " a", "data: x", "\n", "ä€😀"], ["message", "add", "a\nb"])
  func `An event is read as it was written`(data: String, name: String) {
    let bytes = ServerSentEvent(name: name, data: data, id: "3").bytes
    let read = Reading.events(bytes + ServerSentEvent.comment + bytes, seed: 4).transcript
    let lines = data.split(separator: /\r\n|\r|\n/, omittingEmptySubsequences: false).joined(separator: "\n")
    let event = Self.event(lines, name.filter { $0 != "\n" }, id: "3")
    #expect(read.failure == nil)
    #expect(read.events == [event, event])
  }

  @Test func `An id that would end its line is left out`() {
    #expect(ServerSentEvent(data: "a", id: "1\ndata: b").bytes == Array("data: a\n\n".utf8))
  }

  @Test(arguments: ["data: 123456789\n\n", "data: 1234\ndata: 5678\n\n", "123456789012345678901234567890"])
  func `What is too long is refused`(text: String) {
    for seed in 0..<6 as Range<UInt64> {
      #expect(Reading.events(Array(text.utf8), seed: seed, limit: 9).transcript.failure == .tooLong(9))
    }
  }
}
