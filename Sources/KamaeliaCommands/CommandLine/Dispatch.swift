import KGraph
import Kamaelia

/// Finds the verb that a command line names, and lets it work.
package struct Dispatch: Sendable {
  private let program: String
  private let verbs: [Verb]
  private let terminal: Terminal

  /// - Parameter program: the name that help and examples give.
  package init(program: String = "kamaelia", verbs: [Verb], terminal: Terminal) {
    self.program = program
    self.verbs = verbs
    self.terminal = terminal
  }

  /// Does what `words` (without the program's own name) ask for, and says on standard error why when it cannot.
  package func run(_ words: [String]) async -> ExitStatus {
    do throws(CommandError) {
      return try await perform(words)
    } catch {
      switch error {
      case .outputClosed:
        return .fine
      case .usage(let message, let help):
        let verb = words.first.flatMap { name in verbs.first { $0.name == name } }
        let more =
          verb.map { "`\(program) help \($0.name)` shows what it takes" } ?? "`\(program) help` lists the verbs"
        terminal.complain(message, help + [more])
        return .usage
      case .failure(let message, let help):
        terminal.complain(message, help)
        return .errors
      }
    }
  }

  private func perform(_ words: [String]) async throws(CommandError) -> ExitStatus {
    guard let name = words.first else {
      terminal.say(HelpText(program: program, width: terminal.width, isColoured: terminal.saysColoured).overview(verbs))
      return .usage
    }
    switch name {
    case "--help", "-help", "-h", "-?": return try await run("help", [])
    case "--version", "-version", "-V", "-v": return try await run("version", [])
    default: return try await run(name, Array(words.dropFirst()))
    }
  }

  private func run(_ name: String, _ words: [String]) async throws(CommandError) -> ExitStatus {
    guard let verb = verbs.first(where: { $0.name == name }) else {
      throw Self.unknown(name, among: verbs, program: program)
    }
    let arguments = try Arguments(words, for: verb, among: verbs)
    if arguments.wantsHelp {
      try terminal.write(
        HelpText(program: program, width: terminal.width, isColoured: terminal.writesColoured).verb(verb)
          + page(of: arguments, for: verb))
      return .fine
    }
    return try await verb.body(
      Invocation(verb: verb, arguments: arguments, terminal: terminal, verbs: verbs, program: program))
  }

  /// What is known of the graph that a verb is asked for help with; empty where there is none.
  private func page(of arguments: Arguments, for verb: Verb) throws(CommandError) -> String {
    guard case .file? = verb.value(at: 0), let path = arguments.positionals.first, path.hasSuffix(".kgraph") else {
      return ""
    }
    return "\n"
      + GraphPage(
        try GraphFiles.read(path), width: min(100, terminal.width), isColoured: terminal.writesColoured
      ).text
  }

  /// What to say of a verb that does not exist.
  static func unknown(_ name: String, among verbs: [Verb], program: String) -> CommandError {
    if name.hasPrefix("-") {
      let spelling = String(name.prefix { $0 != "=" })
      let example =
        verbs.lazy.compactMap { verb -> String? in
          let option = verb.options.first { $0.spelling == spelling || $0.spelling == name.prefix(2) }
          guard let option, option.name != "help" else { return nil }
          return ": `\(program) \(verb.name) \(option.spelling)\(option.valueName.map { " " + $0 } ?? "")`"
        }.first ?? ""
      return .usage("`\(name)` comes before the verb", help: ["options come after it\(example)"])
    }
    if name.hasSuffix(".kgraph") {
      return .usage("`\(name)` is not a verb", help: ["to run it: `\(program) run \(name)`"])
    }
    let near = Suggestions.closest(to: name, among: verbs.map(\.name)).map { "`\($0)`" }
    let help = near.isEmpty ? [] : ["did you mean \(near.joined(separator: " or "))?"]
    return .usage("there is no verb `\(name)`", help: help)
  }
}
