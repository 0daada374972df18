/// One verb of the command line: what it is told, what it does, and how its help reads.
///
/// Help, completion and the parser are made from the declaration, so that nothing is said twice.
package struct Verb: Sendable {
  /// Does the work.
  ///
  /// What the user asked for goes to standard output, everything that we say to standard error.
  package typealias Body = @Sendable (Invocation) async throws(CommandError) -> ExitStatus

  /// A command line worth typing, and what it does.
  package struct Example: Sendable {
    package let command: String
    package let meaning: String

    package init(_ command: String, _ meaning: String) {
      self.command = command
      self.meaning = meaning
    }
  }

  package let name: String
  /// One line without a full stop, as a command: "run a graph".
  package let summary: String
  /// Paragraphs for `help`, separated by empty lines.
  package let discussion: String
  package let positionals: [Positional]
  package let options: [Option]
  package let examples: [Example]
  /// What follows the verb in the usage lines, where the declarations alone do not say it.
  package let usage: [String]
  package let body: Body

  package init(
    _ name: String, _ summary: String, discussion: String = "", usage: [String] = [], positionals: [Positional] = [],
    options: [Option] = [], examples: [Example], body: @escaping Body
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.usage = usage
    self.positionals = positionals
    self.options = options + [.help]
    self.examples = examples
    self.body = body
  }
}

/// A verb with what it was given, and where it works.
package struct Invocation: Sendable {
  package let verb: Verb
  package let arguments: Arguments
  package let terminal: Terminal
  /// The table that the verb is from.
  package let verbs: [Verb]
  /// The name of the program, as examples and completion give it.
  package let program: String
}
