import KGraph
import Kamaelia
import KamaeliaIO

/// Makes the linkages of a recipe between boxes that are there.
struct Wiring {
  let network: Network
  let recipe: Recipe
  /// In the order of the plan. Those that go on through a change were made by another recipe.
  let members: [Member]
  let backplanes: [String: Backplane]
  let hostInputs: [String: any AnyOutbox]
  let hostOutputs: [String: any AnyInbox]

  /// One end of a linkage: the box and what it is called.
  struct End<Box> {
    let box: Box
    let end: LinkageEnd
    /// Whether the box is a backplane's of a network around this one, which runs already.
    var isForeign = false
  }

  /// A linkage that is made and not attached yet.
  struct Made: Sendable {
    let recipe: Recipe
    let linkage: Recipe.LinkageRecipe
    let pending: PendingLinkage
    let outbox: any AnyOutbox
    let inbox: any AnyInbox
    let isWriterForeign: Bool
    let isReaderForeign: Bool

    /// None for boxes of whoever hosts the graph.
    var writer: Instance? { pending.linkage.ends.from.instance }
    var reader: Instance? { pending.linkage.ends.to.instance }
    var wire: Network.Wire { Network.Wire(recipe, linkage, pending.linkage) }
  }

  func make(_ linkage: Recipe.LinkageRecipe) throws(BuildError) -> Made {
    let planned = recipe.plan.linkages[linkage.number]
    guard let from = outbox(linkage.from), let to = inbox(linkage.to) else { throw .noBox(planned.place) }
    let ends = LinkageEnds(from: from.end, to: to.end)
    guard let pending = from.box.makeLinkage(to: to.box, ends: ends, options: planned.options) else {
      throw .mismatch(planned.place, ends, from: from.box.messageType, to: to.box.messageType)
    }
    return Made(
      recipe: recipe, linkage: linkage, pending: pending, outbox: from.box, inbox: to.box,
      isWriterForeign: from.isForeign,
      isReaderForeign: to.isForeign)
  }

  /// Attaches a linkage whose ends do not run yet. Ends at backplanes that do are attached on their executors, soon; until
  /// then the backplane does not end.
  func attach(_ made: Made) {
    if made.isReaderForeign, let reader = made.reader {
      // The failure of a graph is its maker's business, and the backplane goes on for others.
      made.pending.linkage.tolerateFailure()
      made.inbox.hold()
      network.attachments.begin()
      reader.post { [attachments = network.attachments] in
        made.inbox.attach(made.pending, replacing: nil)
        made.inbox.release()
        attachments.end()
      }
    } else {
      made.inbox.attach(made.pending, replacing: nil)
    }
    if made.isWriterForeign, let writer = made.writer {
      network.attachments.begin()
      writer.post { [attachments = network.attachments] in
        made.outbox.attach(made.pending, replacing: nil)
        attachments.end()
      }
    } else {
      made.outbox.attach(made.pending, replacing: nil)
    }
  }

  func put(_ literal: PlannedLiteral, _ to: Recipe.End) throws(BuildError) {
    guard let inbox = inbox(to) else { throw .noBox(literal.place) }
    let ends = LinkageEnds(from: .literal(literal.value), to: inbox.end)
    guard inbox.box.put(literal.value, ends: ends) else { throw .literal(literal.place, ends) }
  }

  /// False for an exported box when nobody hosts the graph: such a linkage leads nowhere.
  func isHosted(_ linkage: Recipe.LinkageRecipe) -> Bool {
    if case .exported(let name) = linkage.from, hostInputs[name] == nil { return false }
    if case .exported(let name) = linkage.to, hostOutputs[name] == nil { return false }
    return true
  }

  func outbox(_ end: Recipe.End) -> End<any AnyOutbox>? {
    switch end {
    case .box(let number, let box):
      let (member, name) = (members[number], recipe.components[number].outboxes.all[box])
      return member.outbox(name, near: box).map { End(box: $0, end: .box(member.instance, name)) }
    case .implicit(let number, let box):
      let member = members[number]
      return End(box: member.implicitOutbox(box), end: .box(member.instance, box.boxName))
    case .backplane(let path):
      guard let (found, isForeign) = backplane(path) else { return nil }
      return End(box: found.outbox, end: .box(found.member.instance, BoxName("outbox")), isForeign: isForeign)
    case .exported(let name): return hostInputs[name].map { End(box: $0, end: .host(name)) }
    }
  }

  func inbox(_ end: Recipe.End) -> End<any AnyInbox>? {
    switch end {
    case .box(let number, let box):
      let (member, name) = (members[number], recipe.components[number].inboxes.all[box])
      return member.inbox(name, near: box).map { End(box: $0, end: .box(member.instance, name)) }
    case .implicit(let number, let box):
      let member = members[number]
      return End(box: member.controlInbox, end: .box(member.instance, box.boxName))
    case .backplane(let path):
      guard let (found, isForeign) = backplane(path) else { return nil }
      return End(box: found.inbox, end: .box(found.member.instance, BoxName("inbox")), isForeign: isForeign)
    case .exported(let name): return hostOutputs[name].map { End(box: $0, end: .host(name)) }
    }
  }

  /// A backplane of this network or of one around it.
  private func backplane(_ path: String) -> (Backplane, isForeign: Bool)? {
    if let found = backplanes[path] { return (found, false) }
    var around = network.parent
    while let current = around {
      if let found = current.state.withLock({ $0.backplanes[path] }) { return (found, true) }
      around = current.parent
    }
    return nil
  }

  /// Lets collectors know how far each replica is.
  ///
  /// - Parameter isNew: the replicas that do not run yet; the others have told their collectors all along.
  func orderReplicas(where isNew: (Member) -> Bool = { _ in true }) throws(BuildError) {
    let shares = recipe.shares
    for (number, member) in members.enumerated() {
      guard let replica = member.plan.replica, isNew(member) else { continue }
      let collector = members[replica.collector]
      guard let orders = collector.component as? any OrdersReplicas,
        let inbox = collector.inbox(BoxName(BuiltInComponent.inputs, .number(replica.number))),
        let linkage = inbox.anyLinkages.first
      else { throw .noCollector(member.plan.place) }
      for box in shares[number] ?? [] {
        member.inboxes[box].afterEachMessage { [weak inbox] in
          orders.progress.isDone(replica.number, sent: linkage.sent)
          inbox?.wake()
        }
      }
    }
  }
}

extension Recipe {
  /// The numbers of the inboxes, by component, at which a share of a `distribute` comes in.
  fileprivate var shares: [Int: [Int]] {
    guard plan.instances.contains(where: { $0.replica != nil }) else { return [:] }
    var result: [Int: [Int]] = [:]
    for linkage in linkages {
      guard case .box(let from, let outbox) = linkage.from, case .box(let to, let inbox) = linkage.to,
        plan.instances[from].builtIn == .distribute,
        components[from].outboxes.all[outbox].name == BuiltInComponent.shares
      else { continue }
      result[to, default: []].append(inbox)
    }
    return result
  }
}
