import Kamaelia
import Testing

@testable import KGraph

@Suite struct ExpansionTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let text: String
    var files: [String: String] = [:]
    let linkages: [String]
  }

  static let cases = [
    Case(
      testDescription: "the folder of the file that says so",
      text: """
        import {Part} from "parts/part.kgraph"
        param page: Text = "${here}/page"
        Part(text: $page) -> ConsoleWriter()
        """,
      files: [
        "parts/part.kgraph": """
        graph Part(text: Text) {
          outbox out: Text
          if $text == "./page" and "${here}/own" == "parts/own" {
            FileTail(path: $here) as right -> self.out
          } else {
            FileTail(path: $text) as wrong -> self.out
          }
        }
        """
      ],
      linkages: [
        "Part#1/right.outbox -> ConsoleWriter#1.inbox: Text"
      ]),
    Case(
      testDescription: "a parameter of that name is what it says",
      text: """
        param here: Text = "mine"
        for text in ["${here}"] {
          x = Prefix($text)
          ConsoleReader() -> x -> ConsoleWriter()
        }
        """,
      linkages: [
        "ConsoleReader#1.outbox -> x[mine].inbox: Text", "x[mine].outbox -> ConsoleWriter#1.inbox: Text",
      ]),
    Case(
      testDescription: "loops, ranges and conditions",
      text: """
        param loud: Bool = true
        out = ConsoleWriter()
        for name in ["a", "b"] {
          tail = FileTail(path: "${name}.log")
          if $loud {
            tail -> Uppercase() -> out
          } else {
            tail -> out
          }
        }
        for n in 1...2 {
          Ticks(count: $n) -> out
        }
        """,
      linkages: [
        "tail[a].outbox -> Uppercase#1.inbox: Text", "Uppercase#1.outbox -> out.inbox: Text",
        "tail[b].outbox -> Uppercase#2.inbox: Text", "Uppercase#2.outbox -> out.inbox: Text",
        "Ticks#1.outbox -> out.inbox: Int", "Ticks#2.outbox -> out.inbox: Int",
      ]),
    Case(
      testDescription: "graphs in graphs, passing through",
      text: """
        graph Wire {
          inbox into: Text
          outbox out: Text
          self.into -> self.out
        }
        graph Two {
          inbox into: Text
          outbox out: Text
          wire = Wire()
          self.into -> wire -> self.out
          self.into -> Uppercase() as loud -> self.out
        }
        two = Two()
        [ConsoleReader(), FileTail("x")] -> two -> [ConsoleWriter(), Discard()]
        """,
      linkages: [
        "two/loud.outbox -> ConsoleWriter#1.inbox: Text", "two/loud.outbox -> Discard#1.inbox: Text",
        "ConsoleReader#1.outbox -> ConsoleWriter#1.inbox: Text", "ConsoleReader#1.outbox -> Discard#1.inbox: Text",
        "ConsoleReader#1.outbox -> two/loud.inbox: Text", "FileTail#1.outbox -> ConsoleWriter#1.inbox: Text",
        "FileTail#1.outbox -> Discard#1.inbox: Text", "FileTail#1.outbox -> two/loud.inbox: Text",
      ]),
    Case(
      testDescription: "imports of both forms",
      text: """
        import "parts/audio-kit.kgraph"
        import {Loud, Quiet as Soft} from "parts/audio-kit.kgraph"
        ConsoleReader() -> Loud() -> Soft() -> ConsoleWriter()
        AudioKit()
        """,
      files: [
        "parts/audio-kit.kgraph": """
        graph Loud {
          inbox inbox: Text
          outbox outbox: Text
          self -> Uppercase() -> self
        }
        graph Quiet {
          inbox inbox: Text
          outbox outbox: Text
          self -> Take(1) -> self
        }
        ConsoleReader() -> ConsoleWriter()
        """
      ],
      linkages: [
        "Loud#1/Uppercase#1.outbox -> Soft#1/Take#1.inbox: Text", "Soft#1/Take#1.outbox -> ConsoleWriter#1.inbox: Text",
        "AudioKit#1/ConsoleReader#1.outbox -> AudioKit#1/ConsoleWriter#1.inbox: Text",
        "ConsoleReader#1.outbox -> Loud#1/Uppercase#1.inbox: Text",
      ]),
    Case(
      testDescription: "array boxes and boxes picked in the middle",
      text: """
        inbox first: JSON
        inbox second: JSON
        merge = Merge()
        self.first -> merge.in[0]
        self.second -> merge.in["x"]
        merge -> Switch("level") as level
        level.out["error"] -> Tee().(inbox, copy) -> ConsoleWriter()
        level.unmatched -> Discard()
        """,
      linkages: [
        "self.first -> merge.in[0]: JSON", #"self.second -> merge.in["x"]: JSON"#,
        "merge.outbox -> level.inbox: JSON", #"level.out["error"] -> Tee#1.inbox: JSON"#,
        "Tee#1.copy -> ConsoleWriter#1.inbox: JSON", "level.unmatched -> Discard#1.inbox: JSON",
      ]),
    Case(
      testDescription: "copies that share their work",
      text: """
        inbox orders: JSON
        work = Tee() replicate 2 by key(user.name) ordered
        self.orders -> work -> ConsoleWriter()
        work.copy -> Discard() # allow(K0413)
        work.signal -> work.control
        """,
      linkages: [
        "work/distribute.out[0] -> work[0].inbox: JSON", "work/distribute.out[1] -> work[1].inbox: JSON",
        "work[0].outbox -> work/collect.inputs[0]: JSON", "work[1].outbox -> work/collect.inputs[1]: JSON",
        "work/distribute.order -> work/collect.order: Int", "self.orders -> work/distribute.inbox: JSON",
        "work/collect.outbox -> ConsoleWriter#1.inbox: JSON", "work[0].copy -> Discard#1.inbox: JSON",
        "work[1].copy -> Discard#1.inbox: JSON", "work[0].signal -> work[0].control: Text",
        "work[0].signal -> work[1].control: Text", "work[1].signal -> work[0].control: Text",
        "work[1].signal -> work[1].control: Text",
      ]),
    Case(
      testDescription: "programs between components",
      text:
        "ConsoleReader() -> `grep -v \"a b\"` -> `sort` as sorted -> ConsoleWriter()\nsorted.exit -> ConsoleWriter()",
      linkages: [
        "ConsoleReader#1.outbox -> grep#1.inbox: Text", "grep#1.outbox -> sorted.inbox: Text",
        "sorted.outbox -> ConsoleWriter#1.inbox: Text", "sorted.exit -> ConsoleWriter#2.inbox: Int",
      ]),
    Case(
      testDescription: "backplanes of the graphs around",
      text: """
        backplane room: Text
        graph Guest {
          graph Voice {
            ConsoleReader() -> @room
            @inner -> Discard()
          }
          backplane inner: Text
          Voice()
          @room -> @inner
        }
        a = Guest()
        @room -> ConsoleWriter()
        """,
      linkages: [
        "a/Voice#1/ConsoleReader#1.outbox -> @room: Text", "@a/inner -> a/Voice#1/Discard#1.inbox: Text",
        "@room -> @a/inner: Text", "@room -> ConsoleWriter#1.inbox: Text",
      ]),
  ]

  @Test(arguments: cases) func `a graph is expanded`(_ example: Case) {
    let checked = check(example.text, files: example.files)
    #expect(checked.words == [])
    #expect(checked.linkages == example.linkages)
  }

  @Test func `arguments of copies say how they share`() {
    let checked = check(
      "inbox orders: JSON\nwork = Take(9) replicate 2 by key(user.name) ordered\nself.orders -> work -> ConsoleWriter()"
    )
    #expect(
      checked.instances == [
        "work[0] Take<T = JSON>(count: 9)", "work[1] Take<T = JSON>(count: 9)",
        #"work/distribute distribute<T = JSON>(by: key, field: "user.name")"#, "work/collect collect<T = JSON>()",
        "ConsoleWriter#1 ConsoleWriter()",
      ])
    #expect(checked.plan?.instances.map(\.replica?.number) == [0, 1, nil, nil, nil])
    #expect(checked.plan?.instances[0].replica?.collector == 3)
  }
}
