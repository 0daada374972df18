import Kamaelia
import Testing

@testable import KGraph

@Suite struct PlanTests {
  @Test func `a log is counted`() {
    let checked = check(
      """
      param path: Path = "access.log"
      param every: Duration = 5s

      tail   = FileTail(path: $path)
      errors = Match(pattern: r"\\bERROR\\b")

      tail -> errors -> ConsoleWriter()
      errors.rejected -> Discard()
      Ticks($every) -> Sum() -> ConsoleWriter()
      """)
    #expect(checked.words == [])
    #expect(
      checked.instances == [
        #"tail FileTail(path: "access.log")"#, #"errors Match(pattern: "\\bERROR\\b")"#,
        "ConsoleWriter#1 ConsoleWriter()",
        "Discard#1 Discard<T = Text>()", "Ticks#1 Ticks(interval: 5s)", "Sum#1 Sum()",
        "ConsoleWriter#2 ConsoleWriter()",
      ])
    #expect(
      checked.linkages == [
        "tail.outbox -> errors.inbox: Text", "errors.outbox -> ConsoleWriter#1.inbox: Text",
        "errors.rejected -> Discard#1.inbox: Text", "Ticks#1.outbox -> Sum#1.inbox: Int",
        "Sum#1.outbox -> ConsoleWriter#2.inbox: Double",
      ])
  }

  @Test func `a chat room`() throws {
    let checked = check(
      """
      ## A chat room: every connection gets its own Client graph.
      param port: Port = 1500
      backplane room: Text

      graph Client(nick: Text) {
          inbox  network: Bytes
          outbox reply: Bytes

          self.network -> Lines() -> Prefix(text: "${nick}: ") -> @room
          @room -> Encode() -> self.reply
      }

      server = TCPServer(port: $port, protocol: Client)
      server.log -> ConsoleWriter()
      """)
    #expect(checked.words == [])
    let plan = try #require(checked.plan)
    guard case .graph(let reference)? = plan.instances[0].arguments["protocol"] else {
      Issue.record("no graph")
      return
    }
    let template = try #require(reference.template as? PlanTemplate)
    let (client, problems) = template.plan(["nick": "ann"])
    #expect(problems == [])
    let made = try #require(client)
    #expect(made.backplanes.isEmpty)
    #expect(
      made.linkages.map(made.words) == [
        "self.network -> Lines#1.inbox: Bytes", "Lines#1.outbox -> Prefix#1.inbox: Text",
        "Prefix#1.outbox -> @room: Text",
        "@room -> Encode#1.inbox: Text", "Encode#1.outbox -> self.reply: Bytes",
      ])
    #expect(made.instances[1].arguments["text"] == "ann: ")
    #expect(template.plan([:]).1.map(\.code.name) == ["K0111"])
    #expect(template.plan(["nick": 5]).1.map(\.code.name) == ["K0114"])
    #expect(template.plan(["nick": "ann", "age": 5]).1.map(\.code.name) == ["K0110"])
  }
}
