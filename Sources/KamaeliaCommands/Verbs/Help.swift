extension Verb {
  /// `help [VERB]`.
  package static let help = Verb(
    "help", "show what a verb takes and does, with examples",
    positionals: [Positional("VERB", .text, 0...1, "the verb; all of them are listed without it")],
    examples: [Example("kamaelia help run", "All about running a graph.")]
  ) { invocation throws(CommandError) in
    let terminal = invocation.terminal
    let text = HelpText(program: invocation.program, width: terminal.width, isColoured: terminal.writesColoured)
    guard let name = invocation.arguments.positionals.first else {
      try terminal.write(text.overview(invocation.verbs))
      return .fine
    }
    guard let verb = invocation.verbs.first(where: { $0.name == name }) else {
      throw Dispatch.unknown(name, among: invocation.verbs, program: invocation.program)
    }
    try terminal.write(text.verb(verb))
    return .fine
  }
}
