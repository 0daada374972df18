import KGraph
import Kamaelia

/// Links the boxes of a network as its plan says.
struct Wiring {
  let network: Network
  let hostInputs: [String: any AnyOutbox]
  let hostOutputs: [String: any AnyInbox]

  init(_ network: Network, hostInputs: [String: any AnyOutbox], hostOutputs: [String: any AnyInbox]) {
    self.network = network
    self.hostInputs = hostInputs
    self.hostOutputs = hostOutputs
  }

  /// Before anything runs.
  func build(_ plan: Plan) throws {
    let builder = Builder(surroundings: network.surroundings, plan: plan, prefix: network.prefix, graphs: network)
    let arrays = builder.arrays
    var members: [Member] = []
    members.reserveCapacity(plan.instances.count)
    for (index, planned) in plan.instances.enumerated() {
      members.append(try builder.member(planned, arrays: arrays[index] ?? []))
    }
    for planned in plan.backplanes { try add(planned) }
    holdBackplanes(plan)
    var wires: [Network.Wire] = []
    for planned in plan.linkages where isHosted(planned.from) && isHosted(planned.to) {
      let pending = try link(planned, members)
      pending.attachReader()
      pending.attachWriter()
      wires.append(Network.Wire(planned: planned, linkage: pending.linkage))
    }
    for literal in plan.literals.reversed() { try put(literal, members) }
    try orderReplicas(members)
    network.state.withLock { state in
      state.members = members + state.backplanes.values.map(\.member).sorted { $0.instance.name < $1.instance.name }
      state.linkages = wires
    }
  }

  private func add(_ planned: PlannedBackplane) throws {
    guard let type = network.surroundings.library.swiftType(for: planned.type) else {
      throw BuildError(description: "no component of the library carries messages of type \(planned.type)")
    }
    let name = "\(network.prefix)@\(planned.path)"
    func make<T: Message>(_ type: T.Type) -> Backplane {
      Backplane(planned, of: type, name: name, network.surroundings, network)
    }
    let backplane = make(type)
    network.state.withLock { $0.backplanes[planned.path] = backplane }
  }

  /// Graphs that components make may publish to backplanes of the graph around them at any time.
  private func holdBackplanes(_ plan: Plan) {
    let takesGraphs = plan.instances.contains { $0.arguments.values.contains(where: \.holdsGraph) }
    guard takesGraphs else { return }
    for backplane in network.state.withLock({ Array($0.backplanes.values) }) { backplane.hold() }
  }

  func link(_ planned: PlannedLinkage, _ members: [Member]) throws -> PendingLinkage {
    guard let outbox = outbox(planned.from, members), let inbox = inbox(planned.to, members) else {
      throw BuildError(description: "\(planned.place): the plan links a box that is not there")
    }
    let name = LinkageName(
      from: describe(planned.from, members, "outbox"), to: describe(planned.to, members, "inbox"))
    guard let pending = outbox.makeLinkage(to: inbox, name: name, options: planned.options) else {
      throw BuildError(
        description: "\(planned.place): \(name): an outbox of \(outbox.messageType) does not fit \(inbox.messageType)")
    }
    return pending
  }

  private func put(_ literal: PlannedLiteral, _ members: [Member]) throws {
    let name = LinkageName(from: "\(literal.value)", to: describe(literal.to, members, "inbox"))
    guard let inbox = inbox(literal.to, members), inbox.put(literal.value, name: name) else {
      throw BuildError(description: "\(literal.place): \(name.to) does not take \(literal.value)")
    }
  }

  /// False for an exported box when nobody hosts the graph: such a linkage leads nowhere.
  private func isHosted(_ end: PlannedEnd) -> Bool {
    guard case .exported(let name) = end else { return true }
    return hostInputs[name] != nil || hostOutputs[name] != nil
  }

  func outbox(_ end: PlannedEnd, _ members: [Member]) -> (any AnyOutbox)? {
    switch end {
    case .box(let instance, let name, let index): members[instance].outbox(name, index)
    case .backplane(let path): backplane(path)?.outbox
    case .exported(let name): hostInputs[name]
    }
  }

  func inbox(_ end: PlannedEnd, _ members: [Member]) -> (any AnyInbox)? {
    switch end {
    case .box(let instance, let name, let index): members[instance].inbox(name, index)
    case .backplane(let path): backplane(path)?.inbox
    case .exported(let name): hostOutputs[name]
    }
  }

  /// A backplane of this network or of one around it.
  private func backplane(_ path: String) -> Backplane? {
    var network: Network? = network
    while let current = network {
      if let found = current.state.withLock({ $0.backplanes[path] }) { return found }
      network = current.parent
    }
    return nil
  }

  private func describe(_ end: PlannedEnd, _ members: [Member], _ box: String) -> String {
    switch end {
    case .box(let instance, let name, let index):
      "\(members[instance].instance.name).\(name)\(index?.description ?? "")"
    case .backplane(let path): "@\(path).\(box)"
    case .exported(let name): "self.\(name)"
    }
  }

  /// Lets collectors know how far each replica is.
  private func orderReplicas(_ members: [Member]) throws {
    for member in members {
      guard let replica = member.plan.replica else { continue }
      guard let collector = members[replica.collector].component as? any OrdersReplicas,
        let inbox = members[replica.collector].inbox("inputs", .number(replica.number)),
        let linkage = inbox.anyLinkages.first
      else { throw BuildError(description: "\(member.plan.place): the replicas have no collector") }
      for box in member.instance.inboxes where box.isLinked {
        box.afterEachMessage {
          collector.progress.isDone(replica.number, sent: linkage.sent)
          inbox.wake()
        }
      }
    }
  }
}

extension Value {
  /// Whether a graph is in it, so that whoever has it may make instances while the network runs.
  var holdsGraph: Bool {
    switch self {
    case .graph: true
    case .list(let values): values.contains(where: \.holdsGraph)
    case .record(let fields): fields.contains(where: \.value.holdsGraph)
    default: false
    }
  }
}
