import Kamaelia

/// What could be better in a file, found in its text alone.
struct Lints {
  private let program: Program
  private let expander: Expander
  private let findings: Findings
  /// By graph; empty where something is wrong, for then nobody asks.
  private var uses: [Uses] = []

  init(_ expander: Expander) {
    self.expander = expander
    program = expander.program
    findings = expander.findings
    guard isClear else { return }
    uses = program.graphs.map { graph in
      var uses = Uses()
      uses.add(graph.statements)
      for parameter in graph.parameters {
        uses.add(parameter.type)
        if let value = parameter.defaultValue { uses.add(value) }
      }
      return uses
    }
  }

  func run() {
    let inside = isClear ? usesInside() : []
    let texts = program.files.map { TextLints($0.tree.source, findings) }
    for graph in program.graphs {
      let meant = texts[graph.file].run(graph)
      if isClear, !inside.isEmpty { checkUse(of: graph, inside[graph.id], meant) }
      checkNames(of: graph)
      checkShadows(in: graph)
    }
    if isClear, !uses.isEmpty { checkBackplanes() }
    for file in program.files { checkAllowances(file.tree) }
    if let main = program.files.first, main.tree.statements.isEmpty, main.tree.diagnostics.isEmpty {
      findings.report(.nothingToRun(main.tree.source))
    }
  }

  /// Whether nothing is wrong: what seems to be unused may be what an error is about.
  private var isClear: Bool { !findings.hasErrors }

  /// The components that each graph and the graphs inside it use.
  private func usesInside() -> [Set<String>] {
    var result = uses.map(\.components)
    // A graph comes after the one around it, so that from the back each is complete before it is added.
    for graph in program.graphs.reversed() {
      if let parent = graph.parent { result[parent].formUnion(result[graph.id]) }
    }
    return result
  }

  /// - Parameter meant: parameters that were probably meant to be used.
  private func checkUse(of graph: GraphDefinition, _ components: Set<String>, _ meant: Set<String>) {
    for parameter in graph.parameters
    where !uses[graph.id].parameters.contains(parameter.name.text) && !meant.contains(parameter.name.text) {
      findings.report(.unusedParameter(parameter))
    }
    for (name, binding) in graph.graphs.sorted(by: { $0.key < $1.key }) where !components.contains(name) {
      if let imported = binding.imported {
        findings.report(.unusedImport(name, at: binding.place, imported))
      } else if !graph.isFile {
        // Those of a file may be meant for other files.
        findings.report(.unusedGraph(name, at: binding.place))
      }
    }
  }

  // MARK: Names

  private func checkNames(of graph: GraphDefinition) {
    for parameter in graph.parameters { checkSmall(parameter.name, "parameter") }
    for box in graph.boxes { checkSmall(box.name, box.direction.rawValue) }
    for backplane in graph.backplanes { checkSmall(backplane.name, "backplane") }
    for (name, binding) in graph.graphs.sorted(by: { $0.key < $1.key }) {
      if binding.imported == nil || binding.place.text == name { checkLarge(Name(name, binding.place)) }
    }
    checkNames(in: graph.statements)
  }

  private func checkNames(in statements: [Statement]) {
    for statement in statements {
      switch statement {
      case .instance(let node): checkSmall(node.name, "instance")
      case .chain(let chain): for segment in chain.segments { checkName(in: segment) }
      case .loop(let node):
        checkSmall(node.variable, "variable")
        checkNames(in: node.body.statements)
      case .condition(let node): checkNames(in: node)
      default: break
      }
    }
  }

  private func checkNames(in node: IfStatement) {
    checkNames(in: node.body.statements)
    switch node.alternative {
    case .block(let block): checkNames(in: block.statements)
    case .condition(let next): checkNames(in: next)
    case nil: break
    }
  }

  private func checkName(in segment: Segment) {
    switch segment {
    case .instance(let node): if let name = node.name { checkSmall(name, "instance") }
    case .group(let members, _): for member in members { checkName(in: member) }
    default: break
    }
  }

  private func checkSmall(_ name: Name, _ kind: String) {
    // Most names are as they should be, which their bytes show.
    if name.text.utf8.first?.isSmallLetter == true, !name.text.utf8.contains(UInt8(ascii: "_")) { return }
    guard let first = name.text.first, first.isUppercase || name.text.contains("_") else { return }
    let words = name.text.split(separator: "_")
    let joined = words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    let start = joined.prefix { $0.isUppercase }.count
    // `URLReader` becomes `urlReader`, and `OUT` becomes `out`.
    let small = start == joined.count ? start : max(1, start - 1)
    let better = joined.prefix(small).lowercased() + joined.dropFirst(small)
    if better != name.text, !better.isEmpty { findings.report(.nameStyle(name, kind, better)) }
  }

  private func checkLarge(_ name: Name) {
    guard let first = name.text.first, !first.isUppercase || name.text.contains("_") else { return }
    let better = name.text.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    if better != name.text, !better.isEmpty { findings.report(.nameStyle(name, "graph", better)) }
  }

  // MARK: Shadows

  private func checkShadows(in graph: GraphDefinition) {
    for (name, binding) in graph.graphs.sorted(by: { $0.key < $1.key }) {
      if let parent = graph.parent, let outer = program.binding(of: name, in: parent) {
        findings.report(.shadow(name, at: binding.place, "the graph `\(name)` outside", outer.place))
      } else if expander.component(name) != nil {
        findings.report(.shadow(name, at: binding.place, "the component `\(name)`", nil))
      }
    }
    for backplane in graph.backplanes {
      if let parent = graph.parent, let outer = program.backplane(backplane.name.text, in: parent) {
        let name = backplane.name
        findings.report(
          .shadow(name.text, at: name.place, "the backplane `\(name.text)` outside", outer.declaration.name.place))
      }
    }
    var values: [String: Place] = [:]
    for parameter in graph.parameters { values[parameter.name.text] = parameter.name.place }
    checkShadows(in: graph.statements, values, [:])
  }

  /// - Parameters:
  ///   - values: parameters and variables that hold here.
  ///   - outer: instances of the scopes around.
  private func checkShadows(in statements: [Statement], _ values: [String: Place], _ outer: [String: Place]) {
    // Without a scope inside or outside there is nothing to hide.
    if outer.isEmpty, !statements.contains(where: \.mayHoldLoop) { return }
    var own: [String: Place] = [:]
    var loops: [ForStatement] = []
    collect(statements, &own, &loops)
    if !outer.isEmpty {
      for (name, place) in own {
        if let first = outer[name] {
          findings.report(.shadow(name, at: place, "the instance `\(name)` outside", first))
        }
      }
    }
    guard !loops.isEmpty else { return }
    let instances = outer.merging(own) { _, new in new }
    for loop in loops {
      let name = loop.variable
      if let first = values[name.text] {
        findings.report(.shadow(name.text, at: name.place, "`$\(name.text)` outside", first))
      }
      var inner = values
      inner[name.text] = name.place
      checkShadows(in: loop.body.statements, inner, instances)
    }
  }

  /// The instances and loops of one scope.
  private func collect(_ statements: [Statement], _ names: inout [String: Place], _ loops: inout [ForStatement]) {
    for statement in statements {
      switch statement {
      case .instance(let node): names[node.name.text] = node.name.place
      case .chain(let chain):
        for segment in chain.segments { collect(segment, &names) }
      case .loop(let node): loops.append(node)
      case .condition(let node): collect(node, &names, &loops)
      default: break
      }
    }
  }

  private func collect(_ node: IfStatement, _ names: inout [String: Place], _ loops: inout [ForStatement]) {
    collect(node.body.statements, &names, &loops)
    switch node.alternative {
    case .block(let block): collect(block.statements, &names, &loops)
    case .condition(let next): collect(next, &names, &loops)
    case nil: break
    }
  }

  private func collect(_ segment: Segment, _ names: inout [String: Place]) {
    switch segment {
    case .instance(let node): if let name = node.name { names[name.text] = name.place }
    case .group(let members, _): for member in members { collect(member, &names) }
    default: break
    }
  }

  // MARK: Backplanes and comments

  private func checkBackplanes() {
    var published: Set<[String]> = []
    var read: Set<[String]> = []
    for graph in program.graphs {
      for name in uses[graph.id].published {
        if let owner = program.backplane(name, in: graph.id)?.owner { published.insert(["\(owner)", name]) }
      }
      for name in uses[graph.id].read {
        if let owner = program.backplane(name, in: graph.id)?.owner { read.insert(["\(owner)", name]) }
      }
    }
    for graph in program.graphs {
      for backplane in graph.backplanes {
        let key = ["\(graph.id)", backplane.name.text]
        let (isPublished, isRead) = (published.contains(key), read.contains(key))
        if !isPublished || !isRead {
          findings.report(.lonelyBackplane(backplane, isPublished: isPublished, isRead: isRead))
        }
      }
    }
  }

  /// Comments that allow something that does not exist, or that cannot be allowed.
  private func checkAllowances(_ tree: GraphFile) {
    for allowance in tree.allowances {
      let code = Code.named(allowance.code.text)
      if code == nil || code?.severity == .error {
        findings.report(
          .uselessAllowance(
            allowance.code, isError: code != nil,
            candidates: Code.all.filter { $0.severity != .error }.map(\.name)))
      }
    }
  }
}

extension UInt8 {
  fileprivate var isSmallLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
}

extension Statement {
  fileprivate var mayHoldLoop: Bool {
    switch self {
    case .loop, .condition: true
    default: false
    }
  }
}

extension Diagnostic {
  /// Says: parameter `…` is never used.
  static func unusedParameter(_ parameter: ParameterDeclaration) -> Diagnostic {
    Diagnostic(.unusedParameter, "parameter `\(parameter.name.text)` is never used", at: parameter.name.place)
  }

  /// Says: `…` is imported and never used.
  static func unusedImport(_ name: String, at place: Place, _ whole: Place) -> Diagnostic {
    Diagnostic(.unusedImport, "`\(name)` is imported and never used", at: place == whole ? whole : place)
  }

  /// Says: graph `…` is never used.
  static func unusedGraph(_ name: String, at place: Place) -> Diagnostic {
    Diagnostic(.unusedGraph, "graph `\(name)` is never used", at: place)
  }

  /// Says: the name of an instance begins with a small letter.
  static func nameStyle(_ name: Name, _ kind: String, _ better: String) -> Diagnostic {
    let style = kind == "graph" ? "begins with a capital" : "begins with a small letter"
    return Diagnostic(
      .nameStyle, "the name of \(["a", "e", "i", "o", "u"].contains(kind.prefix(1)) ? "an" : "a") \(kind) \(style)",
      at: name.place, caption: "`\(better)` would be usual")
  }

  /// Says: `…` hides ….
  static func shadow(_ name: String, at place: Place, _ what: String, _ first: Place?) -> Diagnostic {
    Diagnostic(
      .shadow, "`\(name)` hides \(what)", at: place, caption: "from here on this one is meant",
      labels: first.map { $0.range.isEmpty ? [] : [Label($0, "this one is hidden")] } ?? [])
  }

  /// Says: nothing here gets `…`.
  static func staleAllowance(_ code: Name) -> Diagnostic {
    Diagnostic(
      .uselessAllowance, "nothing here gets `\(code.text)`", at: code.place, caption: "so there is nothing to allow",
      helps: ["take it away, or put it right before the statement that it is about"])
  }

  /// Says: `…` is an error, and cannot be allowed.
  static func uselessAllowance(_ code: Name, isError: Bool, candidates: [String]) -> Diagnostic {
    Diagnostic(
      .uselessAllowance,
      isError ? "`\(code.text)` is an error, and cannot be allowed" : "there is no code `\(code.text)`",
      at: code.place, fixes: isError ? [] : renaming(code.place, code.text, among: candidates))
  }
}
