import Kamaelia

/// What a check found out about the parts of a graph, whether it ended well or not.
package struct Facts: Sendable {
  /// An instance by the names that it and the graph around it have, which last while its text is edited.
  struct InstanceName: Hashable {
    let file: String
    let graph: String
    let instance: String
  }

  /// What each arrow carries; several types where it is part of a graph that is used in several ways.
  private(set) var carried: [Place: [MessageType]] = [:]
  /// What stands for the variables of generic instances, by the places of their names, or of their components where they have none.
  private(set) var variables: [Place: [String: MessageType]] = [:]
  private(set) var variablesByName: [InstanceName: [String: MessageType]] = [:]
  private var values: [ParameterName: [String]] = [:]

  private struct ParameterName: Hashable {
    let file: String
    let graph: String
    let parameter: String
  }

  /// Types and values beyond these are left out.
  private static let most = 4

  package init() {}

  mutating func add(_ flat: Flat, _ types: inout TypeCheck) {
    for linkage in flat.linkages where !linkage.isInternal {
      guard let type = types.type(of: linkage.from, .outbox) ?? types.type(of: linkage.to, .inbox) else { continue }
      if let known = carried[linkage.place], known.contains(type) || known.count == Self.most { continue }
      carried[linkage.place, default: []].append(type)
    }
    for (number, instance) in flat.instances.enumerated() where instance.variables != nil && instance.role == .component
    {
      if variables[instance.place] == nil { variables[instance.place] = types.types(of: number) }
    }
  }

  /// Adds what the parameters of graphs were worth, and gives the instances their names.
  mutating func finish(_ expander: Expander, _ index: SymbolIndex) {
    for (graph, arguments) in expander.uses {
      let definition = expander.program.graphs[graph]
      for (name, value) in arguments {
        let words: String
        switch value {
        case .value(let value): words = "\(value)"
        case .graph(let graph): words = graph.name
        case .graphs(let graphs): words = "[\(graphs.map(\.name).joined(separator: ", "))]"
        case .unknown: continue
        }
        let key = ParameterName(file: definition.place.source.name, graph: definition.name, parameter: name)
        if !values[key, default: []].contains(words) { values[key, default: []].append(words) }
      }
    }
    for key in values.keys { values[key]?.sort() }
    for symbol in index.symbols where symbol.kind == .instance {
      guard case .graph(let graph) = symbol.owner else { continue }
      for place in symbol.definitions {
        guard let types = variables[place] else { continue }
        let name = InstanceName(file: place.source.name, graph: index.graphs[graph].name, instance: symbol.name)
        variablesByName[name] = types
      }
    }
  }

  /// What the arrow at this place carries.
  package func types(carriedBy arrow: Place) -> [MessageType] { carried[arrow] ?? [] }

  /// What stands for `T` and `U` of an instance that has no name, by the place of its component.
  package func variables(at place: Place) -> [String: MessageType] { variables[place] ?? [:] }

  /// The same for one that has a name, also after the text has changed.
  package func variables(of instance: Symbol, in index: SymbolIndex) -> [String: MessageType] {
    guard case .graph(let graph) = instance.owner, let place = instance.definitions.first else { return [:] }
    return variablesByName[
      InstanceName(file: place.source.name, graph: index.graphs[graph].name, instance: instance.name)] ?? [:]
  }

  /// What a graph's parameter is worth wherever the graph is used, as it is written.
  package func values(of parameter: Symbol, in index: SymbolIndex) -> [String] {
    guard case .graph(let graph) = parameter.owner else { return [] }
    let owner = index.graphs[graph]
    return values[ParameterName(file: owner.place.source.name, graph: owner.name, parameter: parameter.name)] ?? []
  }
}

extension Expander {
  /// The graphs that were expanded, each with the arguments it had.
  var uses: [(graph: Int, arguments: [String: Evaluated])] { numbers.keys.map { ($0.graph, $0.arguments) } }
}
