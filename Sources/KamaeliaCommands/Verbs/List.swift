extension Verb {
  /// `list [NAME]`.
  ///
  /// - Parameter names: the components of the library with what they do, for completion.
  package static func list(
    names: @escaping @Sendable () -> [(name: String, text: String)], _ body: @escaping Body
  ) -> Verb {
    Verb(
      "list", "show the components there are, or one of them as a manual page",
      discussion: """
        Of a graph, what it says of itself is shown, with its parameters, boxes, graphs and tests. A Path that a component is \
        given is relative to the folder that the program runs in; behind `${here}/` it is relative to the graph's own file.
        """,
      positionals: [
        Positional("NAME", .described(names), 0...1, "a component, or the file of a graph; all components without it")
      ],
      options: [
        .value("find", "WORD", .text, "list those that this word is said of, best first"),
        .value("format", "FORMAT", .oneOf(["text", "json"]), "how to write it"),
      ],
      examples: [
        Example("kamaelia list", "All components, with what they do."),
        Example("kamaelia list FileTail", "Parameters, inboxes and outboxes of one, with their types."),
        Example("kamaelia list --find csv", "What has to do with tables of that kind."),
        Example("kamaelia list graphs/quickstart.kgraph", "What a graph is for, and its parameters."),
        Example("kamaelia list --format json", "The same for other programs, one object a line."),
      ],
      body: body)
  }
}
