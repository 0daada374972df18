import Kamaelia

/// What a linkage has carried so far, and how it stands.
///
/// What its reader has taken is `sent` less `waiting`, `lost` and `discarded`.
package struct LinkageCounters: Sendable, Hashable {
  /// The outbox, by its full path: `tail.outbox`.
  package let from: String
  /// The inbox, by its full path.
  package let to: String
  /// Messages that the outbox has sent along it, lost ones included.
  package let sent: Int
  /// Messages under way.
  package let waiting: Int
  /// Messages lost by its policy.
  package let lost: Int
  /// Messages that were under way when the reader left.
  package let discarded: Int
  /// Bytes sent; for messages that are all of one size their size in memory.
  package let bytes: Int
  /// In messages.
  package let capacity: Int
  package let overflow: LinkageOptions.Overflow
  /// Whether its writer waits for room on it.
  package let isWriterWaiting: Bool
  /// Whether its reader waits and it is empty.
  package let isReaderWaiting: Bool
  /// Whether a change of the graph has taken it away.
  package let isRemoved: Bool
}

extension Network {
  /// The counters of all linkages, those of graphs that components have made included. From any thread, at any time; each
  /// number is right for a moment, and the moments are not quite the same. A linkage that a change has taken away is among
  /// them until it is at its end and the graph is changed again.
  package func counters() -> [LinkageCounters] {
    let (wires, retired, children) = state.withLock { ($0.wires, $0.retiredWires, Array($0.children.values)) }
    return wires.map { LinkageCounters($0.linkage, isRemoved: false) }
      + retired.map { LinkageCounters($0.linkage, isRemoved: true) } + children.flatMap { $0.counters() }
  }

  /// What linkages carried that changes of the graph have taken away and that ``counters()`` has no more; those between the
  /// same boxes together.
  package func removedCounters() -> [LinkageCounters] { state.withLock { $0.removedCounters.all } }
}

extension Network.Wire {
  /// Whether nothing more will come along it.
  var isOver: Bool { linkage.isFinished && linkage.waiting == 0 }
}

extension LinkageCounters {
  init(_ linkage: any AnyLinkage, isRemoved: Bool) {
    from = "\(linkage.ends.from)"
    to = "\(linkage.ends.to)"
    waiting = linkage.waiting
    // After `waiting`, so that no message is under way that was never sent.
    sent = linkage.sent
    lost = linkage.lost
    discarded = linkage.discarded
    bytes = linkage.bytes
    capacity = linkage.options.capacity
    overflow = linkage.options.overflow
    isWriterWaiting = linkage.isWriterWaiting
    isReaderWaiting = linkage.isReaderWaiting
    self.isRemoved = isRemoved
  }

  /// Both together, of linkages between the same boxes; what is no sum is the later one's.
  fileprivate init(_ earlier: LinkageCounters, _ later: LinkageCounters) {
    from = later.from
    to = later.to
    waiting = earlier.waiting + later.waiting
    sent = earlier.sent + later.sent
    lost = earlier.lost + later.lost
    discarded = earlier.discarded + later.discarded
    bytes = earlier.bytes + later.bytes
    capacity = later.capacity
    overflow = later.overflow
    isWriterWaiting = false
    isReaderWaiting = false
    isRemoved = true
  }
}

/// The totals of linkages that are no more, those between the same boxes together; of a graph that is changed again and again,
/// only so many, the latest.
struct RemovedCounters {
  private(set) var all: [LinkageCounters] = []

  static let most = 1000

  mutating func add(_ counters: LinkageCounters) {
    let index = all.firstIndex { $0.from == counters.from && $0.to == counters.to }
    let earlier = index.map { all.remove(at: $0) }
    all.append(earlier.map { LinkageCounters($0, counters) } ?? counters)
    if all.count > Self.most { all.removeFirst() }
  }
}
