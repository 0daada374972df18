/// What a linkage does when it is full, and when that is.
public struct LinkageOptions: Sendable, Hashable {
  public enum Overflow: String, Sendable, Hashable, CaseIterable {
    /// The sender waits; nothing is lost.
    case block
    /// The message that waited longest makes room.
    case dropOldest
    /// The new message is dropped.
    case dropNewest
    /// Only the newest message waits.
    case latest
    /// The sender fails.
    case fail
  }

  /// Messages, 1 or more.
  public var capacity: Int
  /// Bytes; a message larger than that passes when nothing else is under way.
  public var byteCapacity: Int
  public var overflow: Overflow
  /// How long a message may wait; what waited longer is dropped and counted as lost.
  public var timeToLive: Duration?

  public init(
    capacity: Int = 256, byteCapacity: Int = .max, overflow: Overflow = .block, timeToLive: Duration? = nil
  ) {
    self.capacity = capacity
    self.byteCapacity = byteCapacity
    self.overflow = overflow
    self.timeToLive = timeToLive
  }

  /// Whether the sender never waits and never fails: where there is no room a message is dropped, this one or another.
  var losesMessages: Bool {
    switch overflow {
    case .dropOldest, .dropNewest, .latest: true
    case .block, .fail: false
    }
  }

  /// What a linkage has when nobody says anything: 256 messages, and 16 MiB where the messages are `Bytes`.
  public static func standard(for type: MessageType) -> LinkageOptions {
    LinkageOptions(byteCapacity: type == .bytes ? 16 << 20 : .max)
  }
}
