/// A type, as written.
package indirect enum TypeSyntax: SyntaxNode {
  /// `Text`, `Int(1...64)`, `Video(format: rgb)`; the arguments refine it.
  case named(Name, refinement: [Argument], Place)
  /// `Graph(inbox: Bytes, outbox: Bytes)`
  case graph([TypeField], Place)
  /// `[Int]`
  case list(TypeSyntax, Place)
  /// `Text?`
  case optional(TypeSyntax, Place)
  /// `{name: Text, size: Int}`
  case record([TypeField], Place)
  /// An error has been reported.
  case broken(Place)

  package var place: Place {
    switch self {
    case .named(_, _, let place), .graph(_, let place), .list(_, let place), .optional(_, let place),
      .record(_, let place), .broken(let place):
      place
    }
  }

  package var children: [any SyntaxNode] {
    switch self {
    case .named(let name, let refinement, _): [name] + refinement as [any SyntaxNode]
    case .graph(let fields, _), .record(let fields, _): fields
    case .list(let element, _): [element]
    case .optional(let wrapped, _): [wrapped]
    case .broken: []
    }
  }
}

/// `name: Text`, a field of a record or a box of a graph.
package struct TypeField: SyntaxNode {
  package let name: Name
  package let type: TypeSyntax
  package let place: Place
  package var children: [any SyntaxNode] { [name, type] }
}
