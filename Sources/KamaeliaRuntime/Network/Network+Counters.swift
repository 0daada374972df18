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
}

extension Network {
  /// The counters of all linkages, those of graphs that components have made included. From any thread, at any time; each
  /// number is right for a moment, and the moments are not quite the same.
  package func counters() -> [LinkageCounters] { allWires.map { LinkageCounters($0.linkage) } }
}

extension LinkageCounters {
  fileprivate init(_ linkage: any AnyLinkage) {
    from = linkage.name.from
    to = linkage.name.to
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
  }
}
