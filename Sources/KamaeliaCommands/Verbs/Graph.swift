extension Verb {
  /// `graph FILE`.
  package static func graph(_ body: @escaping Body) -> Verb {
    Verb(
      "graph", "draw a graph",
      discussion: """
        The drawing goes to standard output, or to a file. Everything is drawn here; no other program is needed. A graph \
        that a component makes while it runs, such as one for each connection, stands in a frame with that component, or below.
        """,
      usage: ["FILE", "-e GRAPH"],
      positionals: [Positional("FILE", .file([".kgraph"]), 0...1, "the graph; `-` reads it from standard input")],
      options: [
        .value(
          "format", "FORMAT", .names { DrawingFormat.allCases.map(\.rawValue) },
          "`ascii`, a drawing in characters (unless another is asked for); `svg`, a picture; `html`, a page with it; "
            + "`dot`, `mermaid` or `fbp`, text for Graphviz, Mermaid or NoFlo"),
        .value(
          "o", "OUTPUT", .file([".svg", ".html", ".dot", ".mmd", ".txt", ".fbp"]),
          "write to this file; the format is that of its ending: .svg, .html, .dot, .mmd, .txt or .fbp"),
        .value("e", "GRAPH", .text, "draw this text instead of a file"),
        .value("set", "NAME=VALUE", .setting, isRepeated: true, "set a parameter of the graph"),
      ],
      examples: [
        Example("kamaelia graph chat.kgraph", "Draws it in the terminal."),
        Example("kamaelia graph chat.kgraph -o chat.svg", "Makes a picture for light and dark pages."),
      ],
      body: body)
  }
}
