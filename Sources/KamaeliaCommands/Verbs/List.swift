extension Verb {
  /// `list [NAME]`.
  ///
  /// - Parameter names: the components of the library, for completion.
  package static func list(names: @escaping @Sendable () -> [String], _ body: @escaping Body) -> Verb {
    Verb(
      "list", "show the components there are, or one of them as a manual page",
      positionals: [Positional("NAME", .names(names), 0...1, "a component; all are listed without it")],
      options: [.value("format", "FORMAT", .oneOf(["text", "json"]), "how to write it")],
      examples: [
        Example("kamaelia list", "All components, with what they do."),
        Example("kamaelia list FileTail", "Parameters, inboxes and outboxes of one, with their types."),
        Example("kamaelia list --format json", "The same for other programs, one object a line."),
      ],
      body: body)
  }
}
