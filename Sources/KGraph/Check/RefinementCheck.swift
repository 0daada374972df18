import Kamaelia

/// Follows what is known of messages beyond their type along linkages: through boxes of graphs, backplanes and generic
/// components, up to whoever takes another thing.
struct RefinementCheck {
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

  private let flat: Flat
  private let findings: Findings
  private var types: TypeCheck
  private var facts: [Node: [String: Fact]] = [:]

  init(_ flat: Flat, _ types: TypeCheck, _ findings: Findings) {
    self.flat = flat
    self.types = types
    self.findings = findings
  }

  mutating func run() {
    var waiting = flat.linkages.indices.filter { !explicit(flat.linkages[$0].from, .outbox).isEmpty }
    var leaving: [Node: [Int]] = [:]
    for (number, linkage) in flat.linkages.enumerated() where !waiting.isEmpty {
      if let node = node(of: linkage.from, .outbox) { leaving[node, default: []].append(number) }
    }
    waiting.reverse()
    while let number = waiting.popLast() {
      guard let changed = follow(number) else { continue }
      waiting += (leaving[changed] ?? []).reversed()
    }
    for literal in flat.literals { check(literal) }
  }

  /// A literal must lie in the range that its inbox asks for.
  private mutating func check(_ literal: FlatLiteral) {
    let wanted = explicit(literal.to, .inbox)
    guard let fact = wanted[""], case .value(let value) = literal.value, let type = types.type(of: literal.to, .inbox)
    else { return }
    var values = [value]
    if case .list(let elements) = value, type != .json { values = elements }
    guard !values.allSatisfy({ $0.agrees(with: fact.value) }) else { return }
    let shown = shown(literal.to, .inbox, wanted)
    findings.report(
      literal.isProbe
        ? .wrongTestValue(literal.place, value.sketch, .named(shown, []))
        : .literalMismatch(literal, value, .named(shown, []), types.word(of: literal.to, .inbox)))
  }

  /// Carries facts along a linkage.
  ///
  /// - Returns: the node at its end, if that has learnt something.
  private mutating func follow(_ number: Int) -> Node? {
    let linkage = flat.linkages[number]
    var known = node(of: linkage.from, .outbox).flatMap { facts[$0] } ?? [:]
    for (name, fact) in explicit(linkage.from, .outbox) { known[name] = fact }
    let wanted = explicit(linkage.to, .inbox)
    for (name, fact) in known.sorted(by: { $0.key < $1.key }) {
      guard let other = wanted[name], !fact.value.agrees(with: other.value) else { continue }
      report(linkage, known, wanted, fact)
      return nil
    }
    guard let node = node(of: linkage.to, .inbox) else { return nil }
    var hasLearnt = false
    for (name, fact) in known.sorted(by: { $0.key < $1.key }) where wanted[name] == nil {
      guard let earlier = facts[node]?[name] else {
        facts[node, default: [:]][name] = fact
        hasLearnt = true
        continue
      }
      if case .variable = node, !earlier.value.isRange, !fact.value.isRange, !earlier.value.isSame(as: fact.value) {
        reportDisagreement(linkage, name, earlier, fact)
      }
    }
    // What a box of a graph or a backplane declares goes on from there as well.
    for (name, fact) in wanted where facts[node]?[name] == nil {
      facts[node, default: [:]][name] = fact
      hasLearnt = true
    }
    return hasLearnt ? node : nil
  }

  private func node(of end: FlatEnd, _ direction: BoxDeclaration.Direction) -> Node? {
    switch end {
    case .unknown: return nil
    case .junction(let number): return .junction(number)
    case .backplane(let number): return .backplane(number)
    case .box(let number, let name, _):
      let instance = flat.instances[number]
      guard instance.share == nil, let variables = instance.variables else { return nil }
      let face = direction == .inbox ? instance.kind.inbox(name) : instance.kind.outbox(name)
      guard case .variable(let variable)? = face?.type else { return nil }
      return .variable(variables + (variable == "U" ? 1 : 0))
    }
  }

  /// What an end says itself.
  private func explicit(_ end: FlatEnd, _ direction: BoxDeclaration.Direction) -> [String: Fact] {
    let type: MessageType?
    let place: Place
    var facts: [String: Fact] = [:]
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
        facts[refinement.name] = Fact(value: value, place: place)
      }
    }
    guard case .named(_, let refinements)? = type, !refinements.isEmpty else { return facts }
    for refinement in refinements {
      facts[refinement.name] = Fact(value: refinement.value, place: place)
    }
    return facts
  }

  // MARK: Reports

  private mutating func shown(_ end: FlatEnd, _ direction: BoxDeclaration.Direction, _ facts: [String: Fact]) -> String
  {
    guard let type = types.type(of: end, direction) else { return "?" }
    guard case .named(let name, _) = type.unrefined else { return "\(type)" }
    let refinements = facts.sorted { $0.key < $1.key }.map { MessageType.Refinement($0.key, $0.value.value) }
    return "\(MessageType.named(name, refinements))"
  }

  private mutating func report(
    _ linkage: FlatLinkage, _ known: [String: Fact], _ wanted: [String: Fact], _ fact: Fact
  ) {
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
