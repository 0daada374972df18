extension Verb {
  /// `test [FILE|FOLDER …]`.
  package static func test(_ body: @escaping Body) -> Verb {
    Verb(
      "test", "run the tests that stand in graphs",
      discussion: """
        Tests run on a virtual clock, so waiting takes no time, and with a scheduler that has a seed; a failure prints \
        the seed that repeats it. The exit status is 1 when a test fails.
        """,
      positionals: [
        Positional(
          "FILE|FOLDER", .file([".kgraph"]), 0...Int.max,
          "graphs, and folders whose graphs are all tested; this folder if left out")
      ],
      options: [
        .value("filter", "TEXT", .text, "run only tests that have this in their name"),
        .value("seed", "NUMBER", .text, "repeat the order of things that had this seed"),
      ],
      examples: [
        Example("kamaelia test", "Runs all tests of this folder and those in it."),
        Example("kamaelia test chat.kgraph --filter line --seed 42", "Repeats a failure."),
      ],
      body: body)
  }
}
