/// A completion script for a shell, made from the table of verbs.
package enum CompletionScript: String, CaseIterable, Sendable {
  case bash, zsh, fish

  /// The script as a user's shell reads it.
  ///
  /// - Parameter program: the name of the program, a word of letters, digits, `-` and `_`.
  package func text(program: String, verbs: [Verb]) -> String {
    switch self {
    case .bash: Self.bash(program, verbs)
    case .zsh: Self.zsh(program, verbs)
    case .fish: Self.fish(program, verbs)
    }
  }

  /// `text` in single quotes, as all three shells read it.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }

  /// The name of a function that belongs to `program`.
  static func function(_ program: String) -> String {
    "_" + String(program.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
  }
}

extension Verb {
  /// What can stand at each place, with the last again where it takes several.
  func value(at place: Int) -> Value? {
    var first = 0
    for positional in positionals {
      let (next, isEndless) = first.addingReportingOverflow(positional.count.upperBound)
      if isEndless || place < next { return positional.value }
      first = next
    }
    return nil
  }
}

extension Verb.Value {
  /// The words, where there are words to choose from.
  var words: [String]? {
    switch self {
    case .oneOf(let words): words
    case .names(let words): words()
    case .described(let words): words().map(\.name)
    case .text, .file, .folder, .verb, .setting, .test: nil
    }
  }
}

extension CompletionScript {
  /// What can follow `help`.
  static func pages(_ verbs: [Verb]) -> [(name: String, text: String)] {
    verbs.map { ($0.name, $0.summary) } + HelpText.topics
  }
}
