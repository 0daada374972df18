/// What makes an instance: `Count(every: 5s)` or `` `sort -u` ``.
package final class ComponentExpression: SyntaxNode {
  package enum Subject: Sendable {
    /// A component or a graph.
    case name(Name)
    case command(CommandLiteral)
    /// Something that is no component; an error has been reported.
    case broken(Place)
  }

  package let subject: Subject
  /// Empty without parentheses, which only a command may leave out.
  package let arguments: [Argument]
  package let place: Place

  init(subject: Subject, arguments: [Argument], place: Place) {
    self.subject = subject
    self.arguments = arguments
    self.place = place
  }

  package var children: [any SyntaxNode] {
    switch subject {
    case .name(let name): [name] + arguments
    case .command(let command): [command] + arguments
    case .broken: arguments
    }
  }
}

/// `path: $path`, or `5s` without a name: an argument, an option of a linkage, a default.
package final class Argument: SyntaxNode {
  /// `nil` if the value stands alone.
  package let name: Name?
  package let value: Expression
  package let place: Place

  init(name: Name?, value: Expression, place: Place) {
    self.name = name
    self.value = value
    self.place = place
  }

  package var children: [any SyntaxNode] { (name.map { [$0] } ?? []) + [value] }
}

/// `replicate 4 by key(user) ordered`
package final class Replication: SyntaxNode {
  /// How the copies share the work.
  package enum Sharing: Sendable {
    /// Not written.
    case unspecified
    /// `by roundRobin`
    case roundRobin
    /// `by key(field)`; more than one name for a field of a field.
    case key([Name])
  }

  package let count: Expression
  package let sharing: Sharing
  /// True for `ordered`: the order of the input is restored.
  package let isOrdered: Bool
  package let place: Place

  init(count: Expression, sharing: Sharing, isOrdered: Bool, place: Place) {
    self.count = count
    self.sharing = sharing
    self.isOrdered = isOrdered
    self.place = place
  }

  package var children: [any SyntaxNode] {
    if case .key(let names) = sharing { return [count] + names as [any SyntaxNode] }
    return [count]
  }
}

/// `restart onFailure(max: 5, within: 1min, backoff: 1s...30s)`
package final class RestartClause: SyntaxNode {
  /// The words that the parser knows; `Policy(rawValue:)` of `name.text` is not `nil` unless an error was reported.
  package enum Policy: String, Sendable, Hashable, CaseIterable { case never, onFailure, always }

  package let name: Name
  package let arguments: [Argument]
  package let place: Place

  init(name: Name, arguments: [Argument], place: Place) {
    self.name = name
    self.arguments = arguments
    self.place = place
  }

  package var policy: Policy? { Policy(rawValue: name.text) }
  package var children: [any SyntaxNode] { [name] + arguments }
}

/// The clauses of an instance in the order of the text; either may come first.
func clauses(_ replication: Replication?, _ restart: RestartClause?) -> [any SyntaxNode] {
  var nodes: [any SyntaxNode] = []
  if let replication { nodes.append(replication) }
  if let restart { nodes.append(restart) }
  return nodes.sorted { $0.place.range.lowerBound < $1.place.range.lowerBound }
}
