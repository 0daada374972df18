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
    var intoLists: [Int] = []
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
        if takesArrays(edge) {
          intoLists.append(number)
          continue
        }
        // Two generic ends are of one type, whatever it is.
        if !unifier.unify(edge.from, edge.to, edge: number) { reportMismatch(number) }
      }
    }
    cutTooLarge()
    // `Any` first: what takes anything takes also what is more particular. `Int` last: it goes where another sends `Double`.
    for number in knownToOpen where edges[number].from == .known(.any) { produce(number) }
    for number in knownToOpen where ![.known(.any), .known(.int)].contains(edges[number].from) { produce(number) }
    let fractions = literals.filter { hasFractions($0) }
    for number in fractions { place(number) }
    for number in knownToOpen where edges[number].from == .known(.int) { produce(number) }
    meet(intoLists)
    cutTooLarge()
    let placed = Set(fractions)
    for number in literals where !placed.contains(number) && naturalType(of: number) != .json { place(number) }
    for number in openToKnown where edges[number].to != .known(.double) { consume(number) }
    // `Double` last: it also takes what another has said to be `Int`.
    for number in openToKnown where edges[number].to == .known(.double) { consume(number) }
    for number in literals where !placed.contains(number) && naturalType(of: number) == .json { place(number) }
    cutTooLarge()
  }

  /// Says which types have become too large, and takes them for unknown.
  private mutating func cutTooLarge() {
    for number in unifier.cutTooLarge() { reportTooLarge(number) }
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

  /// The same, or nothing where one of the types is unknown because of an error.
  mutating func knownTypes(of instance: Int) -> [String: MessageType] {
    let flatInstance = flat.instances[instance]
    guard let first = flatInstance.variables else { return [:] }
    return knownTypes(from: first, flatInstance.kind)
  }

  /// The same for a component that an instance makes.
  mutating func knownTypes(ofTemplate index: Int) -> [String: MessageType] {
    guard let first = templateVariables[index], case .component(let name) = flat.templates[index].argument.subject,
      let kind = expander.component(name)
    else { return [:] }
    return knownTypes(from: first, kind)
  }

  private mutating func knownTypes(from first: Int, _ kind: Kind) -> [String: MessageType] {
    for variable in 0..<(kind.variables.contains("U") ? 2 : 1) {
      guard unifier.type(of: .variable(first + variable)) != nil else { return [:] }
    }
    return types(from: first, kind)
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

  /// Whether an edge leads to an inbox of lists that takes JSON as well.
  private func takesArrays(_ edge: Edge) -> Bool {
    guard case .linkage(let number) = edge.cause, case .box(let instance, let name, _) = flat.linkages[number].to
    else { return false }
    return flat.instances[instance].kind.inbox(name)?.takesArrays ?? false
  }

  /// Something generic into inboxes of lists that take JSON as well, those first of which something is known.
  private mutating func meet(_ edges: [Int]) {
    var waiting = edges
    while !waiting.isEmpty {
      let known = waiting.filter { number in
        if case .variable = unifier.shallow(self.edges[number].from) { false } else { true }
      }
      let next = known.isEmpty ? waiting : known
      waiting.removeAll(where: Set(next).contains)
      for number in next {
        let edge = self.edges[number]
        if case .known = unifier.resolved(edge.from) {
          produce(number)
        } else if !unifier.unify(edge.from, edge.to, edge: number) {
          reportMismatch(number)
        }
      }
    }
  }

  // MARK: Phases

  /// A known type into something generic.
  private mutating func produce(_ number: Int) {
    let edge = edges[number]
    let target = unifier.shallow(edge.to)
    if target == .known(.any) { return }
    let from = unifier.resolved(edge.from)
    if from == .known(.json), case .list(let element) = target.opened, takesArrays(edge) {
      if !unifier.unify(from, element, edge: number) { reportDisagreement(number) }
      return
    }
    if case .known(let wanted) = unifier.resolved(target), case .known(let sent) = from {
      if !sent.widens(to: wanted) { reportDisagreement(number) }
      return
    }
    if unifier.unify(edge.from, edge.to, edge: number) { return }
    if case .optional(let wrapped) = target, unifier.unify(edge.from, wrapped, edge: number) { return }
    reportDisagreement(number)
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

  /// The type that a literal has where nothing asks for another one.
  private func naturalType(of number: Int) -> MessageType? {
    guard case .literal(let literal) = edges[number].cause, case .value(let value) = flat.literals[literal].value
    else { return nil }
    return value.naturalType
  }

  /// Whether a literal is a number with a fraction, or a list of such into an inbox of lists.
  private mutating func hasFractions(_ number: Int) -> Bool {
    guard case .literal(let literal) = edges[number].cause, case .value(let value) = flat.literals[literal].value
    else { return false }
    if value.naturalType == .double { return true }
    guard case .list(let values) = value, case .list = unifier.shallow(edges[number].to).opened else { return false }
    return MessageType.common(to: values) == .double
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
      guard value.naturalType != nil || (value == .name("none") && target.isOptional) else {
        findings.report(.noMessage(literal.place, value.reasonForNoMessage))
        return
      }
      if !accepts(edges[number].to, value, number), !acceptsAll(edges[number].to, value, number) {
        guard let type = unifier.type(of: edges[number].to) else { return }
        findings.report(.literalMismatch(literal, value, type, word(of: literal.to, .inbox)))
      }
    }
  }

  /// A value that a test sends or expects.
  private mutating func placeProbe(_ probe: FlatLiteral, _ value: Value, _ target: Term, _ number: Int) {
    if value.naturalType == nil, !(value == .name("none") && target.isOptional) {
      findings.report(.wrongTestValue(probe.place, value.sketch, target.known))
      return
    }
    if accepts(edges[number].to, value, number) { return }
    if case .known(let type) = target, type.isShown(by: value) { return }
    findings.report(.wrongTestValue(probe.place, value.sketch, unifier.type(of: edges[number].to)))
  }

  /// Several messages in a row: a list where its elements are taken.
  private mutating func acceptsAll(_ term: Term, _ value: Value, _ number: Int) -> Bool {
    guard case .list(let values) = value, !values.isEmpty else { return false }
    for value in values where !accepts(term, value, number) { return false }
    return true
  }

  /// Makes a literal one message of a type, where it can be one.
  private mutating func accepts(_ term: Term, _ value: Value, _ number: Int) -> Bool {
    let term = unifier.resolved(term)
    switch term {
    case .unknown: return true
    case .known(let type): return expander.isOne(value, type)
    case .variable:
      guard let natural = value.naturalType else { return false }
      return unifier.unify(.known(natural), term, edge: number)
    case .optional(let wrapped): return value == .name("none") || accepts(wrapped, value, number)
    case .list(let element):
      guard case .list(let values) = value else { return false }
      if case .variable = element {
        guard let type = MessageType.common(to: values) else { return true }
        return unifier.unify(.known(type), element, edge: number)
      }
      for value in values where !accepts(element, value, number) { return false }
      return true
    case .record(let fields):
      guard case .record(let values) = value, values.count == fields.count else { return false }
      for field in fields {
        guard let part = values.first(where: { $0.name == field.name }), accepts(field.term, part.value, number)
        else { return false }
      }
      return true
    }
  }
}

extension Term {
  fileprivate var known: MessageType? {
    if case .known(let type) = self { type } else { nil }
  }

  fileprivate var isOptional: Bool {
    if case .optional = opened { true } else { false }
  }
}

extension MessageType {
  /// The type that elements of a list have in common; nil where there are none.
  fileprivate static func common(to values: [Value]) -> MessageType? {
    let types = Set(values.map { $0.naturalType ?? .any })
    if types == [.int, .double] { return .double }
    return types.count > 1 ? .any : types.first
  }

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
    if library.carries(type) || type == .any {
      if type.hasLiterals, type.problem(with: value) != nil { return false }
      return library.swiftType(for: type)?.init(literal: type.adopting(value)) != nil
    }
    switch type {
    case .list(let element):
      guard case .list(let values) = value else { return false }
      return values.allSatisfy { isOne($0, element) }
    case .optional(let wrapped): return value == .name("none") || isOne(value, wrapped)
    case .record(let fields):
      // Where nobody but the graph knows this type, its messages are carried as JSON, and it alone says what they are.
      guard case .record(let values) = value, values.count == fields.count else { return false }
      return fields.allSatisfy { field in
        values.first { $0.name == field.name }.map { isOne($0.value, field.type) } ?? false
      }
    case .any, .named, .graph, .variable: return false
    }
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
