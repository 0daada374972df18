@testable import KGraph

/// Diagrams that between them have all that a drawing must show.
enum Diagrams {
  static let chain = Diagram(
    title: "Log",
    nodes: [
      .init("tail", ["tail", "FileTail(path: $path)"]), .init("lines", ["Lines"]), .init("out", ["ConsoleWriter"]),
    ],
    edges: [.init(.init("tail"), .init("lines")), .init(.init("lines"), .init("out"))])

  static let errors = Diagram(
    title: "Errors",
    nodes: [
      .init("tail", ["tail", "FileTail(path: $path)"]), .init("lines", ["Lines"]),
      .init("errors", ["errors", "Match(pattern: r\"\\bERROR\\b\")"], inboxes: [], outboxes: ["rejected", "failed"]),
      .init("count", ["Count(every: $every)"]), .init("writer", ["ConsoleWriter"]), .init("discard", ["Discard"]),
      .init("sort", ["`sort -u`"], kind: .command), .init("hello", ["\"hello <world> & all\""], kind: .literal),
    ],
    edges: [
      .init(.init("tail"), .init("lines")), .init(.init("lines"), .init("errors"), label: "[16MiB]"),
      .init(.init("errors"), .init("count")), .init(.init("count"), .init("writer"), label: "Int"),
      .init(.init("errors", "rejected"), .init("discard"), label: "[64, dropOldest]", style: .lossy),
      .init(.init("errors", "failed"), .init("sort")), .init(.init("sort"), .init("writer")),
      .init(.init("hello"), .init("writer")),
      .init(.init("count", "signal"), .init("discard", "control"), style: .control),
    ])

  static let chat = Diagram(
    title: "Chat",
    nodes: [
      .init("server", ["server", "TCPServer(port: $port)"], outboxes: ["log"]), .init("log", ["ConsoleWriter"]),
      .init("room", ["@room"], kind: .backplane), .init("network", ["self.network"], kind: .selfBox, group: "client"),
      .init("lines", ["Lines"], group: "client"), .init("prefix", ["Prefix", "text: \"${nick}: \""], group: "client"),
      .init("encode", ["Encode"], group: "client"), .init("reply", ["self.reply"], kind: .selfBox, group: "client"),
    ],
    groups: [.init("client", "graph Client(nick: Text)")],
    edges: [
      .init(.init("server", "log"), .init("log")), .init(.init("server"), .init("network")),
      .init(.init("network"), .init("lines")), .init(.init("lines"), .init("prefix")),
      .init(.init("prefix"), .init("room")), .init(.init("room"), .init("encode")),
      .init(.init("encode"), .init("reply")), .init(.init("reply"), .init("server", "replies")),
    ])

  static let feedback = Diagram(
    title: "Feedback",
    nodes: [
      .init("source", ["Ticks(1s)"]), .init("mixer", ["mixer", "Mixer"], inboxes: ["in[0]", "in[1]"]),
      .init("delay", ["Delay(200ms)"]), .init("gain", ["Gain(-6dB)"]), .init("sink", ["AudioOut"], kind: .graph),
      .init("echo", ["Echo"]),
    ],
    edges: [
      .init(.init("source"), .init("mixer", "in[0]")), .init(.init("mixer"), .init("sink")),
      .init(.init("mixer"), .init("delay")), .init(.init("delay"), .init("gain")),
      .init(.init("gain"), .init("mixer", "in[1]"), label: "[1]"), .init(.init("echo"), .init("echo"), label: "again"),
      .init(.init("sink"), .init("echo")),
    ])

  static let nested = Diagram(
    title: "Nested",
    nodes: [
      .init("a", ["a"]), .init("b", ["b"], group: "in"), .init("c", ["c"], group: "in"),
      .init("d", ["d"], group: "out"),
      .init("e", ["e"]), .init("f", ["f"], group: "out"), .init("alone", ["alone"]), .init("g", ["g"], group: "other"),
    ],
    groups: [
      .init("out", "outer"), .init("in", "inner with a long title", parent: "out"), .init("other", "other"),
      .init("empty", "empty"),
    ],
    edges: [
      .init(.init("a"), .init("b")), .init(.init("b"), .init("c")), .init(.init("c"), .init("d")),
      .init(.init("d"), .init("e")),
      .init(.init("a"), .init("g")), .init(.init("g"), .init("f")), .init(.init("e"), .init("b"), label: "back"),
      .init(.init("f"), .init("e")),
    ])

  /// Two that both feed two, which no drawing shows without crossings.
  static let square = Diagram(
    title: "Square", nodes: ["a", "b", "c", "d"].map { .init($0, [$0]) },
    edges: [
      .init(.init("a"), .init("c")), .init(.init("a"), .init("d"), style: .lossy), .init(.init("b"), .init("c")),
      .init(.init("b"), .init("d")),
    ])

  /// The same diagram for the same seed: several parts, circles, loops, groups, named boxes.
  static func random(_ seed: UInt64, nodes count: Int, edges: Int, groups: Int = 0) -> Diagram {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func roll(_ limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(max(1, limit)))
    }
    let frames = (0..<groups).map { index in
      Diagram.Group("g\(index)", "group \(index)", parent: index > 0 && roll(2) == 0 ? "g\(roll(index))" : nil)
    }
    let kinds = Diagram.Kind.allCases
    let nodes = (0..<count).map { index in
      Diagram.Node(
        "n\(index)", index % 3 == 0 ? ["n\(index)", "Component(\(roll(99999)))"] : ["n\(index)"],
        kind: kinds[roll(kinds.count)],
        outboxes: roll(6) == 0 ? ["rejected"] : [], group: groups > 0 && roll(3) > 0 ? "g\(roll(groups))" : nil)
    }
    return Diagram(
      title: "random \(seed)", nodes: nodes, groups: frames,
      edges: (0..<(count < 1 ? 0 : edges)).map { _ in
        let from = roll(count)
        let to = roll(4) == 0 ? roll(count) : min(count - 1, from + 1 + roll(5))
        return .init(
          .init("n\(from)", roll(5) == 0 ? "other" : nil), .init("n\(to)", roll(5) == 0 ? "left" : nil),
          label: roll(6) == 0 ? "[\(roll(999))]" : "")
      })
  }
}
