extension Verb {
  /// `completion bash|zsh|fish`.
  package static let completion = Verb(
    "completion", "write a script that completes commands in a shell",
    discussion: "The script goes to standard output. Its first lines say where to put it.",
    positionals: [
      Positional("SHELL", .oneOf(CompletionScript.allCases.map(\.rawValue)), 1...1, "bash, zsh or fish")
    ],
    examples: [
      Example("source <(kamaelia completion bash)", "Completes in this shell."),
      Example(
        "kamaelia completion fish > ~/.config/fish/completions/kamaelia.fish", "Completes in every fish from now on."),
    ]
  ) { invocation throws(CommandError) in
    guard let shell = invocation.arguments.positionals.first.flatMap(CompletionScript.init(rawValue:)) else {
      throw .usage("that is no shell that we know", help: ["we know bash, zsh and fish"])
    }
    try invocation.terminal.write(shell.text(program: invocation.program, verbs: invocation.verbs))
    return .fine
  }
}
