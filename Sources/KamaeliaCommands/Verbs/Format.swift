extension Verb {
  /// `fmt [FILE|FOLDER …]`.
  package static func fmt(_ body: @escaping Body) -> Verb {
    Verb(
      "fmt", "write graphs in the one way they are written",
      discussion: """
        Files are rewritten in place, comments and all; a file with syntax errors is left as it is. With `-` the graph \
        is read from standard input and written to standard output.
        """,
      usage: ["[FILE|FOLDER …]", "-e GRAPH"],
      positionals: [
        Positional(
          "FILE|FOLDER", .file([".kgraph"]), 0...Int.max,
          "graphs, and folders whose graphs are all written; this folder if left out")
      ],
      options: [
        .value("e", "GRAPH", .text, "write this text to standard output instead of files"),
        .flag("check", "change nothing; name the files that would change, and exit with 1 if there are any"),
        .flag("diff", "change nothing; show on standard output what would change"),
      ],
      examples: [
        Example("kamaelia fmt", "Writes all graphs of this folder anew."),
        Example("kamaelia fmt --check graphs", "For continuous integration."),
        Example("kamaelia fmt --diff chat.kgraph", "Shows what would change."),
      ],
      body: body)
  }
}
