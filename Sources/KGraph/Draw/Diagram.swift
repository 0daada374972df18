/// A graph as it is drawn: boxes with names, and arrows between them.
///
/// A diagram knows nothing of components or types; whoever makes one decides what is worth showing.
package struct Diagram: Sendable, Hashable {
  /// What a node stands for, which decides its shape.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case component, command, graph, backplane, literal
    /// A box of the graph itself: `self.network`.
    case selfBox
  }

  package struct Node: Sendable, Hashable {
    /// Unique in the diagram.
    package let id: String
    /// The first line is what the node is called, the others say more.
    package let title: [String]
    package let kind: Kind
    /// Inboxes and outboxes that are worth naming, in order. The default ones are not among them; those that edges name
    /// need not be.
    package let inboxes: [String]
    package let outboxes: [String]
    /// The group that the node is in.
    package let group: String?

    package init(
      _ id: String, _ title: [String], kind: Kind = .component, inboxes: [String] = [], outboxes: [String] = [],
      group: String? = nil
    ) {
      self.id = id
      self.title = title.isEmpty ? [id] : title
      self.kind = kind
      self.inboxes = inboxes
      self.outboxes = outboxes
      self.group = group
    }
  }

  /// A frame around nodes and other groups.
  package struct Group: Sendable, Hashable {
    package enum Kind: Sendable, Hashable, CaseIterable {
      case plain
      /// Around a component and the graphs that it makes while it runs.
      case host
      /// Around a graph that a component makes while it runs.
      case made
    }

    package let id: String
    package let title: String
    package let parent: String?
    package let kind: Kind

    package init(_ id: String, _ title: String, parent: String? = nil, kind: Kind = .plain) {
      self.id = id
      self.title = title
      self.parent = parent
      self.kind = kind
    }
  }

  /// Where an edge begins or ends.
  package struct End: Sendable, Hashable {
    package let node: String
    /// The box, or nil for the default one, which is not named in a drawing.
    package let box: String?

    package init(_ node: String, _ box: String? = nil) {
      self.node = node
      self.box = box
    }
  }

  package enum Style: String, Sendable, Hashable, CaseIterable {
    case plain
    /// Carries shutdown and nothing else.
    case control
    /// May lose messages.
    case lossy
  }

  package struct Edge: Sendable, Hashable {
    package let from: End
    package let to: End
    /// Options, types, rates: a few words, or nothing.
    package let label: String
    package let style: Style

    package init(_ from: End, _ to: End, label: String = "", style: Style = .plain) {
      self.from = from
      self.to = to
      self.label = label
      self.style = style
    }
  }

  package let title: String
  package let nodes: [Node]
  package let groups: [Group]
  package let edges: [Edge]

  /// - Precondition: names are unique, those that are referred to exist, and no group is inside itself.
  package init(title: String, nodes: [Node], groups: [Group] = [], edges: [Edge]) {
    self.title = title
    self.nodes = nodes
    self.groups = groups
    self.edges = edges
    let ids = Set(nodes.map(\.id))
    precondition(ids.count == nodes.count, "two nodes have one name")
    let parents = Dictionary(groups.map { ($0.id, $0.parent) }) { _, _ in
      preconditionFailure("two groups have one name")
    }
    for node in nodes { precondition(node.group.map { parents[$0] != nil } ?? true, "\(node.id) is in no known group") }
    for edge in edges {
      precondition(ids.contains(edge.from.node) && ids.contains(edge.to.node), "an edge ends nowhere")
    }
    for group in groups {
      var above = group.parent
      var steps = 0
      while let id = above {
        guard let next = parents[id] else { preconditionFailure("\(id) is no group") }
        steps += 1
        precondition(steps <= groups.count, "\(group.id) is inside itself")
        above = next
      }
    }
  }
}

extension Diagram {
  /// The boxes shown at one side of a node: those that it names and those that edges use; nil is the default one,
  /// which is there if an edge uses it.
  static func boxes(_ named: [String], _ used: [String?]) -> [String?] {
    var result: [String?] = used.contains(nil) ? [nil] : []
    var seen: Set<String> = []
    for name in named + used.compactMap({ $0 }) where seen.insert(name).inserted { result.append(name) }
    return result
  }
}
