import Fixtures
import Foundation
import Kamaelia
import Testing

@testable import KGraph

struct TextDrawingTests {
  @Test(arguments: Self.drawings)
  func `characters draw it like this`(_ diagram: Diagram, _ expected: String) {
    #expect(diagram.ascii() == expected)
  }

  private static let drawings: [(Diagram, String)] = [
    (
      Diagrams.chain,
      #"""
      ┌───────────────────────┐
      │         tail          │    ┌───────┐    ┌───────────────┐
      │ FileTail(path: $path) │───▶│ Lines │───▶│ ConsoleWriter │
      └───────────────────────┘    └───────┘    └───────────────┘

      """#
    ),
    (
      Diagrams.errors,
      #"""
                         ┌───────────────────────┐
                         │         tail          │
                         │ FileTail(path: $path) │
                         └───────────────────────┘
                                     │
                                     ▼
                                 ┌───────┐
                                 │ Lines │
                                 └───────┘
                                     │
                                     │ [16MiB]
                                     ▼
                     ┌──────────────────────────────┐
                     │            errors            │
                     │ Match(pattern: r"\bERROR\b") │
                     │        rejected     failed   │
                     └──────────────────────────────┘
                         │        ┆           │
      ╭┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┼┄┄┄┄┄┄┄┄╯           │
      ┆                  │                    │
      ┆                  ▼                    ▼
      ┆      ┌──────────────────────┐   ┏━━━━━━━━━━━┓  ┌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┐
      ┆      │ Count(every: $every) │   ┃ `sort -u` ┃  ╎ "hello <world> & all" ╎
      ┆      │            signal    │   ┗━━━━━━━━━━━┛  └╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌┘
      ┆      └──────────────────────┘         │                    │
      ┆           │          ╎                │                    │
      ┆           ╰──────────┼──────Int───────┤                    │
      ╰[64, dropOldest]╮     ╎                ├────────────────────╯
                       ┆     ╎                │
                       ▼     ▼                ▼
                     ┌────────────┐   ┌───────────────┐
                     │    control │   │ ConsoleWriter │
                     │  Discard   │   └───────────────┘
                     └────────────┘

      """#
    ),
    (
      Diagrams.chat,
      #"""
                                                     ╭──────────────╮
                                                     ▼              │
                                        ┌────────────────────────┐  │
                                        │         replies        │  │
                                        │         server         │  │
                                        │ TCPServer(port: $port) │  │
                                        │                log     │  │
                                        └────────────────────────┘  │
                                              │           │         │
                  ╭───────────────────────────╯           │         │
                  │                   ╭─────────╮         │         │
                  │                   │         │         │         │
      ┌┄ graph Client(nick: Text) ┄┄┄┄│┄┄┄┄┄┄┄┐ │         │         │
      ┆           │                   │       ┆ │         │         │
      ┆           ▼                   ▼       ┆ │         │         │
      ┆   ╭──────────────╮       ┌────────┐   ┆ │         │         │
      ┆   │ self.network │       │ Encode │   ┆ │         │         │
      ┆   ╰──────────────╯       └────────┘   ┆ │         │         │
      ┆           │                   │       ┆ │         │         │
      ┆           ▼                   ▼       ┆ │         ▼         │
      ┆       ┌───────┐        ╭────────────╮ ┆ │ ┌───────────────┐ │
      ┆       │ Lines │        │ self.reply │ ┆ │ │ ConsoleWriter │ │
      ┆       └───────┘        ╰────────────╯ ┆ │ └───────────────┘ │
      ┆           │                   │       ┆ │                   │
      ┆           ▼                   │       ┆ │                   │
      ┆ ┌───────────────────┐         │       ┆ │                   │
      ┆ │      Prefix       │         │       ┆ │                   │
      ┆ │ text: "${nick}: " │         │       ┆ │                   │
      ┆ └───────────────────┘         │       ┆ │                   │
      ┆           │                   │       ┆ │                   │
      ┆           │                   │       ┆ │                   │
      └┄┄┄┄┄┄┄┄┄┄┄│┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄│┄┄┄┄┄┄┄┘ │                   │
                  │                   │         │                   │
                  │                   ╰─────────┼───────────────────╯
                  ▼                             │
              ╭───────╮                         │
              │ @room │                         │
              ╰───────╯                         │
                  │                             │
                  ╰─────────────────────────────╯

      """#
    ),
    (
      Diagrams.feedback,
      #"""
                       ┌─────────┐
                       │  mixer  │      ╔══════════╗              ┌──────┐
      ┌───────────┐    │  Mixer  │─┬───▶║ AudioOut ║───┬─────────▶│ Echo │────╮
      │ Ticks(1s) │───▶│ in[0]   │ │    ╚══════════╝   │          └──────┘    │
      └───────────┘ ╭─▶│ in[1]   │ │                   │ again                │
                    │  └─────────┘ │                   ╰──────────────────────╯
                    │              │
                    │              │  ┌──────────────┐         ┌────────────┐
                    │              ╰─▶│ Delay(200ms) │────────▶│ Gain(-6dB) │─╮
                    │                 └──────────────┘         └────────────┘ │
                    │                                                         │
                    │ [1]                                                     │
                    ╰─────────────────────────────────────────────────────────╯

      """#
    ),
    (
      Diagrams.square,
      #"""
      ┌───┐      ┌───┐
      │ a │─┬┬──▶│ c │
      └───┘ ╰┼╮  └───┘
             │┆
      ┌───┐  │┆  ┌───┐
      │ b │──┴┴─▶│ d │
      └───┘      └───┘

      """#
    ),
  ]

  @Test(arguments: 0..<40)
  func `a drawing keeps within the terminal or gives way to a list`(_ seed: Int) {
    let diagram = Diagrams.random(UInt64(seed), nodes: 2 + seed / 2, edges: 1 + seed * 2 / 3, groups: seed % 3)
    let text = diagram.ascii(width: 80)
    #expect(text == diagram.list() || text.split(separator: "\n").allSatisfy { DisplayWidth.of($0) <= 80 })
    if text != diagram.list() {
      let heads = text.count { $0 == "▶" || $0 == "▼" }
      #expect(heads == Set(diagram.edges.map(\.to)).count)
    }
  }

  @Test func `what does not fit is listed`() {
    let expected = #"""
      tail -> Lines
      Lines -[16MiB]-> errors
      errors -> Count(every: $every)
      Count(every: $every) -[Int]-> ConsoleWriter
      errors.rejected -[64, dropOldest]-> Discard
      errors.failed -> `sort -u`
      `sort -u` -> ConsoleWriter
      "hello <world> & all" -> ConsoleWriter
      Count(every: $every).signal -> Discard.control

      """#
    #expect(Diagrams.errors.ascii(width: 40) == expected)
    #expect(Diagrams.errors.list() == expected)
  }

  @Test func `in a list, nodes of one name are told apart by their groups, or by numbers`() {
    let diagram = Diagram(
      title: "",
      nodes: [
        .init("i0", ["Match"], group: "room/anna"), .init("i1", ["Match"], group: "room/bob"), .init("i2", ["Match"]),
        .init("i3", ["Format"]), .init("i4", ["Format"]), .init("i5", ["out"]),
      ],
      groups: [.init("room/anna", "anna"), .init("room/bob", "bob")],
      edges: (0...4).map { .init(.init("i\($0)"), .init("i5")) })
    #expect(
      diagram.list() == """
        room/anna/Match -> out
        room/bob/Match -> out
        Match -> out
        Format#1 -> out
        Format#2 -> out

        """)
  }

  @Test func `Graphviz gets this`() {
    #expect(
      Diagrams.chat.dot() == #"""
        digraph "Chat" {
          rankdir=LR;
          node [shape=box, style=rounded, fontname="monospace", fontsize=11];
          edge [fontname="monospace", fontsize=9];
          "server" [label="server\nTCPServer(port: $port)"];
          "log" [label="ConsoleWriter"];
          "room" [label="@room", shape=cylinder];
          subgraph "cluster_client" {
            label="graph Client(nick: Text)"; style=rounded;
            "network" [label="self.network", shape=ellipse];
            "lines" [label="Lines"];
            "prefix" [label="Prefix\ntext: \"${nick}: \""];
            "encode" [label="Encode"];
            "reply" [label="self.reply", shape=ellipse];
          }
          "server" -> "log" [taillabel="log"];
          "server" -> "network";
          "network" -> "lines";
          "lines" -> "prefix";
          "prefix" -> "room";
          "room" -> "encode";
          "encode" -> "reply";
          "reply" -> "server" [headlabel="replies"];
        }

        """#)
  }

  @Test(arguments: [Diagrams.chain, Diagrams.errors, Diagrams.chat, Diagrams.nested])
  func `Graphviz reads what it gets`(_ diagram: Diagram) throws {
    let program = try FinishedProgram.run(["dot", "-Tcanon"], input: diagram.dot())
    guard let program else { try Test.cancel("there is no dot") }
    #expect(program.status == 0, "\(program.output)")
    #expect(program.output.components(separatedBy: " -> ").count == diagram.edges.count + 1)
  }

  @Test func `Mermaid gets this`() {
    #expect(
      Diagrams.errors.mermaid() == #"""
        flowchart LR
          n0["tail<br>FileTail(path: $path)"]
          n1["Lines"]
          n2["errors<br>Match(pattern: r#34;#92;bERROR#92;b#34;)"]
          n3["Count(every: $every)"]
          n4["ConsoleWriter"]
          n5["Discard"]
          n6[/"#96;sort -u#96;"/]
          n7>"#34;hello #60;world#62; #38; all#34;"]
          n0 --> n1
          n1 -->|"[16MiB]"| n2
          n2 --> n3
          n3 -->|"Int"| n4
          n2 -.->|"rejected → _<br>[64, dropOldest]"| n5
          n2 -->|"failed → _"| n6
          n6 --> n4
          n7 --> n4
          n3 -.->|"signal → control"| n5

        """#)
    #expect(
      Diagrams.nested.mermaid() == #"""
        flowchart LR
          n0["a"]
          n4["e"]
          n6["alone"]
          subgraph g0["outer"]
            n3["d"]
            n5["f"]
            subgraph g1["inner with a long title"]
              n1["b"]
              n2["c"]
            end
          end
          subgraph g2["other"]
            n7["g"]
          end
          subgraph g3["empty"]
          end
          n0 --> n1
          n1 --> n2
          n2 --> n3
          n3 --> n4
          n0 --> n7
          n7 --> n5
          n4 -->|"back"| n1
          n5 --> n4

        """#)
  }
}
