import Kamaelia

/// Expands the body of one graph for one set of arguments.
struct BodyExpansion {
  let expander: Expander
  let definition: GraphDefinition
  let evaluator: Evaluator
  let root: Scope
  var result: Expanded
  /// What each linkage gets where its arrow says nothing.
  private(set) var defaults: PartialOptions.Defaults?
  /// What most arrows say.
  private(set) var plainOptions = PartialOptions()
  /// How many unnamed instances there are of each kind, for their names.
  var unnamed: [String: Int] = [:]
  /// Paths that are taken, each with how many have asked for it.
  var names: [String: Int] = [:]
  /// Linkages by their ends, to find those that are written twice.
  var written: [LocalEnds: Place] = [:]

  var replacements = Replacements()

  var findings: Findings { expander.findings }

  /// A statement with its instances made, whose linkages come when all names are known.
  enum Pending {
    case chain(Chain, [Node])
    case loop(ForStatement)
  }

  /// A segment of a chain, its instance made.
  indirect enum Node {
    case instance(Int, BoxSelection, Place)
    case endpoint(Endpoint)
    case group([Node], Place)
    case backplane(Name, Place)
    case literal(Expression)
    case broken
  }

  init(_ expander: Expander, _ definition: GraphDefinition, _ arguments: [String: Evaluated]) {
    self.expander = expander
    self.definition = definition
    evaluator = Evaluator(expander: expander, graph: definition.id)
    root = Scope(parent: nil, values: arguments)
    names.reserveCapacity(definition.statements.count)
    written.reserveCapacity(definition.statements.count)
    var inboxes: [ExportedBox] = []
    var outboxes: [ExportedBox] = []
    for box in definition.boxes {
      let exported = ExportedBox(
        name: box.name.text, type: evaluator.read(box.type, root), place: box.name.place, typePlace: box.type.place)
      switch box.direction {
      case .inbox: inboxes.append(exported)
      case .outbox: outboxes.append(exported)
      }
    }
    let kind = Kind(
      graph: -1, name: definition.name, inboxes: inboxes.map { .init(name: $0.name, type: $0.type) },
      outboxes: outboxes.map { .init(name: $0.name, type: $0.type) })
    result = Expanded(graph: definition.id, kind: kind, inboxes: inboxes, outboxes: outboxes)
  }

  mutating func run() -> Expanded {
    for declaration in definition.backplanes {
      let type = evaluator.read(declaration.type, root)
      result.backplanes.append(
        LocalBackplane(name: declaration.name.text, type: type, place: declaration.name.place))
    }
    for (index, declaration) in definition.defaults.enumerated() {
      if index > 0 { findings.report(.defaultsTwice(declaration, first: definition.defaults[0])) }
      if index == 0 {
        defaults = readDefaults(declaration.options, root)
        plainOptions = PartialOptions(defaults: defaults)
      }
    }
    expand(definition.statements, root)
    return result
  }

  private mutating func expand(_ statements: [Statement], _ scope: Scope) {
    for item in declare(statements, scope) {
      switch item {
      case .chain(let chain, let nodes): link(chain, nodes, scope)
      case .loop(let loop): expand(loop, scope)
      }
      if expander.isTooLarge { return }
    }
  }

  /// Makes the instances of a scope, so that linkages may speak of those that come later in the text.
  private mutating func declare(_ statements: [Statement], _ scope: Scope) -> [Pending] {
    var pending: [Pending] = []
    for statement in statements {
      if expander.isTooLarge { return pending }
      switch statement {
      case .instance(let node):
        make(
          node.component, named: node.name, node.replication, node.restart, scope, place: node.name.place,
          Position(0, of: 1))
      case .chain(let chain):
        let count = chain.segments.count
        let nodes = chain.segments.enumerated().map { make($1, Position($0, of: count), scope) }
        pending.append(.chain(chain, nodes))
      case .condition(let node): pending += declare(choose(node, scope), scope)
      case .loop(let node): pending.append(.loop(node))
      case .host(let node): findings.report(.noHostsYet(node.place, node.name))
      case .placement(let node):
        findings.report(.noHostsYet(node.host.place, node.host))
        pending += declare(node.body.statements, scope)
      case .broken: result.isIncomplete = true
      case .parameter, .box, .graph, .importing, .backplane, .defaults, .test: break
      }
    }
    return pending
  }

  /// The statements that a condition leaves; the first where it cannot be decided.
  private mutating func choose(_ node: IfStatement, _ scope: Scope) -> [Statement] {
    switch evaluator.decide(node.condition, scope) {
    case true?: return node.body.statements
    case nil:
      result.isIncomplete = true
      return node.body.statements
    case false?:
      switch node.alternative {
      case .block(let block): return block.statements
      case .condition(let next): return choose(next, scope)
      case nil: return []
      }
    }
  }

  // MARK: Loops

  private mutating func expand(_ loop: ForStatement, _ scope: Scope) {
    guard let values = turns(of: loop, scope) else { return }
    var labels: Set<String> = []
    for (index, value) in values.enumerated() {
      var label = String(index)
      if case .value(let known) = value, let text = known.interpolated, Self.isPlain(text) { label = text }
      if !labels.insert(label).inserted { label = "\(label)#\(index)" }
      let turn = Scope(parent: scope, values: [loop.variable.text: value], suffix: "\(scope.suffix)[\(label)]")
      expand(loop.body.statements, turn)
      if expander.isTooLarge { return }
    }
  }

  /// What a text must be to stand in the name of an instance.
  private static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 32
      && text.allSatisfy { $0.isLetter || $0.isNumber || "-_.".contains($0) }
  }

  private mutating func turns(of loop: ForStatement, _ scope: Scope) -> [Evaluated]? {
    let values: [Value]
    switch evaluator.evaluate(loop.values, scope) {
    case .value(.list(let list)): values = list
    case .value(.range(.int(let low), .int(let high))):
      let (length, overflow) = high.subtractingReportingOverflow(low)
      guard high >= low else {
        findings.report(.emptyRange(loop.values.place, .range(.int(low), .int(high))))
        return nil
      }
      result.size.turns = Extent.sum(result.size.turns, overflow ? .max : Extent.sum(length, 1))
      expander.check(result.size, at: loop.values.place)
      return expander.isTooLarge ? nil : (low...high).map { .value(.int($0)) }
    case .value(let value):
      findings.report(.noList(loop.values.place, "\(value)"))
      return nil
    case .graph, .graphs:
      findings.report(.noList(loop.values.place, "a graph"))
      return nil
    case .unknown(let type):
      // One turn with something in it shows what is wrong with the body.
      result.isIncomplete = true
      if case .list(let element)? = type { return [.unknown(element)] }
      return [.broken]
    }
    result.size.turns = Extent.sum(result.size.turns, values.count)
    expander.check(result.size, at: loop.values.place)
    return expander.isTooLarge ? nil : values.map { .value($0) }
  }
}
