import KGraph

extension Verb {
  /// `check [FILE|FOLDER …]`.
  package static func check(_ body: @escaping Body) -> Verb {
    Verb(
      "check", "say what is wrong with graphs, without running them",
      discussion: """
        All errors of all files are said in one run. As text they go to standard error, in every other form to standard \
        output. Under GITHUB_ACTIONS=true the form is `github` unless another is asked for.

        In a Markdown file, the blocks that are marked `kgraph` are checked; one marked `kgraph ignore` is not.

        With `--capabilities`, what a graph needs is listed as `kamaelia run --permit` takes it, the graphs that its components \
        make included. What only the running graph will know, such as a path made of a peer's name, counts as all that it may \
        be: `write /**`.

        A comment `# allow(K0410)` behind a line, or before it, takes back a warning there.
        """,
      usage: ["[FILE|FOLDER …]", "-e GRAPH"],
      positionals: [
        Positional(
          "FILE|FOLDER", .file([".kgraph"]), 0...Int.max,
          "graphs, and folders whose graphs are all checked; this folder if left out; `-` is standard input")
      ],
      options: [
        .value("e", "GRAPH", .text, "check this text instead of files"),
        .value("format", "FORMAT", .oneOf(Report.Format.allCases.map(\.rawValue)), "how to write it"),
        .flag("capabilities", "list what the graphs need of the machine, one a line with its place; as text or JSON"),
        .flag("schema", "check nothing; write what the library knows as JSON"),
        .value(
          "against", "FILE", .file([".json"]),
          "take the library that this describes; bounds and patterns, which only components know, are not looked at"),
      ] + lints,
      examples: [
        Example("kamaelia check", "Checks all graphs of this folder and those in it."),
        Example("kamaelia check chat.kgraph --deny warnings", "Fails on warnings too."),
        Example(
          "kamaelia check --capabilities chat.kgraph",
          "Lists what it reads, writes, listens and connects to, and starts."),
        Example("kamaelia check --schema > library.json", "Describes the library, for machines that do not have it."),
        Example("kamaelia check graphs --against library.json", "Checks graphs there."),
        Example("kamaelia check graphs --format sarif > graphs.sarif", "Writes a log for a code scanner."),
      ],
      body: body)
  }
}
