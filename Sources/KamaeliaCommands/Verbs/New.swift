extension Verb {
  /// `new FILE`, `new component NAME` and `new package NAME`.
  package static let new = Verb(
    "new", "make a small graph, component or program to begin with",
    discussion: """
      Nothing that is there already is changed. A package is a folder with a program of your own in Swift: the whole \
      command line, with a component of yours in it, its test and a graph that uses it.
      """,
    usage: ["FILE", "component NAME", "package NAME"],
    positionals: [
      Positional("FILE", .file([".kgraph"]), 1...1, "the graph to make; its name ends in .kgraph"),
      Positional("NAME", .text, 0...1, "after the word `component` or `package`: what to make, in UpperCamelCase"),
    ],
    options: [
      .value("sources", "FOLDER", .folder, "where the component goes; here if left out"),
      .value("tests", "FOLDER", .folder, "where its test goes; here if left out"),
      .value(
        "kamaelia", "FOLDER", .folder,
        "for a package: where the sources of Kamaelia are; those that this program was built from if left out"),
    ],
    examples: [
      Example("kamaelia new chat.kgraph", "A graph that runs, with comments that say what is what."),
      Example(
        "kamaelia new component Shout --sources Sources/Mine --tests Tests/Mine",
        "Makes Shout.swift and ShoutTests.swift in these folders."),
      Example(
        "kamaelia new package Mine", "The folder Mine with a program of your own, to be built with `swift build`."),
    ]
  ) { invocation throws(CommandError) in
    let words = invocation.arguments.positionals
    if words.first == "package" { return try makePackage(words.dropFirst().first, invocation) }
    if invocation.arguments.has("kamaelia") { throw .usage("`--kamaelia` is for `new package`") }
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
    invocation.terminal.say(
      "to use it, put `\(name).self` into the library of your program: `await KamaeliaCommands.main(library: .standard "
        + "+ [\(name).self])`; `\(invocation.program) new package Mine` makes one\n")
    return .fine
  }

  private static func makePackage(_ name: String?, _ invocation: Invocation) throws(CommandError) -> ExitStatus {
    guard let name else { throw .usage("`new package` wants a NAME") }
    guard ComponentTemplate.isName(name) else {
      let better = ComponentTemplate.nearestName(name).map { "write `\($0)`" }
      throw .usage("`\(name)` cannot name a package", help: [better ?? "it begins with a letter in upper case"])
    }
    for option in ["sources", "tests"] where invocation.arguments.has(option) {
      throw .usage("`--\(option)` is for `new component`")
    }
    guard let sources = PackageTemplate.sources(invocation.arguments.value("kamaelia")) else {
      throw .usage(
        "the sources of Kamaelia are not \(invocation.arguments.value("kamaelia").map { "in `\($0)`" } ?? "where they were")",
        help: ["`--kamaelia FOLDER` says where they are"])
    }
    let template = PackageTemplate(name: name, kamaelia: sources)
    if template.isTaken {
      throw .usage(
        "`\(name)` cannot name a package: there is a `\(template.program)` already", help: ["take another name"])
    }
    try NewFile.createFolders(template.folders)
    try NewFile.create(template.files)
    for file in template.files { invocation.terminal.say("made \(file.path)\n") }
    invocation.terminal.say(
      "to build and run it: cd \(name) && swift run \(template.program) run graphs/hello.kgraph\n")
    return .fine
  }
}
