extension Verb {
  /// `help [VERB]` and `help language`.
  package static let help = Verb(
    "help", "show what a verb takes and does, with examples",
    positionals: [
      Positional(
        "VERB", .verb, 0...1, "the verb, or `language` for a page about graphs; all verbs are listed without it")
    ],
    examples: [
      Example("kamaelia help run", "All about running a graph."),
      Example("kamaelia help language", "The language of graphs, on a page."),
    ]
  ) { invocation throws(CommandError) in
    let terminal = invocation.terminal
    let text = HelpText(program: invocation.program, width: terminal.width, isColoured: terminal.writesColoured)
    guard let name = invocation.arguments.positionals.first else {
      try terminal.write(text.overview(invocation.verbs))
      return .fine
    }
    if HelpText.topics.contains(where: { $0.name == name }) {
      let page = LanguagePage(width: min(terminal.width, 100), isColoured: terminal.writesColoured)
      try terminal.write(page.text)
      return .fine
    }
    guard let verb = invocation.verbs.first(where: { $0.name == name }) else {
      throw Dispatch.unknown(name, among: invocation.verbs, program: invocation.program)
    }
    try terminal.write(text.verb(verb))
    return .fine
  }
}
