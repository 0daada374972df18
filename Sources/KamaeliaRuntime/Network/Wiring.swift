import KGraph
import Kamaelia
import KamaeliaIO

/// Finds the boxes that a plan's linkages name, and makes the linkages.
struct Wiring {
  let network: Network
  /// In the order of the plan.
  let members: [Member]
  let backplanes: [String: Backplane]
  let hostInputs: [String: any AnyOutbox]
  let hostOutputs: [String: any AnyInbox]

  /// One end of a linkage: the box, and the component that it belongs to; none for boxes of whoever hosts the graph.
  struct End<Box> {
    let box: Box
    let name: String
    let instance: Instance?
    /// Whether the box is a backplane's of a network around this one, which runs already.
    var isForeign = false
  }

  /// A linkage that is made and not attached yet.
  struct Made: Sendable {
    let planned: PlannedLinkage
    let pending: PendingLinkage
    let writer: Instance?
    let reader: Instance?
    let outbox: any AnyOutbox
    let inbox: any AnyInbox
    let isWriterForeign: Bool
    let isReaderForeign: Bool

    var wire: Network.Wire { Network.Wire(planned: planned, linkage: pending.linkage) }
  }

  func make(_ planned: PlannedLinkage) throws -> Made {
    guard let from = outbox(planned.from), let to = inbox(planned.to) else {
      throw BuildError(description: "\(planned.place): the plan links a box that is not there")
    }
    let name = LinkageName(from: from.name, to: to.name)
    guard let pending = from.box.makeLinkage(to: to.box, name: name, options: planned.options) else {
      throw BuildError(
        description:
          "\(planned.place): \(name): an outbox of \(from.box.messageType) does not fit \(to.box.messageType)")
    }
    return Made(
      planned: planned, pending: pending, writer: from.instance, reader: to.instance, outbox: from.box, inbox: to.box,
      isWriterForeign: from.isForeign, isReaderForeign: to.isForeign)
  }

  /// Attaches a linkage whose ends do not run yet. Ends at backplanes that do are attached on their executors, soon; until
  /// then the backplane does not end.
  func attach(_ made: Made) {
    let (pending, inbox) = (made.pending, made.inbox)
    if made.isReaderForeign, let reader = made.reader {
      // The failure of a graph is its maker's business, and the backplane goes on for others.
      pending.linkage.tolerateFailure()
      inbox.hold()
      network.attachments.begin()
      reader.post { [attachments = network.attachments] in
        pending.attachReader(nil)
        inbox.release()
        attachments.end()
      }
    } else {
      pending.attachReader(nil)
    }
    if made.isWriterForeign, let writer = made.writer {
      network.attachments.begin()
      writer.post { [attachments = network.attachments] in
        pending.attachWriter(nil)
        attachments.end()
      }
    } else {
      pending.attachWriter(nil)
    }
  }

  func put(_ literal: PlannedLiteral) throws {
    let inbox = inbox(literal.to)
    let name = LinkageName(from: "\(literal.value)", to: inbox?.name ?? "")
    guard let inbox, inbox.box.put(literal.value, name: name) else {
      throw BuildError(description: "\(literal.place): \(name.to) does not take \(literal.value)")
    }
  }

  /// False for an exported box when nobody hosts the graph: such a linkage leads nowhere.
  func isHosted(_ planned: PlannedLinkage) -> Bool {
    if case .exported(let name) = planned.from, hostInputs[name] == nil { return false }
    if case .exported(let name) = planned.to, hostOutputs[name] == nil { return false }
    return true
  }

  func outbox(_ end: PlannedEnd) -> End<any AnyOutbox>? {
    switch end {
    case .box(let number, let name, let index):
      let member = members[number]
      return member.outbox(name, index).map {
        End(box: $0, name: member.name(of: name, index), instance: member.instance)
      }
    case .backplane(let path):
      guard let (found, isForeign) = backplane(path) else { return nil }
      let instance = found.member.instance
      return End(box: found.outbox, name: "\(instance.name).outbox", instance: instance, isForeign: isForeign)
    case .exported(let name): return hostInputs[name].map { End(box: $0, name: "self.\(name)", instance: nil) }
    }
  }

  func inbox(_ end: PlannedEnd) -> End<any AnyInbox>? {
    switch end {
    case .box(let number, let name, let index):
      let member = members[number]
      return member.inbox(name, index).map {
        End(box: $0, name: member.name(of: name, index), instance: member.instance)
      }
    case .backplane(let path):
      guard let (found, isForeign) = backplane(path) else { return nil }
      let instance = found.member.instance
      return End(box: found.inbox, name: "\(instance.name).inbox", instance: instance, isForeign: isForeign)
    case .exported(let name): return hostOutputs[name].map { End(box: $0, name: "self.\(name)", instance: nil) }
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
  func orderReplicas(_ plan: Plan, where isNew: (Member) -> Bool = { _ in true }) throws {
    let shares = shares(plan)
    for (number, member) in members.enumerated() where isNew(member) {
      guard let replica = member.plan.replica else { continue }
      guard let collector = members[replica.collector].component as? any OrdersReplicas,
        let inbox = members[replica.collector].inbox("inputs", .number(replica.number)),
        let linkage = inbox.anyLinkages.first
      else { throw BuildError(description: "\(member.plan.place): the replicas have no collector") }
      for box in shares[number] ?? [] {
        member.inboxes[box]?.afterEachMessage { [weak inbox] in
          collector.progress.isDone(replica.number, sent: linkage.sent)
          inbox?.wake()
        }
      }
    }
  }

  /// The inboxes, by instance, at which a share of a `distribute` comes in.
  private func shares(_ plan: Plan) -> [Int: [Member.BoxName]] {
    var result: [Int: [Member.BoxName]] = [:]
    for linkage in plan.linkages {
      guard case .box(let from, "out", _) = linkage.from, plan.instances[from].component == "distribute",
        case .box(let to, let name, let index) = linkage.to
      else { continue }
      result[to, default: []].append(Member.BoxName(name: name, index: index))
    }
    return result
  }
}
