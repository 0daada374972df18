extension Verb {
  /// `completion bash|zsh|fish`.
  package static let completion = Verb(
    "completion", "write a script that completes commands in a shell",
    discussion: """
      The script goes to standard output. Its first lines say where to put it. To complete `--set` and `--filter`, it asks \
      for `set` or `filter` with the graphs on the command line: their parameters and their tests, one a line.
      """,
    usage: ["SHELL", "set FILE …", "filter FILE …"],
    positionals: [
      Positional("SHELL", .oneOf(CompletionScript.allCases.map(\.rawValue)), 1...1, "bash, zsh or fish"),
      Positional("FILE", .file([".kgraph"]), 0...(.max), "the graphs that are asked about"),
    ],
    examples: [
      Example("source <(kamaelia completion bash)", "Completes in this shell."),
      Example(
        "kamaelia completion fish > ~/.config/fish/completions/kamaelia.fish", "Completes in every fish from now on."),
    ]
  ) { invocation throws(CommandError) in
    let words = invocation.arguments.positionals
    if words.first == "set" || words.first == "filter" {
      for path in words.dropFirst() {
        let page = GraphPage(try GraphFiles.read(path), width: 80, isColoured: false)
        let names = words.first == "set" ? page.parameters.map { "\($0)=" } : page.tests
        try invocation.terminal.write(names.map { $0 + "\n" }.joined())
      }
      return .fine
    }
    if words.count > 1 { throw .usage("one script is written at a time") }
    guard let shell = invocation.arguments.positionals.first.flatMap(CompletionScript.init(rawValue:)) else {
      throw .usage("that is no shell that we know", help: ["we know bash, zsh and fish"])
    }
    try invocation.terminal.write(shell.text(program: invocation.program, verbs: invocation.verbs))
    return .fine
  }
}
