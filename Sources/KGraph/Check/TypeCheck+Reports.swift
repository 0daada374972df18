import Kamaelia

/// What to say of ends that do not fit.
extension TypeCheck {
  /// The name of an end as its author writes it: `errors.inbox`.
  func name(of end: FlatEnd, _ direction: BoxDeclaration.Direction) -> String {
    switch end {
    case .unknown: return "?"
    case .backplane(let number): return "@\(flat.backplanes[number].path)"
    case .junction(let number):
      let junction = flat.junctions[number]
      // From inside its graph a box is `self.box`, and leads the other way.
      return junction.direction == direction && !junction.owner.isEmpty
        ? "\(junction.owner).\(junction.name)" : "self.\(junction.name)"
    case .box(let number, let name, let index):
      if let share = flat.instances[number].share { return self.name(of: share, direction) }
      return "\(flat.instances[number].path).\(name)\(index.map { "\($0)" } ?? "")"
    }
  }

  private func places(of edge: Edge) -> (from: Place, to: Place) {
    switch edge.cause {
    case .linkage(let number): return (flat.linkages[number].fromPlace, flat.linkages[number].toPlace)
    case .literal(let number): return (flat.literals[number].place, flat.literals[number].toPlace)
    case .template(let number, _):
      let template = flat.templates[number]
      return (flat.instances[template.instance].place, template.argument.place)
    }
  }

  /// The ends of an edge by name.
  private func names(of edge: Edge) -> (from: String, to: String) {
    switch edge.cause {
    case .linkage(let number):
      return (name(of: flat.linkages[number].from, .outbox), name(of: flat.linkages[number].to, .inbox))
    case .literal(let number): return (flat.literals[number].place.text, name(of: flat.literals[number].to, .inbox))
    case .template(let number, let direction):
      let template = flat.templates[number]
      let host = flat.instances[template.instance].path
      let graph = template.argument.name
      return direction == .inbox ? (host, "\(graph)'s inbox") : ("\(graph)'s outbox", host)
    }
  }

  private mutating func shown(_ term: Term) -> String { unifier.type(of: term).map { "\($0)" } ?? "?" }

  /// Two types that have nothing to do with each other.
  mutating func reportMismatch(_ number: Int) {
    let edge = edges[number]
    let (from, to) = (unifier.type(of: edge.from), unifier.type(of: edge.to))
    guard let from, let to else { return }
    let places = places(of: edge)
    let names = names(of: edge)
    if case .template(let index, let direction) = edge.cause {
      let template = flat.templates[index]
      let host = flat.instances[template.instance]
      findings.report(
        .graphMismatch(template.argument, direction, from, to, host: host.kind.name, hostPlace: host.place))
      return
    }
    findings.report(
      .mismatch(
        from: (places.from, names.from, "\(from)"), to: (places.to, names.to, "\(to)"),
        converters: expander.converters(from: from, to: to)))
  }

  /// A generic component that two linkages ask for different types.
  mutating func reportDisagreement(_ number: Int) {
    let edge = edges[number]
    let known = edge.from.isOpen ? edge.from : edge.to
    guard let cause = unifier.cause(of: known), cause != number else {
      reportMismatch(number)
      return
    }
    let other = edges[cause]
    // What asks for the type from before a linkage is a producer of it, from behind a consumer.
    if edge.from.isOpen, !other.from.isOpen {
      // The types travel through generic components: a mismatch of two ends that are far apart.
      let places = places(of: edge)
      let names = names(of: edge)
      let origin = self.places(of: other)
      guard let from = unifier.type(of: edge.from), let to = unifier.type(of: edge.to) else { return }
      if case .template = edge.cause {
        reportMismatch(number)
        return
      }
      findings.report(
        .mismatch(
          from: (places.from, names.from, "\(from)"), to: (places.to, names.to, "\(to)"),
          since: (origin.from, self.names(of: other).from),
          converters: expander.converters(from: from, to: to)))
      return
    }
    let (first, second) = (places(of: other), places(of: edge))
    let (firstNames, secondNames) = (names(of: other), names(of: edge))
    let isProducer = !edge.from.isOpen
    let firstType = shown(other.from.isOpen ? other.to : other.from)
    let secondType = shown(isProducer ? edge.from : edge.to)
    findings.report(
      .disagreement(
        component: isProducer ? secondNames.to : secondNames.from,
        first: (
          other.from.isOpen ? first.to : first.from, other.from.isOpen ? firstNames.to : firstNames.from, firstType
        ),
        second: (isProducer ? second.from : second.to, isProducer ? secondNames.from : secondNames.to, secondType),
        isProducer: isProducer))
  }
}

extension Term {
  /// Whether something in it is to be found.
  var isOpen: Bool {
    switch self {
    case .known, .unknown: false
    case .variable, .list, .optional, .record: true
    }
  }
}
