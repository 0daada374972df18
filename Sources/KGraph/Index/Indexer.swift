import Kamaelia

/// Makes the index of a program: first all that is declared, then what is said of it.
struct Indexer {
  let program: Program
  let library: Library
  var index = SymbolIndex()
  /// The scope of each graph's body, by the graph's number.
  private(set) var bodies: [Int] = []
  /// The symbols of graphs and files, by the graph's number.
  private(set) var graphSymbols: [Int] = []
  private var parts: [PartKey: Int] = [:]
  private(set) var aliases: [PartKey: Int] = [:]
  private var componentSymbols: [String: Int] = [:]
  /// The scopes of loops, by where their bodies begin.
  private(set) var loops: [Place: Int] = [:]
  /// The numbers of graphs by their names' places.
  private var numbers: [Place: Int] = [:]

  /// A name of one kind that belongs to something.
  struct PartKey: Hashable {
    let owner: Symbol.Owner
    let kind: Symbol.Kind
    let name: String
  }

  static func index(_ program: Program, _ library: Library) -> SymbolIndex {
    var indexer = Indexer(program, library)
    indexer.run()
    return indexer.index
  }

  private init(_ program: Program, _ library: Library) {
    self.program = program
    self.library = library
  }

  private mutating func run() {
    index.files = program.files.map(\.tree)
    index.graphs = program.graphs.map(IndexedGraph.init)
    for graph in program.graphs where !graph.isFile { numbers[graph.place] = graph.id }
    for graph in program.graphs { makeScope(graph) }
    for graph in program.graphs { declare(graph) }
    for graph in program.graphs { use(graph) }
    for (source, occurrences) in index.occurrences {
      index.occurrences[source] = Self.inOrder(occurrences)
    }
    for (source, regions) in index.regions {
      index.regions[source] = regions.sorted {
        ($0.range.lowerBound, -$0.range.upperBound) < ($1.range.lowerBound, -$1.range.upperBound)
      }
    }
  }

  /// In the order of the text, of several at one place the first.
  private static func inOrder(_ occurrences: [Occurrence]) -> [Occurrence] {
    var result: [Occurrence] = []
    result.reserveCapacity(occurrences.count)
    for occurrence in occurrences.sorted(by: { $0.place.range.lowerBound < $1.place.range.lowerBound }) {
      let start = occurrence.place.range.lowerBound
      let others = result.reversed().prefix { $0.place.range.lowerBound == start }
      if !others.contains(where: { $0.place.range == occurrence.place.range }) { result.append(occurrence) }
    }
    return result
  }

  // MARK: Symbols

  private mutating func add(_ symbol: Symbol) -> Int {
    index.symbols.append(symbol)
    return index.symbols.count - 1
  }

  mutating func note(_ name: Name?, _ symbol: Int?, isDefinition: Bool = false) {
    guard let name, let symbol, !name.isMissing else { return }
    if isDefinition { index.symbols[symbol].definitions.append(name.place) }
    index.occurrences[ObjectIdentifier(name.place.source), default: []].append(
      Occurrence(place: name.place, symbol: symbol, isDefinition: isDefinition))
  }

  /// A symbol for what the library has; made when it is first spoken of.
  mutating func component(_ name: String) -> Int? {
    if let known = componentSymbols[name] { return known }
    guard library.has(name) else { return nil }
    var symbol = Symbol(.component, name, .library)
    symbol.subject = .component(name)
    let number = add(symbol)
    componentSymbols[name] = number
    return number
  }

  mutating func part(_ kind: Symbol.Kind, _ name: String, of subject: Subject) -> Int? {
    switch subject {
    case .unknown: return nil
    case .graph(let graph): return parts[PartKey(owner: .graph(graph), kind: kind, name: name)]
    case .component(let component):
      let key = PartKey(owner: .component(component), kind: kind, name: name)
      if let known = parts[key] { return known }
      guard let signature = library.signature(of: component) else { return nil }
      let isThere =
        switch kind {
        case .inbox: ImplicitBox.inboxes.contains { $0.name == name } || signature.inboxes.contains { $0.name == name }
        case .outbox:
          ImplicitBox.outboxes.contains { $0.name == name } || signature.outboxes.contains { $0.name == name }
        default: signature.parameters.contains { $0.name == name }
        }
      guard isThere else { return nil }
      let number = add(Symbol(kind, name, .component(component)))
      parts[key] = number
      return number
    }
  }

  // MARK: Declarations

  private mutating func makeScope(_ graph: GraphDefinition) {
    let scope = index.scopes.count
    index.scopes.append(.init(parent: nil, graph: graph.id))
    bodies.append(scope)
    let tree = program.files[graph.file].tree
    var symbol = Symbol(graph.isFile ? .file : .graph, graph.name, graph.parent.map { .graph($0) } ?? .library)
    symbol.subject = .graph(graph.id)
    let number = add(symbol)
    graphSymbols.append(number)
    if graph.isFile {
      index.symbols[number].definitions = [graph.place]
      index.regions[ObjectIdentifier(tree.source), default: []].append((0..<tree.source.bytes.count + 1, scope))
    } else {
      note(Name(graph.name, graph.place), number, isDefinition: true)
    }
  }

  private mutating func declare(_ graph: GraphDefinition) {
    let scope = bodies[graph.id]
    for parameter in graph.parameters { declareValue(.parameter, parameter.name, scope, graph.id) }
    for box in graph.boxes {
      let kind = box.direction == .inbox ? Symbol.Kind.inbox : .outbox
      declarePart(kind, box.name, graph.id)
    }
    for backplane in graph.backplanes { declarePart(.backplane, backplane.name, graph.id) }
    declare(graph.statements, scope, graph.id)
  }

  private mutating func declarePart(_ kind: Symbol.Kind, _ name: Name, _ graph: Int) {
    let number = add(Symbol(kind, name.text, .graph(graph)))
    parts[PartKey(owner: .graph(graph), kind: kind, name: name.text)] = number
    note(name, number, isDefinition: true)
  }

  private mutating func declareValue(_ kind: Symbol.Kind, _ name: Name, _ scope: Int, _ graph: Int) {
    guard !name.isMissing else { return }
    let number = add(Symbol(kind, name.text, .graph(graph)))
    index.scopes[scope].values[name.text] = number
    if kind == .parameter { parts[PartKey(owner: .graph(graph), kind: kind, name: name.text)] = number }
    note(name, number, isDefinition: true)
  }

  private mutating func declareInstance(_ name: Name?, _ component: ComponentExpression, _ scope: Int, _ graph: Int) {
    guard let name, !name.isMissing else { return }
    if let known = index.scopes[scope].instances[name.text] { return note(name, known, isDefinition: true) }
    var symbol = Symbol(.instance, name.text, .graph(graph))
    symbol.subject = subject(component, in: graph)
    let number = add(symbol)
    index.scopes[scope].instances[name.text] = number
    note(name, number, isDefinition: true)
  }

  private mutating func declare(_ statements: [Statement], _ scope: Int, _ graph: Int) {
    for statement in statements {
      switch statement {
      case .instance(let node): declareInstance(node.name, node.component, scope, graph)
      case .chain(let chain): for segment in chain.segments { declare(segment, scope, graph) }
      case .condition(let node): declare(node, scope, graph)
      case .placement(let node): declare(node.body.statements, scope, graph)
      case .loop(let node):
        let inner = index.scopes.count
        index.scopes.append(.init(parent: scope, graph: graph))
        loops[node.body.place] = inner
        region(node.place, inner)
        declareValue(.variable, node.variable, inner, graph)
        declare(node.body.statements, inner, graph)
      case .graph(let node):
        if let target = numbers[node.name.place] { region(node.place, bodies[target]) }
      case .importing(let node): declareAliases(node, graph)
      case .parameter, .box, .backplane, .defaults, .test, .host, .broken: break
      }
    }
  }

  /// The scope of a test whose cases give values names.
  mutating func tableScope(_ table: CaseTable, of test: TestDeclaration, _ outer: Int, _ graph: Int) -> Int {
    let inner = index.scopes.count
    index.scopes.append(.init(parent: outer, graph: graph))
    region(test.place, inner)
    for name in table.names where index.scopes[inner].values[name.text] == nil {
      declareValue(.variable, name, inner, graph)
    }
    return inner
  }

  private mutating func region(_ place: Place, _ scope: Int) {
    index.regions[ObjectIdentifier(place.source), default: []].append((place.range, scope))
  }

  private mutating func declare(_ condition: IfStatement, _ scope: Int, _ graph: Int) {
    declare(condition.body.statements, scope, graph)
    switch condition.alternative {
    case .block(let block): declare(block.statements, scope, graph)
    case .condition(let next): declare(next, scope, graph)
    case nil: break
    }
  }

  private mutating func declare(_ segment: Segment, _ scope: Int, _ graph: Int) {
    switch segment {
    case .instance(let node): declareInstance(node.name, node.component, scope, graph)
    case .group(let members, _): for member in members { declare(member, scope, graph) }
    case .endpoint, .backplane, .literal, .broken: break
    }
  }

  private mutating func declareAliases(_ node: ImportDeclaration, _ graph: Int) {
    func declare(_ alias: Name) {
      guard case .some(.some(let target)) = index.graph(alias.text, in: graph) else { return }
      var symbol = Symbol(.alias, alias.text, .graph(graph))
      symbol.subject = .graph(target)
      let number = add(symbol)
      aliases[PartKey(owner: .graph(graph), kind: .alias, name: alias.text)] = number
      note(alias, number, isDefinition: true)
    }
    switch node.subject {
    case .file(let alias): if let alias { declare(alias) }
    case .items(let items): for item in items { if let alias = item.alias { declare(alias) } }
    }
  }

  /// What an expression makes instances of.
  func subject(_ expression: ComponentExpression, in graph: Int) -> Subject {
    switch expression.subject {
    case .broken: return .unknown
    case .command: return library.has("Process") ? .component("Process") : .unknown
    case .name(let name):
      if let binding = index.graph(name.text, in: graph) { return binding.map { .graph($0) } ?? .unknown }
      return library.has(name.text) ? .component(name.text) : .unknown
    }
  }

  func part(_ kind: Symbol.Kind, _ name: String, ofGraph graph: Int) -> Int? {
    parts[PartKey(owner: .graph(graph), kind: kind, name: name)]
  }
}
