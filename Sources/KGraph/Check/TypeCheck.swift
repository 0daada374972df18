import Kamaelia

/// Finds the types of generic components across a whole graph, and the linkages whose ends do not fit.
struct TypeCheck {
  /// Something that asks one type to fit another.
  struct Edge {
    enum Cause {
      case linkage(Int)
      case literal(Int)
      /// A graph that an instance makes: what it is sent, or what it sends.
      case template(Int, BoxDeclaration.Direction)
    }

    let from: Term
    let to: Term
    let cause: Cause
  }

  let flat: Flat
  let expander: Expander
  var unifier: Unifier
  private(set) var edges: [Edge] = []
  /// Variables for components that are given as graphs, by template.
  private(set) var templateVariables: [Int: Int] = [:]
  var findings: Findings { expander.findings }

  /// The boxes that something is linked to, of arrays as a whole; only where instances make graphs.
  let linked: Set<FlatEnd>

  init(_ flat: Flat, _ expander: Expander) {
    self.flat = flat
    self.expander = expander
    var linked: Set<FlatEnd> = []
    if !flat.templates.isEmpty {
      for end in flat.linkages.flatMap({ [$0.from, $0.to] }) + flat.literals.map(\.to) {
        if case .box(let instance, let name, _) = end {
          linked.insert(.box(instance: instance, name: name, index: nil))
        }
      }
    }
    self.linked = linked
    var variables = flat.variables
    for (index, template) in flat.templates.enumerated() {
      guard case .component(let name) = template.argument.subject, expander.component(name)?.isGeneric == true
      else { continue }
      templateVariables[index] = variables
      variables += 2
    }
    unifier = Unifier(variables: variables)
  }

  mutating func run() {
    makeEdges()
    var knownToOpen: [Int] = []
    var openToKnown: [Int] = []
    var literals: [Int] = []
    for (number, edge) in edges.enumerated() {
      if case .literal = edge.cause {
        literals.append(number)
        continue
      }
      switch (edge.from, edge.to) {
      case (.unknown, _), (_, .unknown): continue
      case (.known(let from), .known(let to)):
        if !from.widens(to: to) { reportMismatch(number) }
      case (.known, _): knownToOpen.append(number)
      case (_, .known): openToKnown.append(number)
      default:
        // Two generic ends are of one type, whatever it is.
        if !unifier.unify(edge.from, edge.to, edge: number) { reportMismatch(number) }
      }
    }
    // `Any` first: what takes anything takes also what is more particular.
    for number in knownToOpen where edges[number].from == .known(.any) { produce(number) }
    for number in knownToOpen where edges[number].from != .known(.any) { produce(number) }
    for number in literals where !isComposite(number) { place(number) }
    for number in openToKnown where edges[number].to != .known(.double) { consume(number) }
    // `Double` last: it also takes what another has said to be `Int`.
    for number in openToKnown where edges[number].to == .known(.double) { consume(number) }
    for number in literals where isComposite(number) { place(number) }
  }

  /// The type of an end, refinements left out.
  mutating func type(of end: FlatEnd, _ direction: BoxDeclaration.Direction) -> MessageType? {
    unifier.type(of: term(of: end, direction))
  }

  /// What stands for the variables of an instance.
  mutating func types(of instance: Int) -> [String: MessageType] {
    let flatInstance = flat.instances[instance]
    if let share = flatInstance.share {
      let direction: BoxDeclaration.Direction = flatInstance.role == .distribute ? .inbox : .outbox
      return ["T": type(of: share, direction) ?? .any]
    }
    guard let first = flatInstance.variables else { return [:] }
    return types(from: first, flatInstance.kind)
  }

  /// The same for a component that an instance makes.
  mutating func types(ofTemplate index: Int) -> [String: MessageType] {
    guard let first = templateVariables[index], case .component(let name) = flat.templates[index].argument.subject,
      let kind = expander.component(name)
    else { return [:] }
    return types(from: first, kind)
  }

  private mutating func types(from first: Int, _ kind: Kind) -> [String: MessageType] {
    var result = ["T": unifier.type(of: .variable(first)) ?? .any]
    if kind.variables.contains("U") { result["U"] = unifier.type(of: .variable(first + 1)) ?? .any }
    return result
  }

  // MARK: Edges

  private mutating func makeEdges() {
    edges.reserveCapacity(flat.linkages.count + flat.literals.count)
    for (number, linkage) in flat.linkages.enumerated() where !linkage.isInternal {
      edges.append(
        Edge(from: term(of: linkage.from, .outbox), to: term(of: linkage.to, .inbox), cause: .linkage(number)))
    }
    for (number, literal) in flat.literals.enumerated() {
      edges.append(Edge(from: .unknown, to: term(of: literal.to, .inbox), cause: .literal(number)))
    }
    for number in flat.templates.indices { addEdges(ofTemplate: number) }
  }

  func term(of end: FlatEnd, _ direction: BoxDeclaration.Direction) -> Term {
    switch end {
    case .unknown: return .unknown
    case .junction(let number):
      return Term(flat.junctions[number].type, variables: flat.junctions[number].variables)
    case .backplane(let number): return Term(flat.backplanes[number].type, variables: nil)
    case .box(let number, let name, _):
      if let share = flat.instances[number].share, name != "order" {
        return term(of: share, flat.instances[number].role == .distribute ? .inbox : .outbox)
      }
      let kind = flat.instances[number].kind
      guard let face = direction == .inbox ? kind.inbox(name) : kind.outbox(name) else { return .unknown }
      return face.term(flat.instances[number].variables)
    }
  }

  /// What an instance sends to the graphs it makes must fit what they take, and the other way round.
  private mutating func addEdges(ofTemplate index: Int) {
    let template = flat.templates[index]
    let host = flat.instances[template.instance]
    guard let parameter = host.kind.signature?.parameters.first(where: { $0.name == template.parameter }),
      let (inbox, outbox) = parameter.type.graphBoxes
    else { return }
    guard let kind = expander.kind(of: template.argument) else { return }
    func check(_ wanted: MessageType?, _ face: Kind.Face?, _ direction: BoxDeclaration.Direction) -> (Term, Term)? {
      guard var wanted else { return nil }
      var mayBeMissing = false
      if case .optional(let type) = wanted { (wanted, mayBeMissing) = (type, true) }
      guard let face else {
        if mayBeMissing || isUnused(wanted, direction, of: template.instance) { return nil }
        findings.report(
          .graphWithoutBox(template.argument, direction, wanted, of: host.kind.name, template.parameter))
        return nil
      }
      return (
        Term(wanted, variables: host.variables), face.term(templateVariables[index])
      )
    }
    if let (hosted, own) = check(inbox, kind.defaultInbox, .inbox) {
      edges.append(Edge(from: hosted, to: own, cause: .template(index, .inbox)))
    }
    if let (hosted, own) = check(outbox, kind.defaultOutbox, .outbox) {
      edges.append(Edge(from: own, to: hosted, cause: .template(index, .outbox)))
    }
  }

  // MARK: Phases

  /// A known type into something generic.
  private mutating func produce(_ number: Int) {
    let edge = edges[number]
    let target = unifier.shallow(edge.to)
    if target == .known(.any) { return }
    if !unifier.unify(edge.from, edge.to, edge: number) { reportDisagreement(number) }
  }

  /// Something generic into a known type.
  private mutating func consume(_ number: Int) {
    let edge = edges[number]
    if edge.to == .known(.any) { return }
    if case .known(let found) = unifier.resolved(edge.from), case .known(let wanted) = edge.to {
      if !found.widens(to: wanted) { reportDisagreement(number) }
    } else if !unifier.unify(edge.from, edge.to, edge: number) {
      reportDisagreement(number)
    }
  }

  private func isComposite(_ number: Int) -> Bool {
    guard case .literal(let literal) = edges[number].cause, case .value(let value) = flat.literals[literal].value
    else { return false }
    return value.naturalType == .json
  }

  /// A literal into an inbox.
  private mutating func place(_ number: Int) {
    guard case .literal(let index) = edges[number].cause else { return }
    let literal = flat.literals[index]
    let target = unifier.resolved(edges[number].to)
    if target == .unknown { return }
    switch literal.value {
    case .unknown: return
    case .graph, .graphs:
      findings.report(
        literal.isProbe
          ? .wrongTestValue(literal.place, "a graph", nil) : .noMessage(literal.place, "a graph is no message"))
    case .value(let value):
      if literal.isProbe {
        placeProbe(literal, value, target, number)
        return
      }
      guard let natural = value.naturalType else {
        findings.report(.noMessage(literal.place, value.reasonForNoMessage))
        return
      }
      guard case .known(let type) = target else {
        _ = unifier.unify(.known(natural), edges[number].to, edge: number)
        return
      }
      if !expander.fits(value, type) {
        findings.report(.literalMismatch(literal, value, type, word(of: literal.to, .inbox)))
      }
    }
  }

  /// A value that a test sends or expects.
  private mutating func placeProbe(_ probe: FlatLiteral, _ value: Value, _ target: Term, _ number: Int) {
    if case .known(let type) = target {
      if !expander.isOne(value, type), !type.isShown(by: value) {
        findings.report(.wrongTestValue(probe.place, value.sketch, type))
      }
    } else if let natural = value.naturalType {
      _ = unifier.unify(.known(natural), edges[number].to, edge: number)
    } else {
      findings.report(.wrongTestValue(probe.place, value.sketch, nil))
    }
  }
}

extension MessageType {
  /// Whether a record in a test can be compared, field by field, with a message that no literal stands for.
  fileprivate func isShown(by value: Value) -> Bool {
    guard case .record(let fields) = self, case .record(let values) = value else { return false }
    let types = Dictionary(fields.map { ($0.name, $0.type) }) { first, _ in first }
    return values.count == fields.count
      && values.allSatisfy { value in types[value.name].map { $0.problem(with: value.value) == nil } ?? false }
  }
}

extension Value {
  fileprivate var reasonForNoMessage: String {
    switch self {
    case .name(let name): "`\(name)` is a bare word"
    case .range: "a range is no message"
    case .command: "a command is no message"
    default: "this is no message"
    }
  }
}

extension Expander {
  /// Whether a literal stands for a message of a type, or for several of them in a row.
  func fits(_ value: Value, _ type: MessageType) -> Bool {
    if isOne(value, type) { return true }
    guard case .list(let values) = value, !values.isEmpty else { return false }
    return values.allSatisfy { isOne($0, type) }
  }

  /// Whether a literal stands for one message of the type.
  func isOne(_ value: Value, _ type: MessageType) -> Bool {
    guard let swiftType = library.swiftType(for: type) else { return false }
    return swiftType.init(literal: type.adopting(value)) != nil
  }

  /// What a graph that is handed on looks like from outside.
  func kind(of argument: GraphArgument) -> Kind? {
    switch argument.subject {
    case .component(let name): return component(name)
    case .graph(let number):
      // A graph that makes instances of itself while it runs is not looked into again.
      if isOpen(number) { return nil }
      return expand(number, argument.arguments, at: argument.place).map { expanded[$0].kind }
    }
  }
}
