/// A value, as written.
package indirect enum Expression: SyntaxNode {
  /// A number, a quantity, `true` or `false`.
  case literal(Literal)
  case text(TextLiteral)
  /// `$name`: a parameter or the variable of a loop. The place of the whole holds the sign, the name's does not.
  case parameter(Name, Place)
  /// A bare word: a case of the parameter (`from: end`), or a component or graph (`protocol: Client`).
  case word(Name)
  /// `Client(nick: "ann")` as a value, and a command.
  case component(ComponentExpression)
  case list([Expression], Place)
  case record([RecordField], Place)
  /// `1s...30s`; one end may be left out.
  case range(lower: Expression?, upper: Expression?, Place)
  /// An error has been reported.
  case broken(Place)

  package var place: Place {
    switch self {
    case .literal(let node): node.place
    case .text(let node): node.place
    case .word(let name): name.place
    case .component(let node): node.place
    case .parameter(_, let place), .list(_, let place), .record(_, let place), .range(_, _, let place),
      .broken(let place):
      place
    }
  }

  package var children: [any SyntaxNode] {
    switch self {
    case .literal(let node): [node]
    case .text(let node): [node]
    case .parameter(let name, _), .word(let name): [name]
    case .component(let node): [node]
    case .list(let elements, _): elements
    case .record(let fields, _): fields
    case .range(let lower, let upper, _): [lower, upper].compactMap { $0 }
    case .broken: []
    }
  }
}

/// `size: 3` in a record.
package struct RecordField: SyntaxNode {
  package let name: Name
  package let value: Expression
  package let place: Place
  package var children: [any SyntaxNode] { [name, value] }
}

/// `"text with ${param}"`, or `r"raw"`.
package struct TextLiteral: SyntaxNode {
  package enum Part: Sendable, Hashable {
    /// With its escapes resolved.
    case text(String)
    /// `${name}`
    case parameter(Name)
  }

  package let parts: [Part]
  package let isRaw: Bool
  package let place: Place
  package var children: [any SyntaxNode] { parts.parameters }

  /// The text, if it does not depend on parameters.
  package var constant: String? {
    var text = ""
    for part in parts {
      guard case .text(let piece) = part else { return nil }
      text += piece
    }
    return text
  }
}

/// `` `sort -u` ``: a program and its arguments.
package struct CommandLiteral: SyntaxNode {
  /// Split as a shell splits words, quotes taken off; the first is the program. A parameter never makes two words of
  /// one. Not empty unless an error was reported.
  package let words: [[TextLiteral.Part]]
  /// The first sign outside of quotes that only a shell would understand.
  package let shellSign: Place?
  package let place: Place
  package var children: [any SyntaxNode] { words.flatMap(\.parameters) }
}

extension [TextLiteral.Part] {
  fileprivate var parameters: [any SyntaxNode] {
    compactMap { if case .parameter(let name) = $0 { name } else { nil } }
  }
}
