/// The names that statements use, and what for. Says nothing of what they mean.
struct Uses {
  private(set) var parameters: Set<String> = []
  /// Names of components and graphs, and bare words, which may be such.
  private(set) var components: Set<String> = []
  private(set) var published: Set<String> = []
  private(set) var read: Set<String> = []

  /// Adds all but what is inside the graphs among the statements.
  mutating func add(_ statements: [Statement]) {
    for statement in statements { add(statement) }
  }

  private mutating func add(_ statement: Statement) {
    switch statement {
    case .parameter(let node):
      add(node.type)
      if let value = node.defaultValue { add(value) }
    case .box(let node): add(node.type)
    case .backplane(let node): add(node.type)
    case .defaults(let node): add(node.options)
    case .instance(let node): add(node.component, node.replication, node.restart)
    case .chain(let chain):
      for arrow in chain.arrows { add(arrow.options) }
      for (index, segment) in chain.segments.enumerated() {
        add(segment, isFirst: index == 0, isLast: index == chain.segments.count - 1)
      }
    case .loop(let node):
      add(node.values)
      add(node.body.statements)
    case .condition(let node): add(node)
    case .placement(let node): add(node.body.statements)
    case .test(let node): add(node)
    case .graph, .importing, .host, .broken: break
    }
  }

  private mutating func add(_ node: IfStatement) {
    add(node.condition)
    add(node.body.statements)
    switch node.alternative {
    case .block(let block): add(block.statements)
    case .condition(let next): add(next)
    case nil: break
    }
  }

  private mutating func add(_ condition: Condition) {
    switch condition {
    case .value(let value): add(value)
    case .comparison(let left, _, let right, _):
      add(left)
      add(right)
    case .not(let inner, _): add(inner)
    case .and(let left, let right, _), .or(let left, let right, _):
      add(left)
      add(right)
    case .broken: break
    }
  }

  private mutating func add(_ segment: Segment, isFirst: Bool, isLast: Bool) {
    switch segment {
    case .endpoint(let node): add(node.boxes)
    case .instance(let node):
      add(node.component, node.replication, node.restart)
      add(node.boxes)
    case .group(let members, _): for member in members { add(member, isFirst: isFirst, isLast: isLast) }
    case .backplane(let name, _):
      if !isFirst { published.insert(name.text) }
      if !isLast { read.insert(name.text) }
    case .literal(let value): add(value)
    case .broken: break
    }
  }

  private mutating func add(_ boxes: BoxSelection) {
    switch boxes {
    case .standard: break
    case .one(let box): if let index = box.index { add(index) }
    case .both(let inbox, let outbox):
      for index in [inbox?.index, outbox?.index] { if let index { add(index) } }
    }
  }

  private mutating func add(
    _ component: ComponentExpression, _ replication: Replication? = nil, _ restart: RestartClause? = nil
  ) {
    switch component.subject {
    case .name(let name): components.insert(name.text)
    case .command(let command): for word in command.words { add(word) }
    case .broken: break
    }
    add(component.arguments)
    if let replication { add(replication.count) }
    if let restart { add(restart.arguments) }
  }

  private mutating func add(_ arguments: [Argument]) { for argument in arguments { add(argument.value) } }

  private mutating func add(_ parts: [TextLiteral.Part]) {
    for part in parts { if case .parameter(let name) = part { parameters.insert(name.text) } }
  }

  mutating func add(_ expression: Expression) {
    switch expression {
    case .literal, .broken: break
    case .text(let literal): add(literal.parts)
    case .parameter(let name, _): parameters.insert(name.text)
    case .word(let name): components.insert(name.text)
    case .component(let node): add(node)
    case .list(let elements, _): for element in elements { add(element) }
    case .record(let fields, _): for field in fields { add(field.value) }
    case .range(let lower, let upper, _): for end in [lower, upper] { if let end { add(end) } }
    }
  }

  mutating func add(_ type: TypeSyntax) {
    switch type {
    case .named(_, let refinement, _): add(refinement)
    case .graph(let fields, _), .record(let fields, _): for field in fields { add(field.type) }
    case .list(let inner, _), .optional(let inner, _): add(inner)
    case .broken: break
    }
  }

  mutating func add(_ test: TestDeclaration) {
    if let subject = test.subject { add(subject) }
    add(test.name.parts)
    for step in test.steps {
      switch step {
      case .send(_, let values, _): for value in values { add(value) }
      case .advance(let time, _): add(time)
      case .expect(let expectation):
        switch expectation.subject {
        case .values(_, let values, _): for value in values { add(value) }
        case .matching(_, let patterns, _): for pattern in patterns { add(pattern) }
        case .recorded(_, let recording, _): for value in recording.values ?? [] { add(value) }
        case .closed, .nothing: break
        }
        if let within = expectation.within { add(within) }
      case .replace(_, let component, _): add(component)
      case .cases(let table): for row in table.cases { for value in row.values { add(value) } }
      case .close, .broken: break
      }
    }
  }
}
