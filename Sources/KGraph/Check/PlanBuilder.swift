import Kamaelia

/// Makes the plan of a graph in which nothing is wrong.
struct PlanBuilder {
  let flat: Flat
  let expander: Expander
  var types: TypeCheck
  let collapse: Collapse
  let joined: [Collapse.Joined]
  private var templates: [TemplateKey: Int] = [:]

  /// Which graph of which parameter of which instance.
  private struct TemplateKey: Hashable {
    let instance: Int
    let parameter: String
    let graph: GraphArgument
  }

  /// - Parameter collapse: has counted its linkages.
  init(_ flat: Flat, _ expander: Expander, _ types: TypeCheck, _ collapse: Collapse, _ joined: [Collapse.Joined]) {
    self.flat = flat
    self.expander = expander
    self.types = types
    self.collapse = collapse
    self.joined = joined
    for (number, template) in flat.templates.enumerated() {
      let key = TemplateKey(instance: template.instance, parameter: template.parameter, graph: template.argument)
      templates[key] = number
    }
  }

  /// - Parameter name: of the graph.
  mutating func build(_ name: String) -> Plan {
    var plan = Plan(name: name)
    plan.instances = flat.instances.indices.map { instance($0) }
    plan.copies = flat.copies
    plan.backplanes = flat.backplanes.filter { !$0.isOuter }.map {
      PlannedBackplane(path: $0.path, type: $0.type ?? .any, place: $0.place)
    }
    plan.inboxes = flat.inboxes.map { box($0) }
    plan.outboxes = flat.outboxes.map { box($0) }
    for linkage in joined {
      guard let from = end(linkage.from), let to = end(linkage.to) else { continue }
      let type = types.type(of: linkage.from, .outbox) ?? .any
      plan.linkages.append(
        PlannedLinkage(
          from: from, to: to, type: type, options: linkage.options.options(for: type),
          place: flat.linkages[linkage.outermost].place))
    }
    for literal in flat.literals where !literal.isProbe {
      guard case .value(let value) = literal.value else { continue }
      for target in collapse.targets(of: literal.to) {
        guard let to = end(target) else { continue }
        let type = types.type(of: target, .inbox) ?? .any
        for value in parts(of: value, for: type) {
          plan.literals.append(PlannedLiteral(value: value, to: to, place: literal.place))
        }
      }
    }
    return plan
  }

  private mutating func box(_ number: Int) -> PlannedBox {
    let junction = flat.junctions[number]
    let type = junction.variables == nil ? junction.type : types.type(of: .junction(number), junction.direction)
    return PlannedBox(name: junction.name, type: type ?? .any)
  }

  /// One message, or several where a list is meant for an inbox that takes its elements.
  private func parts(of value: Value, for type: MessageType) -> [Value] {
    if expander.isOne(value, type) { return [type.adopting(value)] }
    guard case .list(let values) = value else { return [value] }
    return values.map(type.adopting)
  }

  private func end(_ end: FlatEnd) -> PlannedEnd? {
    switch end {
    case .unknown: nil
    case .backplane(let number): .backplane(flat.backplanes[number].path)
    case .junction(let number): .exported(flat.junctions[number].name)
    case .box(let instance, let name, let index): .box(instance: instance, name: name, index: index)
    }
  }

  private mutating func instance(_ number: Int) -> PlannedInstance {
    let instance = flat.instances[number]
    var planned = PlannedInstance(path: instance.path, component: instance.kind.name, place: instance.place)
    planned.types = types.types(of: number)
    planned.restart = instance.restart
    planned.replica = instance.replica
    for (name, argument) in instance.arguments {
      switch argument {
      case .value(let value): planned.arguments[name] = value
      case .graph(let graph): planned.arguments[name] = reference(to: graph, number, name)
      case .graphs(let graphs): planned.arguments[name] = .list(graphs.map { reference(to: $0, number, name) })
      case .unknown: break
      }
    }
    return planned
  }

  /// The value that a component makes instances of a graph with.
  private mutating func reference(to graph: GraphArgument, _ instance: Int, _ parameter: String) -> Value {
    let index = templates[TemplateKey(instance: instance, parameter: parameter, graph: graph)]
    let maker = TemplateMaker(
      program: expander.program, library: expander.library, limits: expander.limits, graph: graph,
      surroundings: index.map { flat.templates[$0].surroundings } ?? Surroundings(),
      types: index.map { types.types(ofTemplate: $0) } ?? [:])
    let template = PlanTemplate(name: graph.name, parameters: maker.parameters, drawn: { maker.outline() }) {
      arguments in
      maker.plan(arguments)
    }
    return .graph(GraphReference(name: graph.name, template: template))
  }
}
