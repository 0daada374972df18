import Kamaelia

/// Looks at the shape of a graph: what is linked to what, and what cannot be reached.
struct Topology {
  let flat: Flat
  let joined: [Collapse.Joined]
  let expander: Expander
  var findings: Findings { expander.findings }
  /// What arrives at each inbox, as linkages; those of `control` and unknown ends too.
  let arriving: [FlatEnd: [Int]]
  /// Ends that get a literal.
  let withLiteral: Set<FlatEnd>

  init(_ flat: Flat, _ joined: [Collapse.Joined], _ expander: Expander) {
    self.flat = flat
    self.joined = joined
    self.expander = expander
    var arriving: [FlatEnd: [Int]] = [:]
    for (number, linkage) in flat.linkages.enumerated() { arriving[linkage.to, default: []].append(number) }
    self.arriving = arriving
    withLiteral = Set(flat.literals.filter { !$0.isProbe }.map(\.to))
  }

  func run() {
    checkInboxes()
    checkOwnBoxes()
    checkSingleProducers()
    checkReach()
    // An option that could not be read may be what lets a circle lose messages.
    if !findings.hasErrors { StallCheck(flat, joined).run(findings) }
  }

  // MARK: Inboxes

  /// Required inboxes without a producer, and instances that nothing is linked to.
  private func checkInboxes() {
    var touched: Set<Int> = []
    var elements: Set<FlatEnd> = []
    for linkage in flat.linkages {
      for end in [linkage.from, linkage.to] { if case .box(let instance, _, _) = end { touched.insert(instance) } }
      if case .box(let instance, let name, _?) = linkage.to {
        elements.insert(.box(instance: instance, name: name, index: nil))
      }
    }
    for case .box(let instance, let name, let index) in withLiteral {
      touched.insert(instance)
      if index != nil { elements.insert(.box(instance: instance, name: name, index: nil)) }
    }
    let fed = fedJunctions()
    var seen: Set<FlatEnd> = []
    var unfed: Set<Place> = []
    for (number, instance) in flat.instances.enumerated() where instance.role == .component && !instance.isSpoiled {
      var missing: [String] = []
      for face in instance.kind.inboxes where face.isRequired {
        let end = FlatEnd.box(instance: number, name: face.name, index: nil)
        if withLiteral.contains(end) || (face.isArray && elements.contains(end)) { continue }
        let linkages = arriving[end] ?? []
        if linkages.isEmpty {
          missing.append(face.name)
        } else if linkages.allSatisfy({ isDead(flat.linkages[$0].from, fed) }) {
          reportUnfed(end, instance, face.name, &seen, &unfed)
        }
      }
      // What is made for messages of any type has none to send where none comes.
      if missing.isEmpty, !findings.hasErrors, touched.contains(number), instance.kind.passesOnly,
        !isFed(number, instance, elements)
      {
        missing = instance.kind.inboxes.map(\.name)
      }
      if !missing.isEmpty {
        findings.report(.inboxWithoutProducer(instance.shownPath, missing, at: instance.place, inside: nil))
      } else if !touched.contains(number), instance.isNamed, !instance.standsAlone, instance.kind.hasBoxes,
        !instance.kind.makesGraphs
      {
        findings.report(.neverLinked(instance.shownPath, at: instance.place))
      }
    }
    for graph in flat.unlinkedGraphs where !unfed.contains(graph.place) {
      findings.report(.neverLinked(graph.path.withoutNumbers, at: graph.place))
    }
  }

  /// Whether anything comes to one of its inboxes.
  private func isFed(_ number: Int, _ instance: FlatInstance, _ elements: Set<FlatEnd>) -> Bool {
    instance.kind.inboxes.contains { face in
      let end = FlatEnd.box(instance: number, name: face.name, index: nil)
      return withLiteral.contains(end) || elements.contains(end) || arriving[end] != nil
    }
  }

  private func isDead(_ end: FlatEnd, _ fed: [Bool]) -> Bool { end.junction.map { !fed[$0] } ?? false }

  /// Whether something that sends stands behind each junction.
  private func fedJunctions() -> [Bool] {
    var fed = Array(repeating: false, count: flat.junctions.count)
    var waiting: [Int] = flat.inboxes
    for (number, junction) in flat.junctions.enumerated() where junction.isOuterIncomplete || junction.isIncomplete {
      waiting.append(number)
    }
    var leaving: [Int: [Int]] = [:]
    for linkage in flat.linkages {
      guard let target = linkage.to.junction else { continue }
      if let source = linkage.from.junction {
        leaving[source, default: []].append(target)
      } else {
        waiting.append(target)
      }
    }
    for end in withLiteral { if let junction = end.junction { waiting.append(junction) } }
    while let junction = waiting.popLast() {
      guard !fed[junction] else { continue }
      fed[junction] = true
      waiting += leaving[junction] ?? []
    }
    return fed
  }

  /// Says where a box of a graph would have to be linked, so that an inbox inside gets something.
  ///
  /// - Parameters:
  ///   - seen: ends that have been followed for another inbox.
  ///   - owners: gets the places of the graphs whose boxes those are.
  private func reportUnfed(
    _ end: FlatEnd, _ instance: FlatInstance, _ name: String, _ seen: inout Set<FlatEnd>, _ owners: inout Set<Place>
  ) {
    var waiting = [end]
    while let here = waiting.popLast() {
      let linkages = arriving[here] ?? []
      if linkages.isEmpty, let junction = here.junction.map({ flat.junctions[$0] }) {
        if junction.direction == .inbox, let place = junction.ownerPlace {
          owners.insert(place)
          findings.report(
            .inboxWithoutProducer(
              junction.owner.withoutNumbers, [junction.name], at: place,
              inside: (instance.place, "\(instance.shownPath).\(name)")))
        }
        continue
      }
      for number in linkages where seen.insert(flat.linkages[number].from).inserted {
        waiting.append(flat.linkages[number].from)
      }
    }
  }

  /// Boxes that graphs export and do nothing with.
  private func checkOwnBoxes() {
    var left: Set<Int> = []
    for linkage in flat.linkages { if let junction = linkage.from.junction { left.insert(junction) } }
    for (number, junction) in flat.junctions.enumerated() where !junction.isIncomplete {
      let isUsed =
        junction.direction == .inbox
        ? left.contains(number) : arriving[.junction(number)] != nil || withLiteral.contains(.junction(number))
      if !isUsed { findings.report(.ownBoxUnused(junction)) }
    }
  }

  /// Inboxes that take one linkage.
  private func checkSingleProducers() {
    var first: [FlatEnd: Int] = [:]
    for (number, linkage) in joined.enumerated() {
      guard case .box(let instance, let name, _) = linkage.to, takesOne(instance, name) else { continue }
      guard let earlier = first[linkage.to] else {
        first[linkage.to] = number
        continue
      }
      let (a, b) = (flat.linkages[joined[earlier].outermost], flat.linkages[linkage.outermost])
      let path = flat.instances[instance].shownPath
      let isSame = a.fromPlace == b.fromPlace
      findings.report(
        .takesOne("\(path).\(name)", at: isSame ? b.toPlace : b.fromPlace, first: isSame ? nil : a.fromPlace))
    }
  }

  private func takesOne(_ number: Int, _ name: String) -> Bool {
    let instance = flat.instances[number]
    // What shares out for copies is as particular as they are.
    if instance.role == .distribute, case .box(let copy, let name, _)? = instance.share { return takesOne(copy, name) }
    return instance.kind.inbox(name)?.takesOne ?? false
  }

  // MARK: Reach

  /// Instances that wait for each other and for nobody else.
  private func checkReach() {
    let nodes = GraphNodes(flat)
    var next: [[Int]] = Array(repeating: [], count: nodes.count)
    var hasProducer = Array(repeating: false, count: nodes.count)
    var waiting: [Int] = []
    for (number, backplane) in flat.backplanes.enumerated() where backplane.isOuter {
      waiting.append(nodes.backplane(number))
    }
    for linkage in joined {
      guard let to = nodes.node(linkage.to) else { continue }
      guard let from = nodes.node(linkage.from) else {
        waiting.append(to)
        continue
      }
      if case .box(_, ImplicitBox.control.name, _) = linkage.to { continue }
      next[from].append(to)
      hasProducer[to] = true
    }
    for literal in flat.literals where !literal.isProbe {
      if let node = nodes.node(literal.to) { waiting.append(node) }
    }
    for (number, instance) in flat.instances.enumerated() {
      let sendsUnasked = instance.kind.signature?.sendsUnasked ?? false
      if sendsUnasked || !hasProducer[number] || instance.isSpoiled { waiting.append(number) }
    }
    // A backplane that nothing publishes to is spoken of elsewhere.
    for number in flat.backplanes.indices where !hasProducer[nodes.backplane(number)] {
      waiting.append(nodes.backplane(number))
    }
    // What sits behind a box of the graph that nobody feeds has its own message.
    for linkage in flat.linkages where linkage.from == .unknown || linkage.from.junction != nil {
      if let node = nodes.node(linkage.to) { waiting.append(node) }
    }
    var reached = Array(repeating: false, count: nodes.count)
    while let node = waiting.popLast() {
      guard !reached[node] else { continue }
      reached[node] = true
      waiting += next[node]
    }
    reportUnreached(reached, next)
  }

  /// One message for each group of instances that are linked with each other.
  private func reportUnreached(_ reached: [Bool], _ next: [[Int]]) {
    var neighbours: [Int: [Int]] = [:]
    for node in reached.indices where !reached[node] {
      for other in next[node] where !reached[other] {
        neighbours[node, default: []].append(other)
        neighbours[other, default: []].append(node)
      }
    }
    var seen: Set<Int> = []
    for node in flat.instances.indices where !reached[node] && !seen.contains(node) {
      var group: [Int] = []
      var waiting = [node]
      while let here = waiting.popLast() {
        guard seen.insert(here).inserted else { continue }
        if here < flat.instances.count { group.append(here) }
        waiting += neighbours[here] ?? []
      }
      findings.report(.neverReached(group.sorted().map { flat.instances[$0] }))
    }
  }
}

/// Instances and backplanes, numbered together.
struct GraphNodes {
  private let instances: Int
  let count: Int

  init(_ flat: Flat) {
    instances = flat.instances.count
    count = flat.instances.count + flat.backplanes.count
  }

  func backplane(_ number: Int) -> Int { instances + number }

  /// Nil for what is neither.
  func node(_ end: FlatEnd) -> Int? {
    switch end {
    case .box(let instance, _, _): instance
    case .backplane(let number): instances + number
    case .junction, .unknown: nil
    }
  }
}

extension Kind {
  /// Whether it makes graphs, so that what it does needs no linkage of its own.
  var makesGraphs: Bool { signature?.parameters.contains { $0.type.takesGraphs } ?? false }

  /// Whether all that it can send is made of what comes to inboxes, none of which has to be linked.
  var passesOnly: Bool {
    guard let signature, isGeneric, !inboxes.isEmpty, !signature.sendsUnasked, !makesGraphs else { return false }
    return inboxes.allSatisfy { !$0.isRequired && $0.isGeneric }
      && signature.parameters.allSatisfy { !$0.type.holdsValues }
  }

  var hasBoxes: Bool { !inboxes.isEmpty || !outboxes.isEmpty }
}

extension ParameterType {
  /// Whether a component may make messages of any type of it.
  fileprivate var holdsValues: Bool {
    switch self {
    case .any: true
    case .list(let inner), .optional(let inner): inner.holdsValues
    default: false
    }
  }
}
