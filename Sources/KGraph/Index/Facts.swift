import Kamaelia

/// What a check found out about the parts of a graph, whether it ended well or not.
package struct Facts: Sendable {
  /// A graph by its names, which last while its text is edited.
  private struct GraphName: Hashable {
    let file: String
    let graph: String
  }

  /// What each arrow carries; several types where it is part of a graph that is used in several ways.
  private(set) var carried: [Place: [MessageType]] = [:]
  /// What stands for the variables of generic instances, by the places of their names, or of their components where they have none.
  private(set) var variables: [Place: [String: MessageType]] = [:]
  /// The same by the names of graphs and of instances in them.
  private var variablesByName: [GraphName: [String: [String: MessageType]]] = [:]
  /// The graphs that were expanded, each with the arguments it had.
  private var uses: [(graph: GraphDefinition, arguments: [String: Evaluated])] = []

  /// Types beyond these are left out.
  private static let most = 4

  package init() {}

  mutating func add(_ flat: Flat, _ types: inout TypeCheck, _ program: Program) {
    for linkage in flat.linkages where !linkage.isInternal {
      guard let type = types.type(of: linkage.from, .outbox) ?? types.type(of: linkage.to, .inbox) else { continue }
      Self.add(type, to: &carried[linkage.place, default: []])
    }
    var named: [Int: [String: [String: MessageType]]] = [:]
    for (number, instance) in flat.instances.enumerated()
    where instance.variables != nil && instance.role == .component && variables[instance.place] == nil {
      let found = types.types(of: number)
      variables[instance.place] = found
      if instance.isNamed { named[instance.graph, default: [:]][instance.place.text] = found }
    }
    for (number, instances) in named {
      let graph = program.graphs[number]
      let name = GraphName(file: graph.place.source.name, graph: graph.name)
      variablesByName[name, default: [:]].merge(instances) { $1 }
    }
  }

  private static func add(_ type: MessageType, to known: inout [MessageType]) {
    if known.count < most, !known.contains(type) { known.append(type) }
  }

  /// Adds what the parameters of graphs were worth.
  mutating func finish(_ expander: Expander) {
    uses = expander.numbers.keys.map { (expander.program.graphs[$0.graph], $0.arguments) }
  }

  /// What the arrow at this place carries.
  package func types(carriedBy arrow: Place) -> [MessageType] { carried[arrow] ?? [] }

  /// What stands for `T` and `U` of an instance that has no name, by the place of its component.
  package func variables(at place: Place) -> [String: MessageType] { variables[place] ?? [:] }

  /// The same for one that has a name, also after the text has changed.
  package func variables(of instance: Symbol, in index: SymbolIndex) -> [String: MessageType] {
    guard case .graph(let graph) = instance.owner, let place = instance.definitions.first else { return [:] }
    let name = GraphName(file: place.source.name, graph: index.graphs[graph].name)
    return variablesByName[name]?[instance.name] ?? [:]
  }

  /// What a graph's parameter is worth wherever the graph is used, as it is written.
  package func values(of parameter: Symbol, in index: SymbolIndex) -> [String] {
    guard case .graph(let graph) = parameter.owner else { return [] }
    let owner = index.graphs[graph]
    let values = uses.filter {
      $0.graph.name == owner.name && $0.graph.place.source.name == owner.place.source.name
    }.compactMap { use -> String? in
      switch use.arguments[parameter.name] {
      case .value(let value): "\(value)"
      case .graph(let graph): graph.name
      case .graphs(let graphs): "[\(graphs.map(\.name).joined(separator: ", "))]"
      case .unknown, nil: nil
      }
    }
    return Set(values).sorted()
  }
}
