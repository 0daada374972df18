extension Verb {
  /// `ci [FILE|FOLDER …]`.
  package static func ci(_ body: @escaping Body) -> Verb {
    Verb(
      "ci", "check graphs, how they are written, and their tests, in one go",
      discussion: """
        Does what `check`, `fmt --check` and `test` do, for graphs and for those in Markdown files. What is wrong goes to \
        standard error; under GITHUB_ACTIONS=true it goes to standard output as annotations. The exit status is 1 when \
        anything is wrong.
        """,
      positionals: [
        Positional(
          "FILE|FOLDER", .file([".kgraph", ".md"]), 0...Int.max,
          "graphs, and folders whose graphs are all looked at; this folder if left out")
      ],
      options: [
        .value("limit", "TIME", .text, "how much real time each test has; 10s if left out"),
        .value("sarif", "FILE", .file([".sarif"]), "write a log for a code scanner"),
        .value("junit", "FILE", .file([".xml"]), "write a log for a build server"),
      ] + lints,
      examples: [
        Example("kamaelia ci", "Everything in this folder and those in it."),
        Example("kamaelia ci graphs README.md --sarif graphs.sarif", "With a log that GitHub's code scanning takes."),
      ],
      body: body)
  }
}
