import KGraph

/// What `--help` shows.
package struct HelpText {
  /// What there is a page about besides the verbs.
  static let topics = [(name: "language", text: "the language of graphs, on a page")]

  private let program: String
  private let width: Int
  private let isColoured: Bool

  /// - Parameter width: columns; lines are no longer than 100 even where there is more room, which reads better.
  package init(program: String, width: Int, isColoured: Bool = false) {
    self.program = program
    self.width = min(width, 100)
    self.isColoured = isColoured
  }

  /// The whole program: its verbs, and where to read on.
  package func overview(_ verbs: [Verb]) -> String {
    var lines = Wrap.lines(
      """
      Builds systems like hardware: a graph file says which components there are and which outbox is wired to which \
      inbox; \(program) checks it and runs it.
      """,
      width: width)
    lines += ["", heading("Usage:") + " \(program) VERB [arguments]", "", heading("Verbs:")]
    lines += Wrap.table(verbs.map { ($0.name, $0.summary) }, width: width)
    lines += [
      "", "`\(program) help VERB` tells more of a verb, with examples.",
      "`\(program) help language` is the language of graphs, on a page.",
    ]
    return joined(lines)
  }

  /// One verb.
  package func verb(_ verb: Verb) -> String {
    var lines = Wrap.lines(verb.summary.prefix(1).uppercased() + verb.summary.dropFirst() + ".", width: width)
    lines.append("")
    for (index, usage) in usages(verb).enumerated() {
      let start = index == 0 ? heading("Usage:") : "      "
      lines.append("\(start) \(program) \(verb.name)\(usage.isEmpty ? "" : " ")\(usage)")
    }
    if !verb.discussion.isEmpty { lines += [""] + Wrap.lines(verb.discussion, width: width) }
    if !verb.positionals.isEmpty {
      lines += ["", heading("Arguments:")]
      lines += Wrap.table(verb.positionals.map { ($0.name, $0.help) }, width: width)
    }
    lines += ["", heading("Options:")]
    lines += Wrap.table(verb.options.map { (Self.left($0), Self.right($0)) }, width: width)
    if !verb.examples.isEmpty { lines += ["", heading("Examples:")] }
    for example in verb.examples {
      lines.append("  " + example.command.replacing("kamaelia ", with: program + " "))
      lines += Wrap.lines(example.meaning, width: width, indent: "      ")
    }
    return joined(lines)
  }

  private func heading(_ text: String) -> String { Paint.bold(text, isColoured: isColoured) }

  private func joined(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  private func usages(_ verb: Verb) -> [String] {
    let options = verb.options.count > 1 ? ["[options]"] : []
    if !verb.usage.isEmpty { return verb.usage.map { ([$0] + options).joined(separator: " ") } }
    return [(verb.positionals.map(Self.usage) + options).joined(separator: " ")]
  }

  private static func usage(_ positional: Verb.Positional) -> String {
    let name = positional.name + (positional.count.upperBound > 1 ? " …" : "")
    return positional.count.lowerBound == 0 ? "[\(name)]" : name
  }

  private static func left(_ option: Verb.Option) -> String {
    option.spelling + (option.name == "help" ? ", -h" : "") + (option.valueName.map { " " + $0 } ?? "")
  }

  private static func right(_ option: Verb.Option) -> String {
    let choices = option.choices.map { ": \($0.joined(separator: ", "))" } ?? ""
    return option.help + choices + (option.isRepeated ? "; may be given again" : "")
  }
}
