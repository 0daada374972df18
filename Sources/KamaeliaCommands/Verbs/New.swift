extension Verb {
  /// `new FILE` and `new component NAME`.
  package static let new = Verb(
    "new", "make a small graph or component to begin with",
    discussion: "Nothing that is there already is changed.",
    usage: ["FILE", "component NAME"],
    positionals: [
      Positional("FILE", .file([".kgraph"]), 1...1, "the graph to make; its name ends in .kgraph"),
      Positional("NAME", .text, 0...1, "after the word `component`: the component to make, in UpperCamelCase"),
    ],
    options: [
      .value("sources", "FOLDER", .folder, "where the component goes; here if left out"),
      .value("tests", "FOLDER", .folder, "where its test goes; here if left out"),
    ],
    examples: [
      Example("kamaelia new chat.kgraph", "A graph that runs, with comments that say what is what."),
      Example(
        "kamaelia new component Shout --sources Sources/Mine --tests Tests/Mine",
        "Makes Shout.swift and ShoutTests.swift in these folders."),
    ]
  ) { invocation throws(CommandError) in
    let words = invocation.arguments.positionals
    if words.first == "component" { return try makeComponent(words.dropFirst().first, invocation) }
    guard words.count == 1, let path = words.first else {
      throw .usage("`\(words.last ?? "")` is one too many: one graph is made at a time")
    }
    for option in ["sources", "tests"] where invocation.arguments.has(option) {
      throw .usage("`--\(option)` is for `new component`")
    }
    return try makeGraph(path, invocation)
  }

  private static func makeGraph(_ path: String, _ invocation: Invocation) throws(CommandError) -> ExitStatus {
    guard path.hasSuffix(".kgraph"), !GraphTemplate.title(path).isEmpty else {
      let better =
        path.hasSuffix("/") || path.isEmpty || path.hasSuffix(".kgraph") ? nil : "did you mean `\(path).kgraph`?"
      throw .usage("the name of a graph ends in `.kgraph`", help: better.map { [$0] } ?? [])
    }
    try NewFile.create([GraphTemplate.file(path)])
    invocation.terminal.say("made \(path); to run it: \(invocation.program) run \(shellWord(path))\n")
    return .fine
  }

  /// A path as one writes it in a shell, where it is a file and no option.
  private static func shellWord(_ path: String) -> String {
    let path = path.hasPrefix("-") ? "./\(path)" : path
    let isPlain = path.allSatisfy { $0.isLetter || $0.isNumber || "/._-+,@%:".contains($0) }
    return isPlain ? path : "'\(path.replacing("'", with: "'\\''"))'"
  }

  private static func makeComponent(_ name: String?, _ invocation: Invocation) throws(CommandError) -> ExitStatus {
    guard let name else { throw .usage("`new component` wants a NAME") }
    guard ComponentTemplate.isName(name) else {
      let better = ComponentTemplate.nearestName(name).map { "write `\($0)`" }
      throw .usage("`\(name)` cannot name a component", help: [better ?? "it begins with a letter in upper case"])
    }
    let files = ComponentTemplate.files(
      name, sources: invocation.arguments.value("sources") ?? ".", tests: invocation.arguments.value("tests") ?? ".")
    try NewFile.create(files)
    for file in files { invocation.terminal.say("made \(file.path)\n") }
    invocation.terminal.say("to use it, put `\(name).self` into the library of your program\n")
    return .fine
  }
}
