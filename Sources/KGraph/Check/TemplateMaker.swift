import Kamaelia

/// Makes plans of a graph that a component makes instances of.
struct TemplateMaker: Sendable {
  let program: Program
  let library: Library
  let limits: Limits
  let graph: GraphArgument
  let surroundings: Surroundings
  /// What stands for the variables, where a generic component is used as a graph.
  let types: [String: MessageType]

  /// The names of the graph's parameters.
  var parameters: Set<String> {
    switch graph.subject {
    case .graph(let number): Set(program.graphs[number].parameters.map(\.name.text))
    case .component(let name): Set(library.signature(of: name)?.parameters.map(\.name) ?? [])
    }
  }

  /// - Parameter arguments: take the place of those in the graph file.
  func plan(_ arguments: [String: Value]) -> (Plan?, [Diagnostic]) {
    plan(arguments, leavesOpen: false)
  }

  /// The plan without the arguments that only the component gives.
  func outline() -> Plan? { plan([:], leavesOpen: true).0 }

  /// - Parameter leavesOpen: whether a parameter may be without a value.
  private func plan(_ arguments: [String: Value], leavesOpen: Bool) -> (Plan?, [Diagnostic]) {
    let findings = Findings()
    let expander = Expander(program, library, limits, findings)
    let plan: Plan?
    switch graph.subject {
    case .graph(let number): plan = self.plan(of: program.graphs[number], arguments, expander, leavesOpen)
    case .component(let name): plan = self.plan(ofComponent: name, arguments, expander, leavesOpen)
    }
    return (findings.hasErrors ? nil : plan, findings.diagnostics)
  }

  private func plan(
    of definition: GraphDefinition, _ arguments: [String: Value], _ expander: Expander, _ leavesOpen: Bool
  ) -> Plan? {
    for name in arguments.keys.sorted() where !definition.parameters.contains(where: { $0.name.text == name }) {
      expander.findings.report(.templateArgument(graph, name, problem: nil))
    }
    let values = expander.bind(to: definition) { parameter, type in
      let name = parameter.name.text
      if let value = arguments[name] {
        guard let type else { return .value(value) }
        if let problem = type.problem(with: value) {
          expander.findings.report(.templateArgument(graph, name, problem: problem.description))
          return .unknown(type)
        }
        return .value(type.adopting(value))
      }
      if let value = graph.arguments[name], value.isKnown { return value }
      if parameter.defaultValue == nil {
        if leavesOpen { return .unknown(type) }
        expander.findings.report(.templateWithout(graph, name, declaredAt: parameter.name.place))
        return .unknown(type)
      }
      return nil
    }
    guard let number = expander.expand(definition.id, values, at: graph.place), !expander.isTooLarge else { return nil }
    let flat = Flattener.flatten(number, expander, in: surroundings)
    // Checked before launch with the graph file's own arguments; others can make another graph of it.
    var analysis = Analysis(expander, looksIntoTemplates: false)
    return analysis.add(flat, name: definition.name)
  }

  private func plan(
    ofComponent name: String, _ arguments: [String: Value], _ expander: Expander, _ leavesOpen: Bool
  ) -> Plan? {
    guard let kind = expander.component(name), let signature = kind.signature else { return nil }
    var instance = PlannedInstance(path: name, component: name, place: graph.place)
    instance.types = types
    for (name, value) in graph.arguments { if case .value(let value) = value { instance.arguments[name] = value } }
    for (name, value) in arguments.sorted(by: { $0.key < $1.key }) {
      guard signature.parameters.contains(where: { $0.name == name }) else {
        expander.findings.report(.templateArgument(graph, name, problem: nil))
        continue
      }
      if let problem = kind.members?.problem(with: value, for: name) {
        expander.findings.report(.templateArgument(graph, name, problem: problem.description))
      }
      instance.arguments[name] = value
    }
    let missing = kind.required.filter { instance.arguments[$0] == nil }
    if !leavesOpen {
      for name in missing { expander.findings.report(.templateWithout(graph, name, declaredAt: nil)) }
    }
    var checks = ComponentChecks()
    let known = instance.arguments.mapValues { Evaluated.value($0) }
    if missing.isEmpty, !expander.findings.hasErrors, let problem = checks.problem(of: kind, known, types, expander) {
      expander.findings.report(.cannotWork(name, problem.description, at: graph.place))
    }
    var plan = Plan(name: name)
    plan.instances = [instance]
    func link(_ face: Kind.Face?, _ direction: BoxDeclaration.Direction) {
      guard let face, let declared = face.type, !face.isArray else { return }
      let type = declared.replacing(types)
      let box = PlannedEnd.box(instance: 0, name: face.name, index: nil)
      let exported = PlannedEnd.exported(direction.rawValue)
      let options = LinkageOptions.standard(for: type.unrefined)
      if direction == .inbox {
        plan.inboxes = [PlannedBox(name: "inbox", type: type)]
        plan.linkages.append(PlannedLinkage(from: exported, to: box, type: type, options: options, place: graph.place))
      } else {
        plan.outboxes = [PlannedBox(name: "outbox", type: type)]
        plan.linkages.append(PlannedLinkage(from: box, to: exported, type: type, options: options, place: graph.place))
      }
    }
    link(kind.defaultInbox, .inbox)
    link(kind.defaultOutbox, .outbox)
    return plan
  }
}

extension Evaluated {
  var isKnown: Bool {
    if case .unknown = self { false } else { true }
  }
}

extension MessageType {
  /// The type with its variables replaced; those that are not listed become `Any`.
  package func replacing(_ types: [String: MessageType]) -> MessageType {
    switch self {
    case .variable(let name): types[name] ?? .any
    case .list(let element): .list(element.replacing(types))
    case .optional(let wrapped): .optional(wrapped.replacing(types))
    case .record(let fields): .record(fields.map { Field($0.name, $0.type.replacing(types)) })
    case .any, .named, .graph: self
    }
  }
}

extension Diagnostic {
  /// Says: parameter `…` of `…` ….
  ///
  /// - Parameter problem: what is wrong with the value; nil if there is no such parameter.
  static func templateArgument(_ graph: GraphArgument, _ name: String, problem: String?) -> Diagnostic {
    if let problem {
      return Diagnostic(
        .valueRefused, "parameter `\(name)` of `\(graph.name)` \(problem)", at: graph.place,
        caption: "given by the component that makes it")
    }
    return Diagnostic(
      .unknownArgument, "`\(graph.name)` has no parameter `\(name)`", at: graph.place,
      caption: "given by the component that makes it")
  }

  /// Says: `…` needs its parameter `…`.
  static func templateWithout(_ graph: GraphArgument, _ name: String, declaredAt place: Place?) -> Diagnostic {
    Diagnostic(
      .missingArgument, "`\(graph.name)` needs its parameter `\(name)`", at: graph.place,
      caption: "neither given here nor by the component that makes it",
      labels: place.map { [Label($0, "declared without a default")] } ?? [])
  }
}
