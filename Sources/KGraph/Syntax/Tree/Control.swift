/// `for cam in ["front", "rear"] { … }`
package struct ForStatement: SyntaxNode {
  /// Used as `$cam` in the body.
  package let variable: Name
  /// A list, a range or a parameter.
  package let values: Expression
  package let body: Block
  package let place: Place
  package var children: [any SyntaxNode] { [variable, values, body] }
}

/// `if $debug { … } else if $size > 3 { … } else { … }`
package struct IfStatement: SyntaxNode {
  package indirect enum Alternative: Sendable {
    case block(Block)
    case condition(IfStatement)

    var node: any SyntaxNode {
      switch self {
      case .block(let block): block
      case .condition(let statement): statement
      }
    }
  }

  package let condition: Condition
  package let body: Block
  /// What follows `else`, if written.
  package let alternative: Alternative?
  package let place: Place
  package var children: [any SyntaxNode] { [condition, body] + (alternative.map { [$0.node] } ?? []) }
}

/// What an `if` asks. Comparisons bind closest, then `not`, `and`, `or`; parentheses group.
package indirect enum Condition: SyntaxNode {
  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// A value that must be a Boolean.
  case value(Expression)
  case comparison(Expression, Comparison, Expression, Place)
  case not(Condition, Place)
  case and(Condition, Condition, Place)
  case or(Condition, Condition, Place)
  /// An error has been reported.
  case broken(Place)

  package var place: Place {
    switch self {
    case .value(let value): value.place
    case .comparison(_, _, _, let place), .not(_, let place), .and(_, _, let place), .or(_, _, let place),
      .broken(let place):
      place
    }
  }

  package var children: [any SyntaxNode] {
    switch self {
    case .value(let value): [value]
    case .comparison(let left, _, let right, _): [left, right]
    case .not(let operand, _): [operand]
    case .and(let left, let right, _), .or(let left, let right, _): [left, right]
    case .broken: []
    }
  }
}

/// `on pi { … }`
package struct OnStatement: SyntaxNode {
  package let host: Name
  package let body: Block
  package let place: Place
  package var children: [any SyntaxNode] { [host, body] }
}
