import Kamaelia

/// A box at which a component waits.
struct BoxInWait {
  let name: BoxName
  /// For a message at an inbox, for room at an outbox.
  let what: Wait.What
}

/// Linkages by the boxes at their ends, for those who ask who waits for whom.
struct LinkagesByEnd {
  private struct Key: Hashable {
    let instance: ObjectIdentifier
    let box: BoxName
  }

  private var incoming: [Key: [any AnyLinkage]] = [:]
  private var outgoing: [Key: [any AnyLinkage]] = [:]

  init(_ linkages: [any AnyLinkage]) {
    for linkage in linkages {
      if let key = Self.key(of: linkage.ends.to) { incoming[key, default: []].append(linkage) }
      if let key = Self.key(of: linkage.ends.from) { outgoing[key, default: []].append(linkage) }
    }
  }

  private static func key(of end: LinkageEnd) -> Key? {
    guard case .box(let instance, let box) = end else { return nil }
    return Key(instance: ObjectIdentifier(instance), box: box)
  }

  /// The linkages at which something must happen for the component to go on.
  func awaited(by instance: Instance, _ box: BoxInWait) -> [any AnyLinkage] {
    let key = Key(instance: ObjectIdentifier(instance), box: box.name)
    return box.what == .message ? incoming[key] ?? [] : (outgoing[key] ?? []).filter(\.isWriterWaiting)
  }

  /// The components at the other ends of those; nil for one that is none of the graph's.
  func others(than instance: Instance, _ box: BoxInWait) -> [Instance?] {
    awaited(by: instance, box).map { box.what == .message ? $0.ends.from.instance : $0.ends.to.instance }
  }
}

extension Wait {
  init(_ member: Member, _ box: BoxInWait, _ ends: LinkagesByEnd) {
    let linkages = ends.awaited(by: member.instance, box)
    self =
      box.what == .message
      ? Wait(member.instance, "\(box.name)", forMessagesOf: linkages)
      : Wait(member.instance, "\(box.name)", forRoomOn: linkages)
  }

  init(_ instance: Instance, _ box: String, forMessagesOf linkages: [any AnyLinkage]) {
    self.init(
      instance: instance.name, box: box, what: .message, others: linkages.map { $0.ends.from.owner }.sorted(),
      waiting: 0)
  }

  init(_ instance: Instance, _ box: String, forRoomOn linkages: [any AnyLinkage]) {
    self.init(
      instance: instance.name, box: box, what: .room, others: linkages.map { $0.ends.to.owner }.sorted(),
      waiting: linkages.reduce(0) { $0 + $1.waiting })
  }
}

extension LinkageEnd {
  /// Who waits or is waited for there, in messages.
  fileprivate var owner: String {
    switch self {
    case .box(let instance, _): instance.name
    case .host: "self"
    case .literal(let value): "\(value)"
    }
  }
}
