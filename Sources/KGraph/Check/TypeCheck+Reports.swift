import Kamaelia

/// What to say of ends that do not fit.
extension TypeCheck {
  /// What an author calls an end where its instance is plain to see: the box, `@room`, `self.network`; nil for the default
  /// box of an instance.
  func word(of end: FlatEnd, _ direction: BoxDeclaration.Direction) -> String? {
    switch end {
    case .unknown: return nil
    case .backplane(let number): return "@\(flat.backplanes[number].path)"
    case .junction(let number):
      let junction = flat.junctions[number]
      // From inside its graph a box is `self.box`, and leads the other way.
      if junction.direction != direction || junction.owner.isEmpty { return "self.\(junction.name)" }
      return junction.name == direction.rawValue ? nil : junction.name
    case .box(let number, let name, let index):
      let instance = flat.instances[number]
      if let share = instance.share { return word(of: share, direction) }
      let standard = direction == .inbox ? instance.kind.defaultInbox : instance.kind.defaultOutbox
      return name == standard?.name && index == nil ? nil : "\(name)\(index.map { "\($0)" } ?? "")"
    }
  }

  /// The instance, graph or backplane of an end.
  func owner(of end: FlatEnd) -> String {
    switch end {
    case .unknown: return "?"
    case .backplane(let number): return "@\(flat.backplanes[number].path)"
    case .junction(let number):
      let junction = flat.junctions[number]
      return junction.owner.isEmpty ? "self.\(junction.name)" : junction.owner.withoutNumbers
    case .box(let number, _, _): return flat.instances[number].shownPath
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

  /// The ends of an edge as an author would write them in a chain.
  private func written(_ edge: Edge, _ places: (from: Place, to: Place)) -> (from: String, to: String) {
    switch edge.cause {
    case .linkage(let number):
      let linkage = flat.linkages[number]
      return (written(linkage.from, places.from, .outbox), written(linkage.to, places.to, .inbox))
    case .literal(let number): return ("…", written(flat.literals[number].to, places.to, .inbox))
    case .template: return ("…", "…")
    }
  }

  private func written(_ end: FlatEnd, _ place: Place, _ direction: BoxDeclaration.Direction) -> String {
    let box = word(of: end, direction)
    if box == nil, place.text.count <= 40, place.text.lines.count == 1 { return place.text }
    switch end {
    case .unknown: return "…"
    case .backplane: return place.text
    case .junction(let number):
      let junction = flat.junctions[number]
      if let box, box.hasPrefix("self.") { return box }
      return "\(Self.reference(junction.owner))\(box.map { ".\($0)" } ?? "")"
    case .box(let number, _, _):
      let instance = flat.instances[number]
      if let share = instance.share { return written(share, place, direction) }
      return "\(Self.reference(instance.path))\(box.map { ".\($0)" } ?? "")"
    }
  }

  /// What an author calls the instance of that path where it is declared: its name, or its component.
  private static func reference(_ path: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    let name = last.prefix { $0 != "#" && $0 != "[" }
    return last.contains("#") ? "\(name)(…)" : String(name)
  }

  private func words(of edge: Edge) -> (from: String?, to: String?) {
    switch edge.cause {
    case .linkage(let number):
      return (word(of: flat.linkages[number].from, .outbox), word(of: flat.linkages[number].to, .inbox))
    case .literal(let number): return (nil, word(of: flat.literals[number].to, .inbox))
    case .template: return (nil, nil)
    }
  }

  private mutating func shown(_ term: Term) -> String { unifier.type(of: term).map { "\($0)" } ?? "?" }

  /// A type that is made of too many parts.
  func reportTooLarge(_ number: Int) {
    let edge = edges[number]
    let places = places(of: edge)
    findings.report(
      .typeTooLarge(
        written(edge, places).from, at: places.from, parts: Unifier.largest.parts, depth: Unifier.largest.depth))
  }

  /// Two types that have nothing to do with each other.
  mutating func reportMismatch(_ number: Int) {
    let edge = edges[number]
    guard let from = unifier.type(of: edge.from), let to = unifier.type(of: edge.to) else { return }
    if case .template(let index, let direction) = edge.cause {
      let template = flat.templates[index]
      let host = flat.instances[template.instance]
      findings.report(
        .graphMismatch(template.argument, direction, from, to, host: host.kind.name, hostPlace: host.place))
      return
    }
    let (inner, outer) = (unifier.shallow(edge.from), unifier.shallow(edge.to))
    let isTaken = isPart(outer, of: inner)
    if isTaken || isPart(inner, of: outer) {
      let (places, words) = (places(of: edge), words(of: edge))
      findings.report(
        .typeInItself((places.from, words.from, "\(from)"), (places.to, words.to, "\(to)"), isTaken: isTaken))
      return
    }
    reportMismatch(edge, from, to, since: nil)
  }

  private mutating func isPart(_ inner: Term, of outer: Term) -> Bool {
    guard case .variable(let variable) = inner else { return false }
    return unifier.contains(outer, variable)
  }

  private func reportMismatch(_ edge: Edge, _ from: MessageType, _ to: MessageType, since: Place?) {
    let (places, words) = (places(of: edge), words(of: edge))
    findings.report(
      .mismatch(
        from: (places.from, words.from, "\(from)"), to: (places.to, words.to, "\(to)"), since: since,
        converters: expander.converters(from: from, to: to), written: written(edge, places),
        fixes: replacements(edge, from, to)))
  }

  /// What to write in place of one of the ends, where that is better than a converter: another outbox, or a program that takes
  /// bytes as they are.
  private func replacements(_ edge: Edge, _ from: MessageType, _ to: MessageType) -> [Diagnostic.Fix] {
    guard case .linkage(let number) = edge.cause else { return [] }
    let linkage = flat.linkages[number]
    var fixes: [Diagnostic.Fix] = []
    if case .box(let source, let name, nil) = linkage.from, name == flat.instances[source].kind.defaultOutbox?.name,
      flat.instances[source].role == .component, let signature = flat.instances[source].kind.signature,
      let box = signature.outboxes.first(where: { $0.name == "lines" && $0.name != name && $0.type.widens(to: to) })
    {
      let component = flat.instances[source].componentPlace
      let written = linkage.fromPlace
      let isWhole = written.source === component.source && written.range.contains(component.range.lowerBound)
      if isWhole || written.text.isName {
        let end = isWhole ? component.end : written.end
        fixes.append(
          .init("take its `\(box.name)`, which carries \(box.type)", [.init(end, ".\(box.name)")]))
      }
    }
    if case .box(let target, _, _) = linkage.to, flat.instances[target].kind.name == "Process",
      from.unrefined == .bytes, expander.component("ProcessBytes") != nil
    {
      let component = flat.instances[target].componentPlace
      if component.text.hasPrefix("`"), component.text.hasSuffix("`") {
        fixes.append(
          .init(
            "for a program that takes bytes, write `ProcessBytes(…)`",
            [.init(component, "ProcessBytes(\(component.text))")]))
      }
    }
    return fixes
  }

  /// A generic component that two linkages ask for different types.
  mutating func reportDisagreement(_ number: Int) {
    let edge = edges[number]
    guard let cause = unifier.cause(of: edge.from.isOpen ? edge.from : edge.to), cause != number else {
      reportMismatch(number)
      return
    }
    let other = edges[cause]
    let isProducer = !edge.from.isOpen
    if !isProducer, !other.from.isOpen {
      // The type came through generic components: a mismatch of two ends that are far apart.
      if case .template = edge.cause {
        reportMismatch(number)
      } else if let from = unifier.type(of: edge.from), let to = unifier.type(of: edge.to) {
        reportMismatch(edge, from, to, since: self.places(of: other).from)
      }
      return
    }
    let (first, second) = (places(of: other), places(of: edge))
    let isFirstProducer = !other.from.isOpen
    if case .template(let index, _) = edge.cause {
      // Two graphs of one component, such as `Sequence([A, B])`.
      let template = flat.templates[index]
      func words(_ edge: Edge, _ direction: String) -> (place: Place, words: String) {
        guard case .template(let number, _) = edge.cause else { return (places(of: edge).to, direction) }
        let graph = flat.templates[number].argument
        return (graph.place, "`\(graph.name)` \(direction)")
      }
      let (old, new) = (isFirstProducer ? other.from : other.to, isProducer ? edge.from : edge.to)
      findings.report(
        .disagreement(
          of: flat.instances[template.instance].kind.name,
          first: words(other, "\(isFirstProducer ? "sends" : "takes") \(shown(old))"),
          second: words(edge, "\(isProducer ? "sends" : "takes") \(shown(new))")))
      return
    }
    var component = "?"
    if case .linkage(let linkage) = edge.cause {
      component = owner(of: isProducer ? flat.linkages[linkage].to : flat.linkages[linkage].from)
    }
    // A literal has no term of its own: what it is sent to was given its type.
    let firstTerm = isFirstProducer && other.from != .unknown ? other.from : other.to
    var earlier = (
      place: isFirstProducer ? first.from : first.to,
      words: "\(isFirstProducer ? "sends" : "takes") \(shown(firstTerm))"
    )
    var later = (
      place: isProducer ? second.from : second.to,
      words: "\(isProducer ? "sends" : "takes") \(shown(isProducer ? edge.from : edge.to))"
    )
    // Some types are looked at before others; an author reads from the top.
    if isProducer == isFirstProducer, cause > number { swap(&earlier, &later) }
    findings.report(.disagreement(of: component, first: earlier, second: later))
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
