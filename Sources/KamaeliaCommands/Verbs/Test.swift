extension Verb {
  /// `test [FILE|FOLDER …]`.
  package static func test(_ body: @escaping Body) -> Verb {
    Verb(
      "test", "run the tests that stand in graphs",
      discussion: """
        Tests run on a virtual clock, so waiting takes no time, and with a scheduler that has a seed; a failure prints \
        the seed that repeats it. Programs, files and sockets are waited for in real time: for as long as `within` says \
        (a second at least), for a second where time is advanced or nothing is expected, and otherwise until the `--limit`. The exit status is 1 when a test fails. As text results go to standard error, in every \
        other form to standard output.
        """,
      usage: ["[FILE|FOLDER …]", "-e GRAPH"],
      positionals: [
        Positional(
          "FILE|FOLDER", .file([".kgraph"]), 0...Int.max,
          "graphs, and folders whose graphs are all tested; this folder if left out")
      ],
      options: [
        .value("e", "GRAPH", .text, "test the graph in this text instead of files"),
        .value("filter", "TEXT", .test, "run only tests that have this in their name"),
        .value("seed", "NUMBER", .text, "repeat the order of things that had this seed"),
        .value("seeds", "COUNT", .text, "search so many seeds for the smallest that breaks an expectation"),
        .value("limit", "TIME", .text, "how much real time each test has; 10s if left out"),
        .flag("record", "write what comes into the files, where a test expects what is `recorded`"),
        .flag("trace", "write each step: who ran when, and what it sent; the same seed gives the same"),
        .value("format", "FORMAT", .oneOf(["text", "junit", "json"]), "how to write it"),
      ],
      examples: [
        Example("kamaelia test", "Runs all tests of this folder and those in it."),
        Example("kamaelia test chat.kgraph --filter line --seed 42", "Repeats a failure."),
        Example("kamaelia test chat.kgraph --seeds 1000", "Looks for an order of things that breaks it."),
        Example("kamaelia test chat.kgraph --filter line --trace > steps.txt", "Shows the order of things."),
        Example("kamaelia test chat.kgraph --record", "Writes down what `expect box recorded` stands for."),
        Example("kamaelia test graphs --format junit > tests.xml", "For a build server."),
      ],
      body: body)
  }
}
