/// `tail -> Lines() -[64]-> errors`: one more segment than arrows, at least one segment.
///
/// A chain of a single segment has no linkage: an instance that is made and stands alone.
///
/// What a file holds thousands of are classes, so that whoever walks the tree counts one reference a node and not one a member.
package final class Chain: SyntaxNode {
  package let documentation: Documentation?
  package let segments: [Segment]
  /// `arrows[n]` leads from `segments[n]` to `segments[n + 1]`.
  package let arrows: [Arrow]
  package let place: Place

  init(documentation: Documentation?, segments: [Segment], arrows: [Arrow], place: Place) {
    self.documentation = documentation
    self.segments = segments
    self.arrows = arrows
    self.place = place
  }

  package var children: [any SyntaxNode] {
    var nodes: [any SyntaxNode] = []
    for (index, segment) in segments.enumerated() {
      if index > 0 { nodes.append(arrows[index - 1]) }
      nodes.append(segment)
    }
    return nodes
  }
}

/// `->` or `-[64, dropOldest, ttl: 5s]->`
package struct Arrow: SyntaxNode {
  /// As written; what they mean is for the checker to say.
  package let options: [Argument]
  package let place: Place
  package var children: [any SyntaxNode] { options }
}

/// What stands between the arrows.
package enum Segment: SyntaxNode {
  case endpoint(Endpoint)
  /// An instance made in place.
  case instance(InlineInstance)
  /// `[b, c]`; its members are no groups, and at least one of them is no literal.
  indirect case group([Segment], Place)
  /// `@room`
  indirect case backplane(Name, Place)
  /// A value that is sent once; only in the first segment, alone or in a group. A list whose members are all
  /// literals is a literal, not a group.
  case literal(Expression)
  /// An error has been reported.
  indirect case broken(Place)

  package var place: Place {
    switch self {
    case .endpoint(let node): node.place
    case .instance(let node): node.place
    case .group(_, let place), .backplane(_, let place), .broken(let place): place
    case .literal(let value): value.place
    }
  }

  package var children: [any SyntaxNode] {
    switch self {
    case .endpoint(let node): [node]
    case .instance(let node): [node]
    case .group(let members, _): members
    case .backplane(let name, _): [name]
    case .literal(let value): [value]
    case .broken: []
    }
  }
}

/// `errors`, `errors.rejected`, `mixer.in[0]`, `mixer.(left, mix)`, `self.network`
package final class Endpoint: SyntaxNode {
  /// `self` for the graph's own boxes.
  package let instance: Name
  package let boxes: BoxSelection
  package let place: Place

  init(instance: Name, boxes: BoxSelection, place: Place) {
    self.instance = instance
    self.boxes = boxes
    self.place = place
  }

  package var isSelf: Bool { instance.text == "self" }
  package var children: [any SyntaxNode] { [instance] + boxes.parts }
}

/// `Match("x").rejected as errors replicate 2`
package final class InlineInstance: SyntaxNode {
  package let component: ComponentExpression
  package let boxes: BoxSelection
  /// The name of `as name`, if written.
  package let name: Name?
  package let replication: Replication?
  package let restart: RestartClause?
  package let place: Place

  init(
    component: ComponentExpression, boxes: BoxSelection, name: Name?, replication: Replication?,
    restart: RestartClause?, place: Place
  ) {
    self.component = component
    self.boxes = boxes
    self.name = name
    self.replication = replication
    self.restart = restart
    self.place = place
  }

  package var children: [any SyntaxNode] {
    [component] + boxes.parts + (name.map { [$0] } ?? []) + clauses(replication, restart)
  }
}

/// Which boxes of an instance a chain uses.
package enum BoxSelection: Sendable {
  /// Nothing is written: the component's default boxes.
  case standard
  /// `.rejected`, `.in[0]`, or `[0]` for an element of the default box. In the middle of a chain it is not known from
  /// the text which side is meant.
  case one(BoxReference)
  /// `.(left, mix)`; `nil` for `_`.
  case both(inbox: BoxReference?, outbox: BoxReference?)

  var parts: [any SyntaxNode] {
    switch self {
    case .standard: []
    case .one(let box): [box]
    case .both(let inbox, let outbox): [inbox, outbox].compactMap { $0 }
    }
  }
}

/// `rejected`, `in[0]`, `out["audio"]`, `[0]`
package final class BoxReference: SyntaxNode {
  /// `nil` for the default box.
  package let name: Name?
  /// The element of an array box.
  package let index: Expression?
  package let place: Place

  init(name: Name?, index: Expression?, place: Place) {
    self.name = name
    self.index = index
    self.place = place
  }

  package var children: [any SyntaxNode] { (name.map { [$0] } ?? []) + (index.map { [$0] } ?? []) }
}
