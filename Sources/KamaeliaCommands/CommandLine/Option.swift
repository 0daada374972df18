extension Verb {
  /// What can stand for a word of the command line: for messages and for completion.
  package enum Value: Sendable {
    /// Anything.
    case text
    /// One of these words and no other.
    case oneOf([String])
    /// One of these words, found when they are needed; others are for the verb to judge.
    case names(@Sendable () -> [String])
    /// The same, with what each is, on a line.
    case described(@Sendable () -> [(name: String, text: String)])
    /// A verb, or what else there is a page about.
    case verb
    /// A parameter of the graph on the command line, with `=` behind it.
    case setting
    /// A test of the graphs on the command line.
    case test
    /// A file whose name ends with one of these, such as `.kgraph`, or any; and folders on the way to it.
    case file([String])
    /// A folder.
    case folder
  }

  /// A word of the command line that is known by its place.
  package struct Positional: Sendable {
    /// As it stands in usage lines: `FILE`.
    package let name: String
    package let value: Value
    /// How many words it takes.
    package let count: ClosedRange<Int>
    package let help: String

    package init(_ name: String, _ value: Value, _ count: ClosedRange<Int>, _ help: String) {
      self.name = name
      self.value = value
      self.count = count
      self.help = help
    }
  }

  /// A word of the command line that begins with `--`, or with `-` if it is a letter.
  package struct Option: Sendable {
    /// Without dashes: `format`, `e`.
    package let name: String
    /// As it stands in help: `FORMAT`; nil for a flag, which takes no value.
    package let valueName: String?
    package let value: Value
    /// Whether it may be given more than once.
    package let isRepeated: Bool
    package let help: String

    /// As it is typed.
    package var spelling: String { (name.count == 1 ? "-" : "--") + name }

    /// The words that it takes, where there are only these.
    package var choices: [String]? {
      if case .oneOf(let words) = value { words } else { nil }
    }

    package static func flag(_ name: String, _ help: String) -> Option {
      Option(name: name, valueName: nil, value: .text, isRepeated: false, help: help)
    }

    package static func value(
      _ name: String, _ valueName: String, _ value: Value, isRepeated: Bool = false, _ help: String
    ) -> Option {
      Option(name: name, valueName: valueName, value: value, isRepeated: isRepeated, help: help)
    }

    /// Every verb has it.
    static let help = Option.flag("help", "show this help")
  }
}
