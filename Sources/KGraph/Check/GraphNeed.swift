import Kamaelia

/// Something that a graph needs of the machine, and who in it does.
package struct GraphNeed: Sendable, Hashable {
  package let capability: Capability
  /// The name of the component.
  package let component: String
  /// Where its instance is declared.
  package let place: Place
}

/// Gathers what graphs need, those included that components make instances of.
struct NeedCollection {
  private(set) var needs: [GraphNeed] = []
  private var seen: Set<GraphNeed> = []

  /// Stands for graphs, which say by themselves what they need.
  private static let template = PlanTemplate(name: "") { _ in (nil, []) }

  mutating func add(_ flat: Flat, _ library: Library) {
    for instance in flat.instances where instance.role == .component {
      guard instance.kind.signature?.needs.isEmpty == false else { continue }
      add(instance.kind.name, instance.arguments, at: instance.place, library)
    }
    for template in flat.templates {
      if case .component(let name) = template.argument.subject { add(name, template.argument, library) }
    }
  }

  /// A component that is used as a graph: what it is not given here comes from who makes it.
  private mutating func add(_ name: String, _ graph: GraphArgument, _ library: Library) {
    var arguments = graph.arguments
    for parameter in library.signature(of: name)?.parameters ?? []
    where parameter.defaultValue == nil && arguments[parameter.name] == nil {
      arguments[parameter.name] = .broken
    }
    add(name, arguments, at: graph.place, library)
  }

  private mutating func add(_ name: String, _ arguments: [String: Evaluated], at place: Place, _ library: Library) {
    var values: [String: Value] = [:]
    var unknown: Set<String> = []
    var programs: [String: String] = [:]
    let graph = Value.graph(GraphReference(name: "", template: Self.template))
    for (name, argument) in arguments {
      switch argument {
      case .value(let value): values[name] = value
      case .graph: values[name] = graph
      case .graphs(let graphs): values[name] = .list(graphs.map { _ in graph })
      case .unknown:
        unknown.insert(name)
        programs[name] = argument.program
      }
    }
    for capability in library.capabilities(of: name, values, unknown: unknown, programs: programs) {
      let need = GraphNeed(capability: capability, component: name, place: place)
      if seen.insert(need).inserted { needs.append(need) }
    }
  }
}

extension Plan {
  /// What the instances need; graphs that they make have plans of their own.
  package func needs(_ library: Library) -> [GraphNeed] {
    instances.flatMap { instance in
      library.capabilities(of: instance.component, instance.arguments).map {
        GraphNeed(capability: $0, component: instance.component, place: instance.place)
      }
    }
  }
}
