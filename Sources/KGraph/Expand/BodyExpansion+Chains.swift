import Kamaelia

/// Links what chains say.
extension BodyExpansion {
  /// Something that messages come from.
  enum Origin {
    case end(LocalEnd, Place)
    case literal(Evaluated, Place)
  }

  /// Something that messages go to.
  typealias Goal = (end: LocalEnd, place: Place)

  mutating func link(_ chain: Chain, _ nodes: [Node], _ scope: Scope) {
    var origins: [Origin] = []
    for (index, node) in nodes.enumerated() {
      var position = Position(index, of: nodes.count)
      position.incoming = origins.count == 1 ? type(of: origins[0]) : nil
      position.isBehindNothing =
        !origins.isEmpty && origins.allSatisfy { if case .end(.unknown, _) = $0 { true } else { false } }
      let (goals, next) = ends(of: node, position, scope)
      if index > 0 { link(origins, goals, chain.arrows[index - 1], scope, in: chain) }
      origins = next
      if expander.isTooLarge { return }
    }
  }

  private mutating func link(
    _ origins: [Origin], _ goals: [Goal], _ arrow: Arrow, _ scope: Scope, in chain: Chain
  ) {
    let options = read(arrow, scope)
    let product = Extent.product(origins.count, goals.count)
    result.size.add(Extent(linkages: product))
    expander.check(result.size, at: arrow.place)
    if expander.isTooLarge { return }
    defer { expander.check(result.size, at: arrow.place) }
    for origin in origins {
      for goal in goals {
        switch origin {
        case .literal(let value, let place):
          result.literals.append(LocalLiteral(value: value, to: goal.end, place: place, toPlace: goal.place))
        case .end(let from, let place):
          if from != .unknown, goal.end != .unknown,
            let first = written.updateValue(arrow.place, forKey: LocalEnds(from: from, to: goal.end))
          {
            findings.report(
              .linkedTwice(
                place, goal.place, arrow: arrow.place, first: first,
                line: product == 1 && chain.arrows.count == 1 ? chain.place : nil))
            continue
          }
          let copies = Extent.product(copies(from), copies(goal.end))
          if copies > 1 { result.size.add(Extent(linkages: copies)) }
          result.linkages.append(
            LocalLinkage(
              from: from, to: goal.end, options: options, place: arrow.place, fromPlace: place, toPlace: goal.place))
        }
      }
    }
  }

  /// The type of what an origin sends, where it is known already.
  private func type(of origin: Origin) -> MessageType? {
    switch origin {
    case .literal(.value(let value), _): return value.naturalType
    case .end(.box(let number, let name, _), _):
      let face = result.instances[number].kind.outbox(name)
      return face?.isGeneric == true ? nil : face?.type?.unrefined
    case .end(.exported(let name), _): return result.kind.inbox(name)?.type?.unrefined
    case .literal, .end: return nil
    }
  }

  /// How many instances an end stands for.
  private func copies(_ end: LocalEnd) -> Int {
    if case .box(let number, _, _) = end { result.instances[number].replication?.count ?? 1 } else { 1 }
  }

  // MARK: Ends

  private mutating func ends(of node: Node, _ position: Position, _ scope: Scope) -> ([Goal], [Origin]) {
    switch node {
    case .broken:
      result.isIncomplete = true
      return unknown(.none, position)
    case .literal(let expression):
      let value = evaluator.evaluate(expression, scope)
      return ([], position.hasAfter ? [.literal(value, expression.place)] : [])
    case .backplane(let name, let place):
      guard !name.isMissing else { return unknown(place, position) }
      guard let found = expander.program.backplane(name.text, in: definition.id) else {
        let lineage = expander.program.lineage(of: definition.id)
        let names = expander.candidates(lineage.flatMap { expander.program.graphs[$0].backplanes.map(\.name.text) })
        findings.report(
          .unknownBackplane(name, place, candidates: names, isInstance: scope.instance(name.text) != nil))
        return unknown(place, position)
      }
      let end = LocalEnd.backplane(owner: found.owner, name: name.text)
      return (position.hasBefore ? [(end, place)] : [], position.hasAfter ? [.end(end, place)] : [])
    case .group(let members, _):
      var goals: [Goal] = []
      var origins: [Origin] = []
      for member in members {
        let (into, out) = ends(of: member, position, scope)
        goals += into
        origins += out
      }
      return (goals, origins)
    case .instance(let number, let boxes, let place):
      return ends(of: number, boxes, place, position, scope)
    case .endpoint(let endpoint):
      if endpoint.isSelf { return ownEnds(endpoint, position) }
      guard let found = scope.instance(endpoint.instance.text) else {
        // Nothing, as a message for an inbox that takes it: `none -> show`.
        if endpoint.place.text == "none", !position.hasBefore, position.hasAfter {
          return ([], [.literal(.value(.name("none")), endpoint.place)])
        }
        if !endpoint.instance.isMissing { reportUnknown(endpoint, position, scope) }
        return unknown(endpoint.place, position)
      }
      return ends(of: found.number, endpoint.boxes, endpoint.place, position, scope)
    }
  }

  private mutating func reportUnknown(_ endpoint: Endpoint, _ position: Position, _ scope: Scope) {
    let name = endpoint.instance
    if findings.areTooMany {
      // There is an error more, which is enough to know.
      return findings.report(.unknownInstance(name, candidates: []))
    }
    let candidates = position.suited(expander.candidates(scope.instanceNames), to: name.text) { candidate in
      scope.instance(candidate).map { result.instances[$0.number].kind }
    }
    let isComponent =
      expander.component(name.text) != nil || expander.program.binding(of: name.text, in: definition.id) != nil
    findings.report(
      .unknownInstance(
        name, candidates: candidates, isComponent: isComponent,
        isParameter: scope.value(name.text) != nil,
        isBackplane: expander.program.backplane(name.text, in: definition.id) != nil,
        ownBox: ownBox(of: name.text, position), index: endpoint.index))
  }

  /// The box of this graph that has a name, and whether a linkage there would lead the right way.
  private func ownBox(of name: String, _ position: Position) -> (direction: BoxDeclaration.Direction, fits: Bool)? {
    if result.kind.inbox(name) != nil { return (.inbox, !position.hasBefore) }
    if result.kind.outbox(name) != nil { return (.outbox, !position.hasAfter) }
    return nil
  }

  /// Ends that are there, so that nothing else seems to be missing.
  mutating func unknown(_ place: Place?, _ position: Position) -> ([Goal], [Origin]) {
    result.isIncomplete = true
    let place = place ?? definition.place
    return (position.hasBefore ? [(.unknown, place)] : [], position.hasAfter ? [.end(.unknown, place)] : [])
  }

  /// The ends of an instance.
  private mutating func ends(
    of number: Int, _ boxes: BoxSelection, _ place: Place, _ position: Position, _ scope: Scope
  ) -> ([Goal], [Origin]) {
    let kind = result.instances[number].kind
    if kind.isUnknown { return unknown(place, position) }
    var into: BoxReference?
    var out: BoxReference?
    switch boxes {
    case .standard: break
    case .both(let inbox, let outbox): (into, out) = (inbox, outbox)
    case .one(let box):
      switch (position.hasBefore, position.hasAfter) {
      case (true, false): into = box
      case (false, _): out = box
      case (true, true):
        guard let name = box.name else {
          // `x[0]` in the middle: the element of whichever default box is an array.
          let (first, second) = (kind.defaultInbox?.isArray == true, kind.defaultOutbox?.isArray == true)
          if first == second { findings.report(.eitherBox(box.place, name: nil)) }
          if first { into = box } else { out = box }
          break
        }
        switch (kind.inbox(name.text) != nil, kind.outbox(name.text) != nil) {
        case (true, false): into = box
        case (false, true): out = box
        case (true, true):
          findings.report(.eitherBox(box.place, name: name.text))
          return unknown(place, position)
        case (false, false):
          if !name.isMissing {
            findings.report(
              .unknownBox(name, of: kind.name, direction: nil, candidates: (kind.inboxes + kind.outboxes).map(\.name)))
          }
          result.instances[number].isSpoiled = true
          return unknown(place, position)
        }
      }
    }
    var goals: [Goal] = []
    var origins: [Origin] = []
    if position.hasBefore {
      goals = [(box(into, of: number, .inbox, place, position, scope), into?.place ?? place)]
    }
    if position.hasAfter {
      origins = [.end(box(out, of: number, .outbox, place, position, scope), out?.place ?? place)]
    }
    return (goals, origins)
  }

  /// The end for one box of an instance.
  private mutating func box(
    _ reference: BoxReference?, of number: Int, _ direction: BoxDeclaration.Direction, _ place: Place,
    _ position: Position, _ scope: Scope
  ) -> LocalEnd {
    let kind = result.instances[number].kind
    guard let face = face(reference, of: kind, direction, place, position) else {
      result.instances[number].isSpoiled = true
      result.isIncomplete = true
      return .unknown
    }
    guard let index = reference?.index else {
      if face.isArray {
        findings.report(.indexMissing(reference?.place ?? place, face.name, of: kind.name))
        result.instances[number].isSpoiled = true
        return .unknown
      }
      return .box(instance: number, name: face.name, index: nil)
    }
    let value = evaluator.evaluate(index, scope)
    guard face.isArray else {
      findings.report(.noArray(index.place, face.name))
      return .box(instance: number, name: face.name, index: nil)
    }
    switch value {
    case .value(.int(let element)) where element >= 0:
      return .box(instance: number, name: face.name, index: .number(element))
    case .value(.text(let text)): return .box(instance: number, name: face.name, index: .text(text))
    case .value(let other): findings.report(.badIndex(index.place, other))
    case .graph, .graphs: findings.report(.badIndex(index.place, .name("a graph")))
    case .unknown: break
    }
    result.instances[number].isSpoiled = true
    return .unknown
  }

  private func face(
    _ reference: BoxReference?, of kind: Kind, _ direction: BoxDeclaration.Direction, _ place: Place,
    _ position: Position
  ) -> Kind.Face? {
    let isInbox = direction == .inbox
    guard let name = reference?.name else {
      let standard = isInbox ? kind.defaultInbox : kind.defaultOutbox
      let names = (isInbox ? kind.inboxes : kind.outboxes).map(\.name)
      // Of two that stand the wrong way round one is enough.
      if standard == nil, !(isInbox && names.isEmpty && position.isBehindNothing) {
        findings.report(.noDefaultBox(place, of: kind.name, direction, names))
      }
      return standard
    }
    if name.isMissing { return nil }
    if let face = isInbox ? kind.inbox(name.text) : kind.outbox(name.text) { return face }
    if (isInbox ? kind.outbox(name.text) : kind.inbox(name.text)) != nil {
      findings.report(
        .wrongDirection(name, of: kind.name, direction, (isInbox ? kind.defaultInbox : kind.defaultOutbox)?.name))
    } else {
      let all = isInbox ? kind.inboxes : kind.outboxes
      let suited = isInbox ? all.filter { $0.takes(position.incoming) }.map(\.name) : []
      let candidates =
        Suggestions.closest(to: name.text, among: suited).isEmpty ? all.map(\.name) : suited
      findings.report(.unknownBox(name, of: kind.name, direction: direction, candidates: candidates))
    }
    return nil
  }
}

extension Endpoint {
  /// What stands in brackets right behind the name: `Ticks[1s]`.
  fileprivate var index: Place? {
    guard case .one(let box) = boxes, box.name == nil else { return nil }
    return box.place
  }
}
