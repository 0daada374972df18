import Kamaelia

/// Looks at whole graphs: the one that is asked for, those that components make instances of, those that are tested, and
/// those that nobody uses yet.
struct Analysis {
  let expander: Expander
  private var waiting: [FlatTemplate] = []
  private var seenTemplates: Set<GraphArgument> = []
  private var componentChecks: ComponentChecks

  /// What was found about parts of the graphs, where somebody wants to know.
  private(set) var facts: Facts?
  private var collection = NeedCollection()

  /// What the graphs so far need of the machine.
  var needs: [GraphNeed] { collection.needs }

  /// Whether to give the plans of what is right.
  private let buildsPlans: Bool

  /// Whether to look at the graphs that components make, too.
  private let looksIntoTemplates: Bool

  init(
    _ expander: Expander, facts: Facts? = nil, kept: KeptAnswers? = nil, buildsPlans: Bool = true,
    looksIntoTemplates: Bool = true
  ) {
    self.looksIntoTemplates = looksIntoTemplates
    self.buildsPlans = buildsPlans
    self.expander = expander
    componentChecks = ComponentChecks(kept: kept)
    self.facts = facts
  }

  /// Checks a graph as a whole.
  ///
  /// - Returns: its plan, if nothing is wrong so far.
  mutating func add(
    _ graph: Int, _ arguments: [String: Evaluated], at place: Place, in surroundings: Surroundings = .init()
  ) -> Plan? {
    guard let number = expander.expand(graph, arguments, at: place), !expander.isTooLarge else { return nil }
    let flat = Flattener.flatten(number, expander, in: surroundings)
    return add(flat, name: expander.program.graphs[graph].name)
  }

  /// The same for one that is flat already.
  ///
  /// - Parameter known: how many errors there were before it was looked at, which are not its own.
  mutating func add(_ flat: Flat, name: String, known: Int = 0) -> Plan? {
    var types = TypeCheck(flat, expander)
    types.run()
    facts?.add(flat, &types, expander.program)
    for template in flat.templates where seenTemplates.insert(template.argument).inserted { waiting.append(template) }
    var refinements = RefinementCheck(flat, types, expander.findings)
    refinements.run()
    let claims = componentChecks.run(flat, &types, expander)
    ConflictCheck(flat, expander.findings).run(claims)
    PatternLint(flat, expander.findings).run()
    HandedOnCheck(expander).run()
    var graphs = GivenArgumentCheck(flat, types, expander)
    graphs.run(claims)
    var fieldCheck = FieldCheck(flat, types, expander.findings)
    fieldCheck.run(claims)
    collection.add(flat, expander.library)
    var collapse = Collapse(flat)
    if let circle = collapse.circle() {
      expander.findings.report(.emptyCircle(circle.map { flat.linkages[$0] }))
      addTemplates()
      return nil
    }
    let count = collapse.count()
    if count > expander.limits.linkages {
      expander.check(Extent(linkages: count), at: flat.linkages.first?.place ?? expander.program.graphs[0].place)
      return nil
    }
    // What could not be read may hold the linkage that seems to be missing.
    let isWhole = expander.program.files.allSatisfy(\.tree.diagnostics.isEmpty)
    let joined = collapse.joined()
    if isWhole {
      Topology(flat, joined, expander).run()
      if !expander.findings.hasErrors { BranchCheck(flat, joined, claims).run(expander.findings) }
    }
    addTemplates()
    if expander.findings.errorCount > known || !buildsPlans { return nil }
    var builder = PlanBuilder(flat, expander, types, collapse, joined)
    return builder.build(name)
  }

  /// Looks at the graphs that components make while they run.
  private mutating func addTemplates() {
    guard looksIntoTemplates else { return }
    var left = expander.limits.instances
    while let template = waiting.popLast(), left > 0 {
      left -= 1
      guard case .graph(let number) = template.argument.subject else { continue }
      _ = add(number, template.argument.arguments, at: template.argument.place, in: template.surroundings)
    }
  }

  /// Looks at graphs that nothing has used, with their defaults, and with parameters unknown that have none.
  mutating func addRest() {
    for graph in expander.program.graphs where !expander.seen.contains(graph.id) && !expander.isTooLarge {
      let arguments = expander.bind(to: graph) { _, _ in nil }
      _ = add(graph.id, arguments, at: graph.place, in: expander.surroundings(of: graph))
    }
  }
}

extension Expander {
  /// The backplanes of the graphs around one, as they are where nothing is known of these.
  ///
  /// - Parameter isInside: whether those of the graph itself belong to them.
  func surroundings(of graph: GraphDefinition, isInside: Bool = false, areListed: Bool = false) -> Surroundings {
    let outer = program.lineage(of: graph.id).dropFirst(isInside ? 0 : 1).reversed()
    return Surroundings(
      graphs: outer.map { id in
        let definition = program.graphs[id]
        let scope = Scope(parent: nil, values: bind(to: definition) { _, _ in nil })
        let evaluator = Evaluator(expander: self, graph: id)
        return Surroundings.Graph(
          graph: id, path: "",
          backplanes: definition.backplanes.map {
            LocalBackplane(name: $0.name.text, type: evaluator.read($0.type, scope), place: $0.name.place)
          })
      }, areListed: areListed)
  }
}
