/// `param every: Duration = 5s`
package struct ParameterDeclaration: SyntaxNode {
  package let documentation: Documentation?
  package let name: Name
  package let type: TypeSyntax
  /// `nil` if the parameter is required.
  package let defaultValue: Expression?
  package let place: Place
  package var children: [any SyntaxNode] { [name, type] + (defaultValue.map { [$0] } ?? []) }
}

/// `inbox network: Bytes` or `outbox reply: Bytes`: a box that the graph exports.
package struct BoxDeclaration: SyntaxNode {
  package enum Direction: String, Sendable, Hashable, CaseIterable { case inbox, outbox }

  package let documentation: Documentation?
  package let direction: Direction
  package let name: Name
  package let type: TypeSyntax
  package let place: Place
  package var children: [any SyntaxNode] { [name, type] }
}

/// `tail = FileTail(path: $path) replicate 4 restart always(max: 5)`
package final class InstanceDeclaration: SyntaxNode {
  package let documentation: Documentation?
  package let name: Name
  package let component: ComponentExpression
  package let replication: Replication?
  package let restart: RestartClause?
  package let place: Place

  init(
    documentation: Documentation?, name: Name, component: ComponentExpression, replication: Replication?,
    restart: RestartClause?, place: Place
  ) {
    self.documentation = documentation
    self.name = name
    self.component = component
    self.replication = replication
    self.restart = restart
    self.place = place
  }

  package var children: [any SyntaxNode] { [name, component] + clauses(replication, restart) }
}

/// `graph Client(nick: Text) { … }`
package struct GraphDeclaration: SyntaxNode {
  package let documentation: Documentation?
  package let name: Name
  /// The parameters in parentheses; more may be declared by `param` in the body.
  package let parameters: [ParameterDeclaration]
  package let body: Block
  package let place: Place
  package var children: [any SyntaxNode] { [name] + parameters as [any SyntaxNode] + [body] }
}

/// `import "audio.kgraph" as Audio` or `import {Mixer, Fader as Dial} from "audio.kgraph"`
package struct ImportDeclaration: SyntaxNode {
  /// A graph taken from inside the file.
  package struct Item: SyntaxNode {
    package let name: Name
    /// What it is called here, if written.
    package let alias: Name?
    package let place: Place
    package var children: [any SyntaxNode] { [name] + (alias.map { [$0] } ?? []) }
  }

  /// What is imported.
  package enum Subject: Sendable {
    /// The file's own graph, and what it is called here, if written.
    case file(alias: Name?)
    case items([Item])
  }

  package let path: TextLiteral
  package let subject: Subject
  package let place: Place
  package var children: [any SyntaxNode] {
    switch subject {
    case .file(let alias): [path] + (alias.map { [$0] } ?? [])
    case .items(let items): items + [path]
    }
  }
}

/// `backplane room: Text`
package struct BackplaneDeclaration: SyntaxNode {
  package let documentation: Documentation?
  package let name: Name
  package let type: TypeSyntax
  package let place: Place
  package var children: [any SyntaxNode] { [name, type] }
}

/// `defaults { capacity: 64, overflow: block }`
package struct DefaultsDeclaration: SyntaxNode {
  package let options: [Argument]
  package let place: Place
  package var children: [any SyntaxNode] { options }
}

/// `host pi`
package struct HostDeclaration: SyntaxNode {
  package let documentation: Documentation?
  package let name: Name
  package let place: Place
  package var children: [any SyntaxNode] { [name] }
}
