import Kamaelia

/// Something with a name that texts speak of, in one file or in several.
package struct Symbol: Sendable {
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case parameter, variable, inbox, outbox, instance, graph, alias, file, backplane, component
  }

  /// What a symbol is a part of.
  package enum Owner: Sendable, Hashable {
    /// A graph, by its number in ``SymbolIndex/graphs``.
    case graph(Int)
    /// A component of the library.
    case component(String)
    /// The library itself.
    case library
  }

  package let kind: Kind
  package let name: String
  package let owner: Owner
  /// Where it is declared: the names. None for what the library has; several for an instance that more than one branch of a
  /// condition declares; the beginning of the text for a file.
  package internal(set) var definitions: [Place] = []
  /// What it is one of, for an instance, an alias, a graph, a file and a component.
  package internal(set) var subject: Subject = .unknown

  package init(_ kind: Kind, _ name: String, _ owner: Owner) {
    self.kind = kind
    self.name = name
    self.owner = owner
  }
}

/// What an instance is made of.
package enum Subject: Sendable, Hashable {
  /// A component of the library.
  case component(String)
  /// A graph, by its number in ``SymbolIndex/graphs``.
  case graph(Int)
  /// Nothing that is known.
  case unknown
}

/// A name in a text, and what it stands for.
package struct Occurrence: Sendable, Hashable {
  package let place: Place
  /// Its number in ``SymbolIndex/symbols``.
  package let symbol: Int
  /// Whether the name is declared here.
  package let isDefinition: Bool
}

/// A graph as others see it, and what is declared in it.
package struct IndexedGraph: Sendable {
  package let name: String
  package let documentation: String?
  /// Where its name stands; a point at the beginning of a file for the file's own.
  package let place: Place
  /// The graph around it; nil for a file's own.
  package let parent: Int?
  package let parameters: [ParameterDeclaration]
  package let boxes: [BoxDeclaration]
  package let backplanes: [BackplaneDeclaration]
  /// The graphs that are declared in it or imported into it, by their names there; nil for one that could not be read.
  package let graphs: [String: Int?]
  /// The names among these that imports make.
  package let imported: Set<String>

  package var isFile: Bool { parent == nil }

  init(_ graph: GraphDefinition) {
    name = graph.name
    documentation = graph.documentation?.text
    place = graph.place
    parent = graph.parent
    parameters = graph.parameters
    boxes = graph.boxes
    backplanes = graph.backplanes
    graphs = graph.graphs.mapValues(\.target)
    imported = Set(graph.graphs.filter { $0.value.imported != nil }.map(\.key))
  }

  /// The box of that name and direction.
  package func box(_ name: String, _ direction: BoxDeclaration.Direction) -> BoxDeclaration? {
    boxes.first { $0.name.text == name && $0.direction == direction }
  }

  /// The box that is meant where none is named.
  package func defaultBox(_ direction: BoxDeclaration.Direction) -> BoxDeclaration? {
    let all = boxes.filter { $0.direction == direction }
    return all.first { $0.name.text == direction.rawValue } ?? (all.count == 1 ? all[0] : nil)
  }
}

extension TypeSyntax {
  /// The type that is written, without refinements; nil where it could not be read.
  package var plainType: MessageType? {
    switch self {
    case .named(let name, _, _):
      name.isMissing ? nil : name.text == "Any" ? .any : .named(name.text, [])
    case .graph(let fields, _):
      .graph(
        inbox: fields.first { $0.name.text == "inbox" }?.type.plainType,
        outbox: fields.first { $0.name.text == "outbox" }?.type.plainType)
    case .list(let element, _): element.plainType.map { .list($0) }
    case .optional(let wrapped, _): wrapped.plainType.map { .optional($0) }
    case .record(let fields, _):
      .record(fields.compactMap { field in field.type.plainType.map { .init(field.name.text, $0) } })
    case .broken: nil
    }
  }
}
