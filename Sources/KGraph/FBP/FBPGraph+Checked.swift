import Kamaelia

extension Checker {
  /// The graph of a text for `.fbp`: its instances as nodes, graphs inside it as nodes too; arguments and constants are packets.
  ///
  /// - Returns: nil where not every linkage is understood. One that
  ///   is, and could not run as it is, is given all the same: a circle, or an inbox that nothing is linked to.
  package func flowGraph(_ source: Source, settings: [String: String]) -> (graph: FBPGraph?, diagnostics: [Diagnostic])
  {
    let file = GraphFile.parse(source)
    let (checked, program, analysis) = examine(
      file, settings: settings, for: .use, severities: .init(), isSurvey: false)
    let expander = analysis.expander
    let main = program.files.first?.graph
    let number = expander.numbers.first { $0.key.graph == main }?.value
    guard file.diagnostics.allSatisfy({ $0.severity != .error }), let number, !expander.expanded[number].isIncomplete
    else { return (nil, checked.diagnostics) }
    return (FBPGraph(expander.expanded[number]), checked.diagnostics)
  }
}

extension FBPGraph {
  init(_ graph: Expanded) {
    let names = graph.instances.map { $0.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" } }.map {
      String($0)
    }
    components = zip(names, graph.instances).map { ($0, $1.kind.name) }
    var backplanes: Set<String> = []
    func end(_ end: LocalEnd) -> (node: String, port: Port)? {
      switch end {
      case .box(let instance, let name, nil): (names[instance], Port(Self.shouted(name)))
      case .box(let instance, let name, .number(let index)): (names[instance], Port(Self.shouted(name), index))
      case .box(let instance, let name, .text(let key)): (names[instance], Port(Self.shouted("\(name)_\(key)")))
      case .backplane(_, let name):
        ("\(name)Backplane", Port("IN"))
      case .exported, .unknown: nil
      }
    }
    for (name, instance) in zip(names, graph.instances) {
      for (parameter, argument) in instance.arguments.sorted(by: { $0.key < $1.key }) {
        guard case .value(let value) = argument else { continue }
        let node = Step.node(name, into: Port(Self.shouted(parameter)), out: nil)
        items.append(.chain([.packet(Self.packet(value)), node]))
      }
    }
    for literal in graph.literals {
      guard case .value(let value) = literal.value, let goal = end(literal.to) else { continue }
      items.append(.chain([.packet(Self.packet(value)), .node(goal.node, into: goal.port, out: nil)]))
    }
    for linkage in graph.linkages {
      for case .backplane(_, let name) in [linkage.from, linkage.to] where backplanes.insert(name).inserted {
        components.append(("\(name)Backplane", "Backplane"))
      }
      switch (linkage.from, linkage.to) {
      case (.exported(let name), let to):
        if let to = end(to) { items.append(.inport(node: to.node, port: to.port, name: Self.shouted(name))) }
      case (let from, .exported(let name)):
        if let from = end(from) { items.append(.outport(node: from.node, port: from.port, name: Self.shouted(name))) }
      case (let from, let to):
        guard let source = end(from), let goal = end(to) else { continue }
        var port = source.port
        if case .backplane = from { port = Port("OUT") }
        items.append(
          .chain([.node(source.node, into: nil, out: port), .node(goal.node, into: goal.port, out: nil)]))
      }
    }
    // A node that nothing is linked to stands alone.
    var linked: Set<String> = []
    for case .chain(let steps) in items { for case .node(let name, _, _) in steps { linked.insert(name) } }
    items += components.filter { !linked.contains($0.node) }.map { .chain([.node($0.node, into: nil, out: nil)]) }
  }

  /// Ports are shouted by custom; one with capital letters of its own stays as it is.
  private static func shouted(_ name: String) -> String {
    let name = String(name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    return name.contains(where: \.isUppercase) ? name : name.uppercased()
  }

  private static func packet(_ value: Value) -> String {
    if case .text(let text) = value { return text }
    return "\(value)"
  }
}
