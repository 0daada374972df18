/// All readers of an outbox have left: the end of a component's work, as a broken pipe is. Not a failure.
public struct Stopped: Error, Sendable, CustomStringConvertible {
  public init() {}
  public var description: String { "all readers have left" }
}

/// A linkage whose policy is `fail` was full.
public struct LinkageFull: Error, Sendable, Hashable, CustomStringConvertible {
  public let linkage: String
  public let capacity: Int
  public var description: String {
    "the linkage \(linkage) is full (\(counted(capacity, "message"))) and its policy is `fail`"
  }
}

/// There was something to send on an outbox that needs a reader, and no graph has linked it.
public struct Unheard: Error, Sendable, Hashable, CustomStringConvertible {
  public let outbox: String
  public let message: String
  public var description: String { "\(message) (link the outbox `\(outbox)` to take such messages elsewhere)" }
}
