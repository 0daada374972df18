extension Verb {
  /// `graph FILE`.
  package static func graph(_ body: @escaping Body) -> Verb {
    Verb(
      "graph", "draw a graph",
      discussion: "The drawing goes to standard output. Everything is drawn here; no other program is needed.",
      usage: ["FILE", "-e GRAPH"],
      positionals: [Positional("FILE", .file([".kgraph"]), 0...1, "the graph; `-` reads it from standard input")],
      options: [
        .value(
          "format", "FORMAT", .oneOf(["ascii", "svg", "dot", "mermaid", "fbp"]),
          "a drawing in characters (unless another is asked for), a picture, or text for Graphviz, Mermaid or NoFlo"),
        .value("e", "GRAPH", .text, "draw this text instead of a file"),
        .value("set", "NAME=VALUE", .setting, isRepeated: true, "set a parameter of the graph"),
      ],
      examples: [
        Example("kamaelia graph chat.kgraph", "Draws it in the terminal."),
        Example("kamaelia graph chat.kgraph --format svg > chat.svg", "Makes a picture for light and dark pages."),
      ],
      body: body)
  }
}
