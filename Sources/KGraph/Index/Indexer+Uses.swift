import Kamaelia

/// What is said of what is declared.
extension Indexer {
  /// What a word in the place of a value can stand for.
  private enum Wanted { case word, graph }

  mutating func use(_ graph: GraphDefinition) {
    let scope = bodies[graph.id]
    for parameter in graph.parameters {
      use(parameter.type, scope)
      if let value = parameter.defaultValue {
        use(value, scope, parameter.type.takesGraphs ? .graph : .word)
      }
    }
    for box in graph.boxes { use(box.type, scope) }
    for backplane in graph.backplanes { use(backplane.type, scope) }
    for defaults in graph.defaults { for option in defaults.options { use(option.value, scope) } }
    for test in graph.tests { use(test, graph, scope) }
    use(graph.statements, scope, graph.id)
  }

  private mutating func use(_ statements: [Statement], _ scope: Int, _ graph: Int) {
    for statement in statements {
      switch statement {
      case .instance(let node): use(node.component, node.replication, node.restart, scope, graph)
      case .chain(let chain):
        for arrow in chain.arrows { for option in arrow.options { use(option.value, scope) } }
        for (number, segment) in chain.segments.enumerated() {
          use(segment, scope, graph, hasBefore: number > 0, hasAfter: number + 1 < chain.segments.count)
        }
      case .condition(let node): use(node, scope, graph)
      case .placement(let node): use(node.body.statements, scope, graph)
      case .loop(let node):
        use(node.values, scope, .graph)
        use(node.body.statements, loops[node.body.place] ?? scope, graph)
      case .importing(let node): use(node, graph)
      case .graph, .parameter, .box, .backplane, .defaults, .test, .host, .broken: break
      }
    }
  }

  private mutating func use(_ node: IfStatement, _ scope: Int, _ graph: Int) {
    use(node.condition, scope)
    use(node.body.statements, scope, graph)
    switch node.alternative {
    case .block(let block): use(block.statements, scope, graph)
    case .condition(let next): use(next, scope, graph)
    case nil: break
    }
  }

  private mutating func use(_ condition: Condition, _ scope: Int) {
    switch condition {
    case .value(let value): use(value, scope)
    case .comparison(let left, _, let right, _):
      use(left, scope)
      use(right, scope)
    case .not(let inner, _): use(inner, scope)
    case .and(let left, let right, _), .or(let left, let right, _):
      use(left, scope)
      use(right, scope)
    case .broken: break
    }
  }

  private mutating func use(_ node: ImportDeclaration, _ graph: Int) {
    guard case .items(let items) = node.subject else { return }
    for item in items {
      guard case .some(.some(let target)) = index.graph((item.alias ?? item.name).text, in: graph) else { continue }
      note(item.name, graphSymbols[target])
    }
  }

  private mutating func use(
    _ segment: Segment, _ scope: Int, _ graph: Int, hasBefore: Bool, hasAfter: Bool
  ) {
    switch segment {
    case .endpoint(let node):
      if node.isSelf {
        use(node.boxes, of: .graph(graph), scope, hasBefore: hasAfter, hasAfter: hasBefore)
      } else {
        let symbol = instance(node.instance.text, scope)
        note(node.instance, symbol)
        let subject = symbol.map { index.symbols[$0].subject } ?? .unknown
        use(node.boxes, of: subject, scope, hasBefore: hasBefore, hasAfter: hasAfter)
      }
    case .instance(let node):
      use(node.component, node.replication, node.restart, scope, graph)
      use(node.boxes, of: subject(node.component, in: graph), scope, hasBefore: hasBefore, hasAfter: hasAfter)
    case .group(let members, _):
      for member in members { use(member, scope, graph, hasBefore: hasBefore, hasAfter: hasAfter) }
    case .backplane(let name, _): note(name, backplane(name.text, graph))
    case .literal(let value): use(value, scope)
    case .broken: break
    }
  }

  private func backplane(_ name: String, _ graph: Int) -> Int? {
    program.backplane(name, in: graph).flatMap { part(.backplane, name, ofGraph: $0.owner) }
  }

  /// The boxes that a chain names.
  ///
  /// - Parameters:
  ///   - hasBefore: whether something is sent to the instance; for the graph's own boxes, whether something comes of it.
  ///   - hasAfter: the other way round.
  private mutating func use(
    _ boxes: BoxSelection, of subject: Subject, _ scope: Int, hasBefore: Bool, hasAfter: Bool
  ) {
    func index(_ reference: BoxReference?) -> Expression? { reference?.index }
    switch boxes {
    case .standard: break
    case .one(let box):
      if let name = box.name {
        let inbox = part(.inbox, name.text, of: subject)
        let outbox = part(.outbox, name.text, of: subject)
        let isInbox = hasBefore && !hasAfter || (hasBefore == hasAfter && inbox != nil)
        note(name, isInbox ? inbox : outbox)
      }
      if let value = box.index { use(value, scope) }
    case .both(let inbox, let outbox):
      if let name = inbox?.name { note(name, part(.inbox, name.text, of: subject)) }
      if let name = outbox?.name { note(name, part(.outbox, name.text, of: subject)) }
      for value in [index(inbox), index(outbox)] { if let value { use(value, scope) } }
    }
  }

  private func instance(_ name: String, _ scope: Int) -> Int? {
    var next: Int? = scope
    while let here = next {
      if let found = index.scopes[here].instances[name] { return found }
      next = index.scopes[here].parent
    }
    return nil
  }

  private func value(_ name: String, _ scope: Int) -> Int? {
    var next: Int? = scope
    while let here = next {
      if let found = index.scopes[here].values[name] { return found }
      next = index.scopes[here].parent
    }
    return nil
  }

  private mutating func use(
    _ expression: ComponentExpression, _ replication: Replication?, _ restart: RestartClause?, _ scope: Int,
    _ graph: Int
  ) {
    use(expression, scope, graph)
    if let replication { use(replication.count, scope) }
    for argument in restart?.arguments ?? [] { use(argument.value, scope) }
  }

  private mutating func use(_ expression: ComponentExpression, _ scope: Int, _ graph: Int) {
    let subject = subject(expression, in: graph)
    switch expression.subject {
    case .name(let name): note(name, subjectSymbol(name.text, subject, graph))
    case .command(let command): for word in command.words { use(word, scope) }
    case .broken: break
    }
    for argument in expression.arguments {
      let parameter = argument.name?.text ?? mainParameter(of: subject)
      if let name = argument.name { note(name, part(.parameter, name.text, of: subject)) }
      use(argument.value, scope, takesGraphs(parameter, of: subject) ? .graph : .word)
    }
  }

  /// The symbol that a name of a component or graph stands for.
  private mutating func subjectSymbol(_ name: String, _ subject: Subject, _ graph: Int) -> Int? {
    switch subject {
    case .unknown: return nil
    case .component(let component): return self.component(component)
    case .graph(let target):
      var next: Int? = graph
      while let here = next {
        if let alias = aliases[PartKey(owner: .graph(here), kind: .alias, name: name)] { return alias }
        if index.graphs[here].graphs[name] != nil { break }
        next = index.graphs[here].parent
      }
      return graphSymbols[target]
    }
  }

  private func mainParameter(of subject: Subject) -> String? {
    switch subject {
    case .component(let name): library.signature(of: name)?.mainParameter?.name
    case .graph(let graph):
      index.graphs[graph].parameters.count == 1 ? index.graphs[graph].parameters[0].name.text : nil
    case .unknown: nil
    }
  }

  private func takesGraphs(_ parameter: String?, of subject: Subject) -> Bool {
    switch subject {
    case .component(let name):
      library.signature(of: name)?.parameters.first { $0.name == parameter }?.type.takesGraphs ?? false
    case .graph(let graph):
      index.graphs[graph].parameters.first { $0.name.text == parameter }?.type.takesGraphs ?? false
    case .unknown: false
    }
  }

  // MARK: Values

  private mutating func use(_ parts: [TextLiteral.Part], _ scope: Int) {
    for part in parts { if case .parameter(let name) = part { note(name, value(name.text, scope)) } }
  }

  private mutating func use(_ expression: Expression, _ scope: Int, _ wanted: Wanted = .word) {
    let graph = index.scopes[scope].graph
    switch expression {
    case .literal, .broken: break
    case .text(let literal): use(literal.parts, scope)
    case .parameter(let name, _): note(name, value(name.text, scope))
    case .word(let name):
      guard wanted == .graph else { return }
      let whole = ComponentExpression(subject: .name(name), arguments: [], place: name.place)
      note(name, subjectSymbol(name.text, subject(whole, in: graph), graph))
    case .component(let node): use(node, scope, graph)
    case .list(let elements, _): for element in elements { use(element, scope, wanted) }
    case .record(let fields, _): for field in fields { use(field.value, scope) }
    case .range(let lower, let upper, _): for end in [lower, upper] { if let end { use(end, scope) } }
    }
  }

  private mutating func use(_ type: TypeSyntax, _ scope: Int) {
    switch type {
    case .named(_, let refinement, _): for argument in refinement { use(argument.value, scope) }
    case .graph(let fields, _), .record(let fields, _): for field in fields { use(field.type, scope) }
    case .list(let inner, _), .optional(let inner, _): use(inner, scope)
    case .broken: break
    }
  }

  // MARK: Tests

  private mutating func use(_ test: TestDeclaration, _ graph: GraphDefinition, _ outer: Int) {
    let scope = test.table.map { tableScope($0, of: test, outer, graph.id) } ?? outer
    use(test.name.parts, scope)
    var subject = Subject.graph(graph.id)
    if let expression = test.subject {
      use(expression, scope, graph.id)
      subject = self.subject(expression, in: graph.id)
    }
    for step in test.steps {
      switch step {
      case .send(let box, let values, _):
        use(box, .inbox, of: subject)
        for value in values { use(value, scope) }
      case .close(let box, _): use(box, .inbox, of: subject)
      case .advance(let time, _): use(time, scope)
      case .cases(let table):
        // The cases give the values, and do not speak of them.
        for row in table.cases {
          use(row.name.parts, outer)
          for value in row.values { use(value, outer) }
        }
      case .replace(let name, let component, _):
        if case .graph(let tested) = subject, let symbol = instance(name.text, bodies[tested]) { note(name, symbol) }
        use(component, scope, graph.id)
      case .expect(let expectation):
        switch expectation.subject {
        case .values(let box, let values, _), .matching(let box, let values, _):
          use(box, .outbox, of: subject)
          for value in values { use(value, scope) }
        case .recorded(let box, let recording, _):
          use(box, .outbox, of: subject)
          for value in recording.values ?? [] { use(value, scope) }
        case .closed(let box): use(box, .outbox, of: subject)
        case .nothing(let box): if let box { use(box, .outbox, of: subject) }
        }
        if let within = expectation.within { use(within, scope) }
      case .broken: break
      }
    }
  }

  private mutating func use(_ box: TestBox, _ direction: Symbol.Kind, of subject: Subject) {
    var owner = subject
    if let name = box.instance {
      guard case .graph(let graph) = subject, let symbol = instance(name.text, bodies[graph]) else { return }
      note(name, symbol)
      owner = index.symbols[symbol].subject
    }
    guard let name = box.box.name else { return }
    note(name, part(direction, name.text, of: owner))
  }
}

extension TypeSyntax {
  /// Whether graphs are its values.
  fileprivate var takesGraphs: Bool {
    switch self {
    case .graph: true
    case .named(let name, _, _): name.text == "Graph"
    case .list(let inner, _), .optional(let inner, _): inner.takesGraphs
    case .record, .broken: false
    }
  }
}
