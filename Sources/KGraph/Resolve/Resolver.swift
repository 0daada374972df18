/// Reads a file and all that it imports, and lists the graphs in them.
struct Resolver {
  private(set) var program = Program()
  private let loader: any SourceLoader
  private let limits: Limits
  private let findings: Findings
  /// The files by identity; nil for one that could not be read.
  private var known: [String: Int?] = [:]
  /// The files that are being read, each with the import that leads on from it.
  private var open: [(identity: String, name: String, next: Place?)] = []

  init(loader: any SourceLoader, limits: Limits, findings: Findings) {
    self.loader = loader
    self.limits = limits
    self.findings = findings
  }

  /// - Returns: the number of the file.
  mutating func add(_ tree: GraphFile, identity: String) -> Int {
    findings.add(tree)
    let file = program.files.count
    let graph = program.graphs.count
    program.files.append(ProgramFile(tree: tree, graph: graph))
    known[identity] = .some(file)
    open.append((identity, tree.source.name, nil))
    collect(
      PathText.graphName(of: tree.source.name), at: Place(tree.source, 0..<0), file: file, parent: nil,
      documentation: tree.documentation, parameters: [], statements: tree.statements)
    open.removeLast()
    return file
  }

  /// Enters a graph and all that is inside it.
  @discardableResult
  private mutating func collect(
    _ name: String, at place: Place, file: Int, parent: Int?, documentation: Documentation?,
    parameters: [ParameterDeclaration], statements: [Statement]
  ) -> Int {
    let id = program.graphs.count
    var graph = GraphDefinition(
      id: id, name: name, place: place, file: file, parent: parent, documentation: documentation,
      statements: statements)
    var declared: [String: Place] = [:]

    /// Whether it is the first of its kind and name.
    func isFirst(_ kind: String, _ name: Name) -> Bool {
      if name.isMissing { return false }
      guard let first = declared.updateValue(name.place, forKey: "\(kind) \(name.text)") else { return true }
      declared["\(kind) \(name.text)"] = first
      findings.report(.declaredTwice(kind, name, first: first))
      return false
    }

    for parameter in parameters where isFirst("parameter", parameter.name) { graph.parameters.append(parameter) }
    program.graphs.append(graph)
    for statement in statements {
      switch statement {
      case .parameter(let node): if isFirst("parameter", node.name) { graph.parameters.append(node) }
      case .box(let node): if isFirst(node.direction.rawValue, node.name) { graph.boxes.append(node) }
      case .backplane(let node):
        if isFirst("backplane", node.name) {
          graph.backplaneNumbers[node.name.text] = graph.backplanes.count
          graph.backplanes.append(node)
        }
      case .defaults(let node): graph.defaults.append(node)
      case .test(let node): graph.tests.append(node)
      case .graph(let node):
        let target = collect(
          node.name.text, at: node.name.place, file: file, parent: id, documentation: node.documentation,
          parameters: node.parameters, statements: node.body.statements)
        if isFirst("graph", node.name) {
          graph.graphs[node.name.text] = GraphBinding(target: target, place: node.name.place, imported: nil)
        }
      case .importing(let node):
        for (name, binding) in importing(node, into: file) where isFirst("graph", name) {
          graph.graphs[name.text] = binding
        }
      case .loop(let node): refuseDeclarations(in: node.body.statements, of: "for")
      case .condition(let node): refuseDeclarations(in: node)
      case .instance, .chain, .host, .placement, .broken: break
      }
    }
    for test in graph.tests.isEmpty || parent == nil ? [] : graph.tests { findings.report(.testInGraph(test)) }
    program.graphs[id] = graph
    return id
  }

  /// Loops and conditions hold instances and linkages; what a graph is must not depend on its arguments.
  private func refuseDeclarations(in statements: [Statement], of word: String) {
    for statement in statements {
      switch statement {
      case .parameter, .box, .backplane, .defaults, .test, .graph, .importing:
        findings.report(.declarationInside(statement, word: word))
      case .loop(let node): refuseDeclarations(in: node.body.statements, of: "for")
      case .condition(let node): refuseDeclarations(in: node)
      case .placement(let node): refuseDeclarations(in: node.body.statements, of: "on")
      case .instance, .chain, .host, .broken: break
      }
    }
  }

  private func refuseDeclarations(in condition: IfStatement) {
    refuseDeclarations(in: condition.body.statements, of: "if")
    switch condition.alternative {
    case .block(let block): refuseDeclarations(in: block.statements, of: "else")
    case .condition(let next): refuseDeclarations(in: next)
    case nil: break
    }
  }

  // MARK: Imports

  private mutating func importing(_ node: ImportDeclaration, into file: Int) -> [(Name, GraphBinding)] {
    guard let path = node.path.constant else {
      findings.report(.importPathWithParameter(node.path))
      return unresolved(node, path: "")
    }
    // An empty path has been reported, as a text that is missing, or names no file.
    guard !path.isEmpty, let imported = read(path, node, into: file) else { return unresolved(node, path: path) }
    let graph = program.graphs[program.files[imported].graph]
    switch node.subject {
    case .file(let alias):
      let name = alias ?? Name(graph.name, node.path.place)
      return [(name, GraphBinding(target: graph.id, place: name.place, imported: node.place))]
    case .items(let items):
      return items.map { item in
        let name = item.alias ?? item.name
        let found = graph.graphs[item.name.text].flatMap { $0.imported == nil ? $0.target : nil }
        if found == nil, !item.name.isMissing {
          let others = graph.graphs.filter { $0.value.imported == nil }.map(\.key)
          findings.report(.unknownGraphInFile(item.name, file: program.files[imported].tree.source.name, others))
        }
        return (name, GraphBinding(target: found, place: name.place, imported: item.place))
      }
    }
  }

  /// The names that the import declares, so that their uses are no errors of their own.
  private func unresolved(_ node: ImportDeclaration, path: String) -> [(Name, GraphBinding)] {
    let names: [Name] =
      switch node.subject {
      case .file(let alias): [alias ?? Name(PathText.graphName(of: path), node.path.place)]
      case .items(let items): items.map { $0.alias ?? $0.name }
      }
    return names.map { ($0, GraphBinding(target: nil, place: $0.place, imported: node.place)) }
  }

  /// The number of the file at `path`, read if it has not been.
  private mutating func read(_ path: String, _ node: ImportDeclaration, into file: Int) -> Int? {
    let importing = program.files[file].tree.source.name
    if path.hasPrefix("/") {
      findings.report(.absoluteImport(node.path))
      return nil
    }
    let name = PathText.join(path, besides: importing)
    let identity = loader.identity(of: name)
    open[open.count - 1].next = node.path.place
    defer { open[open.count - 1].next = nil }
    if let start = open.firstIndex(where: { $0.identity == identity }) {
      let circle = open[start...].map { ($0.name, $0.next) }
      findings.report(.importCircle(node.path, circle))
      return nil
    }
    if let file = known[identity] { return file }
    guard known.count < limits.files else {
      findings.report(.tooManyFiles(node.path, limit: limits.files))
      return nil
    }
    guard open.count < limits.depth else {
      findings.report(.importsTooDeep(node.path, limit: limits.depth))
      return nil
    }
    do throws(SourceError) {
      return add(try loader.tree(name, limit: limits.fileSize), identity: identity)
    } catch {
      findings.report(.unreadableImport(node.path, name, error))
      known[identity] = .some(nil)
      return nil
    }
  }
}
