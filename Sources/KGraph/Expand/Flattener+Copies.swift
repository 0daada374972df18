import Kamaelia

/// Instances that are there several times.
extension Flattener {
  /// The boxes that linkages use of replicated instances: inboxes as ends of instance 0, outboxes as exported ones.
  func usedBoxesOfCopies(in graph: Expanded) -> [Int: Set<LocalEnd>] {
    var used: [Int: Set<LocalEnd>] = [:]
    func note(_ end: LocalEnd, isInbox: Bool) {
      guard case .box(let number, let name, _) = end, graph.instances[number].replication != nil else { return }
      used[number, default: []].insert(isInbox ? .box(instance: 0, name: name, index: nil) : .exported(name))
    }
    for linkage in graph.linkages {
      note(linkage.from, isInbox: false)
      note(linkage.to, isInbox: true)
    }
    for literal in graph.literals { note(literal.to, isInbox: true) }
    return used
  }

  /// Puts what shares out and gathers around copies, where it is needed.
  ///
  /// - Parameter used: the boxes of the copies that linkages use.
  mutating func share(
    _ copies: [Made], _ used: Set<LocalEnd>, _ instance: LocalInstance, _ replication: LocalReplication,
    _ path: String, _ frame: Frame
  ) -> Made {
    guard let inbox = instance.kind.defaultInbox, used.contains(.box(instance: 0, name: inbox.name, index: nil)) else {
      if replication.isOrdered || replication.key != nil, !instance.kind.isUnknown, !frame.isIncomplete {
        expander.findings.report(.nothingToShare(replication.place, isOrdered: replication.isOrdered))
      }
      return .copies(copies, distribute: nil, collect: nil)
    }
    let distribute = distribute(to: copies, inbox, instance, replication, path)
    var collector: Shared?
    if replication.isOrdered {
      if case .graph = instance.kind.subject { expander.findings.report(.orderedGraph(replication.place)) }
      if instance.kind.signature?.answersLate == true {
        expander.findings.report(.orderOfLateAnswers(replication.place, of: instance.kind.name))
      }
      if let outbox = instance.kind.defaultOutbox, instance.kind.signature != nil, !outbox.isArray,
        used.contains(.exported(outbox.name))
      {
        collector = Shared(
          box: outbox.name, instance: collect(copies, outbox, instance, replication, path, from: distribute))
      }
    }
    return .copies(copies, distribute: Shared(box: inbox.name, instance: distribute), collect: collector)
  }

  /// Says which linkages of copies under `ordered` get messages in no order: those of other outboxes than the default one.
  func checkOrder(of linkage: LocalLinkage, in graph: Expanded) {
    guard case .box(let number, let name, _) = linkage.from, graph.instances[number].replication?.isOrdered == true,
      let place = graph.instances[number].replication?.place
    else { return }
    let kind = graph.instances[number].kind
    guard kind.signature != nil, let box = kind.outbox(name), !box.isImplicit, name != kind.defaultOutbox?.name
    else { return }
    expander.findings.report(
      .orderOfOtherBox(linkage.fromPlace, name, standard: kind.defaultOutbox?.name, ordered: place))
  }

  /// Puts a `distribute` before the copies.
  private mutating func distribute(
    to copies: [Made], _ inbox: Kind.Face, _ instance: LocalInstance, _ replication: LocalReplication, _ path: String
  ) -> Int {
    var arguments: [String: Evaluated] = [:]
    if let key = replication.key {
      arguments["by"] = .value(.name("key"))
      arguments["field"] = .value(.text(key))
    }
    let number = flat.instances.count
    let ends = copies.flatMap { Self.end(of: $0, inbox.name, nil, .inbox) }
    flat.instances.append(
      FlatInstance(
        path: "\(path)/distribute", kind: Self.builtIn(.distribute), arguments: arguments, place: instance.place,
        componentPlace: instance.componentPlace, restart: .never, role: .distribute, share: ends.first))
    for (index, end) in ends.enumerated() {
      link(.box(instance: number, name: BuiltInComponent.shares, index: .number(index)), end, replication.place)
    }
    return number
  }

  /// Puts a `collect` behind them.
  private mutating func collect(
    _ copies: [Made], _ outbox: Kind.Face, _ instance: LocalInstance, _ replication: LocalReplication,
    _ path: String, from distribute: Int
  ) -> Int {
    let number = flat.instances.count
    let ends = copies.flatMap { Self.end(of: $0, outbox.name, nil, .outbox) }
    flat.instances.append(
      FlatInstance(
        path: "\(path)/collect", kind: Self.builtIn(.collect), arguments: [:], place: instance.place,
        componentPlace: instance.componentPlace, restart: .never, role: .collect, share: ends.first))
    for (index, end) in ends.enumerated() {
      link(end, .box(instance: number, name: BuiltInComponent.inputs, index: .number(index)), replication.place)
      if case .box(let copy, _, _) = end {
        flat.instances[copy].replica = PlannedInstance.Replica(collector: number, number: index)
      }
    }
    link(
      .box(instance: distribute, name: BuiltInComponent.order, index: nil),
      .box(instance: number, name: BuiltInComponent.order, index: nil),
      replication.place)
    return number
  }

  private mutating func link(_ from: FlatEnd, _ to: FlatEnd, _ place: Place) {
    flat.linkages.append(
      FlatLinkage(
        from: from, to: to, options: PartialOptions(), place: place, fromPlace: place, toPlace: place, depth: .max,
        isInternal: true))
  }

  private static let builtIns = Library(Library.builtIn)

  private static func builtIn(_ role: BuiltInComponent) -> Kind {
    guard let signature = builtIns.signature(of: role.rawValue) else { preconditionFailure("\(role) is built in") }
    return Kind(signature, builtIns.component(role.rawValue))
  }
}
