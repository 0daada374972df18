import KGraph

/// What a verb was given, checked against what it declares.
package struct Arguments: Sendable {
  /// The words known by their place, in order.
  package private(set) var positionals: [String] = []
  /// Whether help was asked for; then nothing else is checked.
  package private(set) var wantsHelp = false
  private var given: [String: [String]] = [:]
  private let verb: Verb

  /// Whether a flag or an option was given.
  package func has(_ name: String) -> Bool { !values(name).isEmpty }

  /// The value of an option that is given once.
  package func value(_ name: String) -> String? { values(name).first }

  /// All values of an option, in order.
  package func values(_ name: String) -> [String] {
    precondition(verb.options.contains { $0.name == name }, "\(verb.name) declares no option \(name)")
    return given[name] ?? []
  }

  /// Reads the words after the verb.
  ///
  /// `--name value` and `--name=value` are the same, and `-e value`, `-evalue` and `-e=value`; letters that take no value can
  /// share a word, and the last of them may take one. After `--` every word is taken as it is, and `-` by itself is a word
  /// like any other.
  ///
  /// - Throws: ``CommandError/usage(_:help:)`` at the first word that does not fit.
  package init(_ words: [String], for verb: Verb, among verbs: [Verb] = []) throws(CommandError) {
    self.verb = verb
    var rest = words[...]
    while let word = rest.popFirst() {
      if word == "--" {
        positionals += rest
        break
      } else if word.hasPrefix("--") {
        let parts = word.dropFirst(2).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let option: Verb.Option
        do throws(CommandError) {
          option = try self.option(String(parts[0]), as: "--\(parts[0])", among: verbs)
        } catch {
          throw Self.error(error, help: setting(word, rest.first))
        }
        try take(option, parts.count > 1 ? String(parts[1]) : nil, &rest)
      } else if word.hasPrefix("-"), word.count > 1 {
        try takeLetters(word, &rest, among: verbs)
      } else {
        positionals.append(word)
      }
      if wantsHelp { return }
    }
    try checkCount()
  }

  private func option(_ name: String, as spelling: String, among verbs: [Verb]) throws(CommandError) -> Verb.Option {
    if let option = verb.options.first(where: { $0.name == name && $0.spelling == spelling }) { return option }
    var help: [String] = []
    let near = Suggestions.closest(to: name, among: verb.options.map(\.name).filter { $0.count > 1 })
    if !near.isEmpty {
      help = ["did you mean \(near.map { "`--\($0)`" }.joined(separator: " or "))?"]
    } else if verb.options.contains(where: { $0.name == name }) {
      help = ["did you mean `\(name.count == 1 ? "-" : "--")\(name)`?"]
    } else {
      let others = verbs.filter { $0.options.contains { $0.name == name } }.map { "`\($0.name)`" }
      if !others.isEmpty { help = ["it is an option of \(others.joined(separator: ", "))"] }
    }
    throw .usage("`\(verb.name)` has no option `\(spelling)`", help: help)
  }

  /// The same error with something to try, where nothing is known that is nearer.
  private static func error(_ error: CommandError, help more: [String]) -> CommandError {
    guard case .usage(let message, let help) = error, help.isEmpty else { return error }
    return .usage(message, help: more)
  }

  /// `-e value`, `-evalue`, `-e=value`, or several flags in one word.
  private mutating func takeLetters(
    _ word: String, _ rest: inout ArraySlice<String>, among verbs: [Verb]
  ) throws(CommandError) {
    var letters = word.dropFirst()
    while let letter = letters.popFirst() {
      if letter == "h", !verb.options.contains(where: { $0.name == "h" }) {
        wantsHelp = true
        return
      }
      let option: Verb.Option
      do throws(CommandError) {
        option = try self.option(String(letter), as: "-\(letter)", among: verbs)
      } catch {
        let name = word.dropFirst().prefix { $0 != "=" }
        if name.count > 1, verb.options.contains(where: { $0.name == name }) {
          throw .usage("`\(verb.name)` has no option `\(word)`", help: ["did you mean `-\(word)`?"])
        }
        throw Self.error(error, help: ["put `--` before words that begin with `-`"])
      }
      if option.valueName != nil, !letters.isEmpty {
        try take(option, String(letters.first == "=" ? letters.dropFirst() : letters), &rest)
        return
      }
      if letters.first == "=" { throw .usage("`\(option.spelling)` takes no value") }
      try take(option, nil, &rest)
    }
  }

  private mutating func take(
    _ option: Verb.Option, _ attached: String?, _ rest: inout ArraySlice<String>
  ) throws(CommandError) {
    guard let valueName = option.valueName else {
      if attached != nil { throw .usage("`\(option.spelling)` takes no value") }
      if option.name == "help" { wantsHelp = true }
      given[option.name] = [""]
      return
    }
    let isOption = rest.first.map { next in next == "--" || verb.options.contains { $0.spelling == next } } ?? true
    guard let value = attached ?? (isOption ? nil : rest.popFirst()) else {
      let help = option.choices.map { ["it takes \(Self.list($0))"] } ?? []
      throw .usage("`\(option.spelling)` wants a value: `\(option.spelling) \(valueName)`", help: help)
    }
    if let choices = option.choices, !choices.contains(value) {
      let near = Suggestions.closest(to: value, among: choices)
      let help = near.isEmpty ? "it takes \(Self.list(choices))" : "did you mean \(Self.list(near))?"
      throw .usage("`\(option.spelling)` cannot be `\(value)`", help: [help])
    }
    if given[option.name] != nil, !option.isRepeated {
      throw .usage("`\(option.spelling)` is given twice")
    }
    given[option.name, default: []].append(value)
  }

  private func checkCount() throws(CommandError) {
    let least = verb.positionals.reduce(0) { $0 + $1.count.lowerBound }
    let most = verb.positionals.reduce(0) {
      $0.addingReportingOverflow($1.count.upperBound).overflow ? .max : $0 + $1.count.upperBound
    }
    if positionals.count < least {
      var seen = 0
      for positional in verb.positionals {
        seen += positional.count.lowerBound
        if seen > positionals.count { throw .usage("`\(verb.name)` wants \(positional.name)") }
      }
    }
    if positionals.count > most {
      let extra = positionals[most]
      let reason = most == 0 ? "takes no arguments" : "takes no more"
      throw .usage("`\(extra)` is one too many: `\(verb.name)` \(reason)", help: setting(extra))
    }
  }

  /// What to say of `name=value` or `--name value` where it may be meant for a parameter of the graph.
  ///
  /// - Parameter next: the word behind it.
  private func setting(_ word: String, _ next: String? = nil) -> [String] {
    let words = String(word.drop { $0 == "-" })
    let name = words.prefix { $0 != "=" }
    guard words.contains("=") || word.hasPrefix("--"), !name.isEmpty,
      verb.options.contains(where: { $0.name == "set" })
    else { return [] }
    let value = next.flatMap { $0.hasPrefix("-") || $0.hasSuffix(".kgraph") ? nil : $0 } ?? "…"
    return ["a parameter of the graph is set by `--set \(words.contains("=") ? words : "\(name)=\(value)")`"]
  }

  private static func list(_ words: [String]) -> String {
    let quoted = words.map { "`\($0)`" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.joined() }
    return "\(quoted.dropLast().joined(separator: ", ")) or \(last)"
  }
}
