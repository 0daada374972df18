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
    var writer = FBPWriter(expander.expanded[number], expander)
    return (writer.write(file), checked.diagnostics)
  }
}

/// Makes an `.fbp` graph of one of ours, in the order of its text.
private struct FBPWriter {
  private typealias Port = FBPGraph.Port

  private let graph: Expanded
  private let expander: Expander
  private let marks: FBPMarks
  /// The names of the instances there.
  private let names: [String]
  /// What is written, each with the place in our file that says it.
  private var items: [(offset: Int, item: FBPGraph.Item)] = []

  init(_ graph: Expanded, _ expander: Expander) {
    self.graph = graph
    self.expander = expander
    let marks = FBPMarks(expander.program.files.map(\.tree))
    self.marks = marks
    names = graph.instances.map { instance in
      let mark = instance.givenName.flatMap { marks.name(declaredAt: $0.place) }
      return mark ?? String(instance.name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
  }

  mutating func write(_ file: GraphFile) -> FBPGraph {
    var result = FBPGraph()
    result.components = zip(names, graph.instances).map { ($0, component($1)) }
    addPackets()
    var backplanes: Set<String> = []
    for linkage in graph.linkages {
      for case .backplane(_, let name) in [linkage.from, linkage.to] where backplanes.insert(name).inserted {
        result.components.append(("\(name)Backplane", "Backplane"))
      }
      add(linkage)
    }
    addLoneNodes(result.components)
    addComments(of: file)
    result.notes = notes
    // In the order of the text; what one place says stays as it is.
    result.items = items.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element.item)
    return result
  }

  /// What the format has no words for.
  private var notes: [String] {
    zip(names, graph.instances).flatMap { name, instance in
      (instance.replication.map { ["`replicate \($0.count)` of `\(name)` is left out"] } ?? [])
        + (instance.restart == nil ? [] : ["`restart` of `\(name)` is left out"])
    }
  }

  // MARK: Names

  private func definition(of instance: LocalInstance) -> GraphDefinition? {
    guard case .graph(let number) = instance.kind.subject else { return nil }
    return expander.program.graphs[expander.expanded[number].graph]
  }

  private func component(_ instance: LocalInstance) -> String {
    definition(of: instance).flatMap { marks.name(declaredAt: $0.place) } ?? instance.kind.name
  }

  private func port(_ name: String, _ direction: BoxDeclaration.Direction, of definition: GraphDefinition?) -> Port {
    let box = definition?.boxes.first { $0.name.text == name && $0.direction == direction }
    let mark = box.flatMap { marks.name(declaredAt: $0.name.place) }
    return mark.map(Port.init(written:)) ?? Port(FBPNames.shouted(name))
  }

  private func end(_ end: LocalEnd, _ direction: BoxDeclaration.Direction) -> (node: String, port: Port)? {
    switch end {
    case .box(let instance, let name, let index):
      var port = port(name, direction, of: definition(of: graph.instances[instance]))
      switch index {
      case .number(let number): port.index = number
      case .text(let key): port = Port(FBPNames.shouted("\(name)_\(key)"))
      case nil: break
      }
      return (names[instance], port)
    case .backplane(_, let name): return ("\(name)Backplane", Port(direction == .inbox ? "IN" : "OUT"))
    case .exported, .unknown: return nil
    }
  }

  // MARK: Items

  private mutating func addPackets() {
    func packet(_ value: Value) -> FBPGraph.Step {
      if case .text(let text) = value { .packet(text) } else { .packet("\(value)") }
    }
    for (name, instance) in zip(names, graph.instances) {
      for (parameter, argument) in instance.arguments.sorted(by: { $0.key < $1.key }) {
        guard case .value(let value) = argument else { continue }
        let node = FBPGraph.Step.node(name, into: Port(FBPNames.shouted(parameter)), out: nil)
        items.append((instance.place.range.lowerBound, .chain([packet(value), node])))
      }
    }
    for literal in graph.literals {
      guard case .value(let value) = literal.value, let goal = end(literal.to, .inbox) else { continue }
      let node = FBPGraph.Step.node(goal.node, into: goal.port, out: nil)
      items.append((literal.place.range.lowerBound, .chain([packet(value), node])))
    }
  }

  private mutating func add(_ linkage: LocalLinkage) {
    let own = expander.program.graphs[graph.graph]
    let item: FBPGraph.Item
    switch (linkage.from, linkage.to) {
    case (.exported(let name), let to):
      guard let goal = end(to, .inbox) else { return }
      item = .inport(node: goal.node, port: goal.port, name: port(name, .inbox, of: own).text)
    case (let from, .exported(let name)):
      guard let source = end(from, .outbox) else { return }
      item = .outport(node: source.node, port: source.port, name: port(name, .outbox, of: own).text)
    case (let from, let to):
      guard let source = end(from, .outbox), let goal = end(to, .inbox) else { return }
      item = .chain([.node(source.node, into: nil, out: source.port), .node(goal.node, into: goal.port, out: nil)])
    }
    items.append((linkage.place.range.lowerBound, item))
  }

  /// A node that nothing is linked to stands alone.
  private mutating func addLoneNodes(_ components: [(node: String, component: String)]) {
    var linked: Set<String> = []
    for (_, item) in items {
      switch item {
      case .chain(let steps): for case .node(let name, _, _) in steps { linked.insert(name) }
      case .inport, .outport, .blank, .comment: break
      }
    }
    for (number, component) in components.enumerated() where !linked.contains(component.node) {
      let place = number < graph.instances.count ? graph.instances[number].place.range.lowerBound : .max
      items.append((place, .chain([.node(component.node, into: nil, out: nil)])))
    }
  }

  /// Those of the graph itself: not of graphs inside it, of its tests, nor what is meant for us.
  private mutating func addComments(of file: GraphFile) {
    let source = file.source
    let parts = file.statements.compactMap { statement -> Range<Int>? in
      switch statement {
      case .graph(let node): range(node.place, node.documentation)
      case .test(let node): range(node.place, node.documentation)
      default: nil
      }
    }
    let lines = Set(items.map { source.line(of: $0.offset) })
    let allowed = Set(file.allowances.map { source.line(of: $0.code.place.range.lowerBound) })
    for token in file.tokens where token.kind == .comment || token.kind == .documentation {
      let start = token.range.lowerBound
      let line = source.line(of: start)
      let text = source.text(token.range)
      if FBPMarks.isMark(text) || allowed.contains(line) || parts.contains(where: { $0.contains(start) }) { continue }
      let before = source.text(source.lineStarts[line]..<start)
      let isTrailing = lines.contains(line) && !before.allSatisfy(\.isWhitespace)
      // Behind all that its line says.
      let end = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] - 1 : source.bytes.count
      items.append(
        (
          isTrailing ? end : start,
          .comment(String(text.dropFirst(token.kind == .documentation ? 2 : 1)), isTrailing: isTrailing)
        ))
    }
  }

  /// A declaration with what describes it, up to the end of its last line.
  private func range(_ place: Place, _ documentation: Documentation?) -> Range<Int> {
    let line = place.source.line(of: place.range.upperBound)
    let end = line + 1 < place.source.lineStarts.count ? place.source.lineStarts[line + 1] : place.source.bytes.count
    return (documentation?.place.range.lowerBound ?? place.range.lowerBound)..<max(end, place.range.upperBound)
  }
}
