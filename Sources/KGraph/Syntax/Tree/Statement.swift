/// One statement of a graph's body.
package enum Statement: Sendable {
  indirect case parameter(ParameterDeclaration)
  indirect case box(BoxDeclaration)
  case instance(InstanceDeclaration)
  case chain(Chain)
  indirect case graph(GraphDeclaration)
  indirect case importing(ImportDeclaration)
  indirect case backplane(BackplaneDeclaration)
  indirect case defaults(DefaultsDeclaration)
  indirect case loop(ForStatement)
  indirect case condition(IfStatement)
  indirect case test(TestDeclaration)
  indirect case host(HostDeclaration)
  indirect case placement(OnStatement)
  /// A line that could not be read; an error has been reported.
  indirect case broken(BrokenStatement)

  package var node: any SyntaxNode {
    switch self {
    case .parameter(let node): node
    case .box(let node): node
    case .instance(let node): node
    case .chain(let node): node
    case .graph(let node): node
    case .importing(let node): node
    case .backplane(let node): node
    case .defaults(let node): node
    case .loop(let node): node
    case .condition(let node): node
    case .test(let node): node
    case .host(let node): node
    case .placement(let node): node
    case .broken(let node): node
    }
  }

  package var place: Place {
    switch self {
    case .instance(let node): node.place
    case .chain(let node): node.place
    default: node.place
    }
  }
}

extension Statement {
  /// Whether clauses such as `replicate 4` may follow.
  var takesClauses: Bool {
    switch self {
    case .instance: true
    case .chain(let chain): if case .instance? = chain.segments.last { true } else { false }
    default: false
    }
  }

  /// Whether the braces that it ought to have are there.
  var hasBlock: Bool {
    switch self {
    case .graph(let node): !node.body.place.range.isEmpty
    case .loop(let node): !node.body.place.range.isEmpty
    case .condition(let node): !node.body.place.range.isEmpty
    case .test(let node): !node.body.range.isEmpty
    case .placement(let node): !node.body.place.range.isEmpty
    default: false
    }
  }

  /// Whether it has statements or steps in braces.
  var holdsBlock: Bool {
    switch self {
    case .graph, .loop, .condition, .test, .placement: true
    default: false
    }
  }
}

/// A statement that could not be read, from its first token to its last.
package struct BrokenStatement: SyntaxNode {
  package let place: Place
  package var children: [any SyntaxNode] { [] }
}

/// Statements between braces.
package struct Block: SyntaxNode {
  package let statements: [Statement]
  /// From `{` to `}`.
  package let place: Place
  package var children: [any SyntaxNode] { statements.map(\.node) }
}
