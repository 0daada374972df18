import Kamaelia

/// Follows what is known of messages, and of what is inside them, beyond their type along linkages: through boxes of graphs,
/// backplanes and generic components, up to whoever takes another thing.
struct RefinementCheck {
  /// What something is said of: a part of a message, and what of it.
  struct Subject: Hashable, Comparable {
    /// The way into the message; empty for the whole.
    var path: [Step]
    let name: String

    static func < (a: Subject, b: Subject) -> Bool { (a.path.count, a.name) < (b.path.count, b.name) }
  }

  enum Step: Hashable {
    case element
    case wrapped
    case field(String)
  }

  /// Something known of messages, and who says so.
  private struct Fact {
    let value: Value
    let place: Place
  }

  /// Where facts gather: what takes messages of one kind in and gives them on.
  private enum Node: Hashable {
    case junction(Int)
    case backplane(Int)
    /// A variable of an instance.
    case variable(Int)
  }

  private typealias Facts = [Subject: Fact]

  private let flat: Flat
  private let findings: Findings
  private var types: TypeCheck
  private var facts: [Node: Facts] = [:]

  init(_ flat: Flat, _ types: TypeCheck, _ findings: Findings) {
    self.flat = flat
    self.types = types
    self.findings = findings
  }

  mutating func run() {
    var waiting = flat.linkages.indices.filter { !explicit(flat.linkages[$0].from, .outbox).isEmpty }
    let isAnythingWanted = flat.linkages.contains { !explicit($0.to, .inbox).isEmpty }
    let literals = flat.literals.filter { isAnythingWanted || !explicit($0.to, .inbox).isEmpty }
    guard !waiting.isEmpty || !literals.isEmpty else { return }
    var leaving: [Node: [Int]] = [:]
    for (number, linkage) in flat.linkages.enumerated() {
      for (node, _) in nodes(of: linkage.from, .outbox) { leaving[node, default: []].append(number) }
    }
    waiting.reverse()
    while let number = waiting.popLast() {
      for changed in follow(number) { waiting += (leaving[changed] ?? []).reversed() }
    }
    // A graph may hold many literals and be large: a bound on all steps together keeps a check short.
    var steps = 1_000_000
    for literal in literals { follow(literal, leaving, &steps) }
  }

  // MARK: Literals

  /// A literal must lie in the range that its inbox asks for, and all inboxes that it comes to.
  private mutating func follow(_ literal: FlatLiteral, _ leaving: [Node: [Int]], _ steps: inout Int) {
    guard case .value(let value) = literal.value, let type = types.type(of: literal.to, .inbox) else { return }
    var values = [value]
    if case .list(let elements) = value, type != .json, type.isNoList { values = elements }
    if let wanted = offence(values, at: literal.to) {
      let shown = shown(literal.to, .inbox, wanted)
      findings.report(
        literal.isProbe
          ? .wrongTestValue(literal.place, value.sketch, .named(shown, []))
          : .literalMismatch(literal, value, .named(shown, []), types.word(of: literal.to, .inbox)))
      return
    }
    if literal.isProbe { return }
    // The values, and where in the messages of a node they are.
    var waiting = nodes(of: literal.to, .inbox).map {
      (node: $0.0, place: [Step](), values: Self.parts(of: values, at: $0.1))
    }
    var seen = Set(waiting.map(\.node))
    while let (node, place, values) = waiting.popLast() {
      for number in leaving[node] ?? [] where steps > 0 {
        steps -= 1
        let linkage = flat.linkages[number]
        for (origin, start) in nodes(of: linkage.from, .outbox) where origin == node {
          let path = start + place
          if path.count > 64 { continue }
          if let wanted = offence(values, at: linkage.to, beyond: path) {
            findings.report(
              .literalMismatch(
                literal, value, .named(shown(linkage.to, .inbox, wanted), []), types.word(of: linkage.to, .inbox),
                takenAt: linkage.toPlace))
            return
          }
          for (next, wantedPath) in nodes(of: linkage.to, .inbox) {
            if path.starts(with: wantedPath), seen.insert(next).inserted {
              waiting.append((next, Array(path.dropFirst(wantedPath.count)), values))
            } else if wantedPath.starts(with: path), seen.insert(next).inserted {
              waiting.append((next, [], Self.parts(of: values, at: Array(wantedPath.dropFirst(path.count)))))
            }
          }
        }
      }
    }
  }

  /// What an end says of itself that values are not; nil where they are all of that.
  ///
  /// - Parameter path: where in the messages of the end the values are.
  private func offence(_ values: [Value], at end: FlatEnd, beyond path: [Step] = []) -> Facts? {
    let wanted = explicit(end, .inbox)
    for (subject, fact) in wanted where subject.name.isEmpty && subject.path.starts(with: path) {
      let parts = Self.parts(of: values, at: Array(subject.path.dropFirst(path.count)))
      if !parts.allSatisfy({ $0.agrees(with: fact.value) }) { return wanted }
    }
    return nil
  }

  /// What lies in values at the end of a way; nothing where they are of another form.
  private static func parts(of values: [Value], at path: [Step]) -> [Value] {
    path.reduce(values) { values, step in
      values.flatMap { value -> [Value] in
        switch (step, value) {
        case (.element, .list(let elements)): elements
        case (.wrapped, .name("none")): []
        case (.wrapped, _): [value]
        case (.field(let name), .record(let fields)): fields.filter { $0.name == name }.map(\.value)
        default: []
        }
      }
    }
  }

  // MARK: Linkages

  /// Carries facts along a linkage.
  ///
  /// - Returns: the nodes at its end that have learnt something.
  private mutating func follow(_ number: Int) -> [Node] {
    let linkage = flat.linkages[number]
    var known: Facts = [:]
    for (node, path) in nodes(of: linkage.from, .outbox) {
      for (subject, fact) in facts[node] ?? [:] { known[Subject(path: path + subject.path, name: subject.name)] = fact }
    }
    for (subject, fact) in explicit(linkage.from, .outbox) { known[subject] = fact }
    let wanted = explicit(linkage.to, .inbox)
    for (subject, fact) in known.sorted(by: { $0.key < $1.key }) {
      // What is taken with or without a value, or as a number with a point, is still what it was.
      guard let other = wanted[subject] ?? wanted[Subject(path: [.wrapped] + subject.path, name: subject.name)],
        !fact.value.agrees(with: other.value)
      else { continue }
      report(linkage, known, wanted, fact)
      return []
    }
    var changed: [Node] = []
    for (node, path) in nodes(of: linkage.to, .inbox) where learn(node, path, known, wanted, linkage) {
      changed.append(node)
    }
    return changed
  }

  /// - Returns: whether the node has learnt something.
  private mutating func learn(
    _ node: Node, _ path: [Step], _ known: Facts, _ wanted: Facts, _ linkage: FlatLinkage
  ) -> Bool {
    var hasLearnt = false
    for (subject, fact) in known.sorted(by: { $0.key < $1.key })
    where wanted[subject] == nil && subject.path.starts(with: path) && subject.path.count <= 64 {
      let own = Subject(path: Array(subject.path.dropFirst(path.count)), name: subject.name)
      guard let earlier = facts[node]?[own] else {
        facts[node, default: [:]][own] = fact
        hasLearnt = true
        continue
      }
      if case .variable = node, !earlier.value.isRange, !fact.value.isRange, !earlier.value.isSame(as: fact.value) {
        reportDisagreement(linkage, subject.name, earlier, fact)
      }
    }
    // What a box of a graph or a backplane declares goes on from there as well.
    for (subject, fact) in wanted where subject.path.starts(with: path) {
      let own = Subject(path: Array(subject.path.dropFirst(path.count)), name: subject.name)
      guard facts[node]?[own] == nil else { continue }
      facts[node, default: [:]][own] = fact
      hasLearnt = true
    }
    return hasLearnt
  }

  /// What gathers the facts of an end, each with the way into the end's messages to what it is.
  private func nodes(of end: FlatEnd, _ direction: BoxDeclaration.Direction) -> [(Node, [Step])] {
    switch end {
    case .unknown: return []
    case .junction(let number): return [(.junction(number), [])]
    case .backplane(let number): return [(.backplane(number), [])]
    case .box(let number, let name, _):
      let instance = flat.instances[number]
      guard instance.share == nil, let variables = instance.variables else { return [] }
      let face = direction == .inbox ? instance.kind.inbox(name) : instance.kind.outbox(name)
      guard let face, face.isGeneric, let type = face.type else { return [] }
      return type.waysToVariables.map { variable, path in
        (.variable(variables + (variable == "U" ? 1 : 0)), path)
      }
    }
  }

  /// What an end says itself.
  private func explicit(_ end: FlatEnd, _ direction: BoxDeclaration.Direction) -> Facts {
    let type: MessageType?
    let place: Place
    var facts: Facts = [:]
    switch end {
    case .unknown: return [:]
    case .junction(let number): (type, place) = (flat.junctions[number].type, flat.junctions[number].place)
    case .backplane(let number): (type, place) = (flat.backplanes[number].type, flat.backplanes[number].place)
    case .box(let number, let name, _):
      if let share = flat.instances[number].share { return name == "order" ? [:] : explicit(share, direction) }
      let kind = flat.instances[number].kind
      guard let face = direction == .inbox ? kind.inbox(name) : kind.outbox(name), face.isRefined else { return [:] }
      let instance = flat.instances[number]
      (type, place) = (face.type, instance.place)
      for refinement in face.refinements {
        guard let value = instance.value(of: refinement) else { continue }
        facts[Subject(path: [], name: refinement.name)] = Fact(value: value, place: place)
      }
    }
    for (subject, value) in type?.refinements ?? [] { facts[subject] = Fact(value: value, place: place) }
    return facts
  }

  // MARK: Reports

  private mutating func shown(_ end: FlatEnd, _ direction: BoxDeclaration.Direction, _ facts: Facts) -> String {
    guard let type = types.type(of: end, direction) else { return "?" }
    return "\(type.unrefined.refined(by: facts.mapValues(\.value)))"
  }

  private mutating func report(_ linkage: FlatLinkage, _ known: Facts, _ wanted: Facts, _ fact: Fact) {
    let from = (linkage.fromPlace, types.word(of: linkage.from, .outbox), shown(linkage.from, .outbox, known))
    let to = (linkage.toPlace, types.word(of: linkage.to, .inbox), shown(linkage.to, .inbox, wanted))
    findings.report(.mismatch(from: from, to: to, since: fact.place))
  }

  private func reportDisagreement(_ linkage: FlatLinkage, _ name: String, _ earlier: Fact, _ fact: Fact) {
    func words(_ fact: Fact) -> String { "sends \(name.isEmpty ? "" : "\(name): ")\(fact.value)" }
    findings.report(
      .disagreement(
        of: types.owner(of: linkage.to), first: (earlier.place, words(earlier)),
        second: (linkage.fromPlace, words(fact))))
  }
}

extension FlatInstance {
  /// What a box says of its messages; nil where that depends on something unknown.
  func value(of refinement: BoxRefinement) -> Value? {
    switch refinement.source {
    case .value(let value): return value
    case .parameter(let name):
      if let given = arguments[name] {
        if case .value(let value) = given { return value }
        return nil
      }
      return kind.signature?.parameters.first { $0.name == name }?.defaultValue
    }
  }

  /// The type of a box with what the box says of its messages.
  func refinedType(of face: Kind.Face) -> MessageType? {
    guard case .named(let name, let declared)? = face.type, !face.refinements.isEmpty else { return face.type }
    let own = face.refinements.compactMap { refinement in
      value(of: refinement).map { MessageType.Refinement(refinement.name, $0) }
    }
    return .named(name, declared + own)
  }
}

extension Value {
  fileprivate var isRange: Bool {
    if case .range = self { true } else { false }
  }

  /// Whether messages of which this is known may go where `other` is asked for: a range within another, or the same.
  fileprivate func agrees(with other: Value) -> Bool {
    switch (self, other) {
    case (.range(let low, let high), .range(let least, let greatest)):
      return low.isLess(than: least) != true && greatest.isLess(than: high) != true
    case (_, .range(let least, let greatest)):
      return isLess(than: least) != true && greatest.isLess(than: self) != true
    case (.range(let low, let high), _): return low.isSame(as: other) && high.isSame(as: other)
    case (.name(let a), .text(let b)), (.text(let a), .name(let b)): return a == b
    case (_, .list(let choices)): return isSame(as: other) || choices.contains { agrees(with: $0) }
    default: return isSame(as: other)
    }
  }
}
