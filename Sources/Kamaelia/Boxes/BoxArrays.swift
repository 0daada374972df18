/// Which box of an array a graph means: `in[0]`, `out["audio"]`.
public enum BoxIndex: Sendable, Hashable, CustomStringConvertible {
  case number(Int)
  case text(String)

  /// Texts are equal when their UTF-8 is, and a number equals the text that it is written as: `out[7]` and `out["7"]` are one
  /// box, `out["07"]` is another one.
  public static func == (a: BoxIndex, b: BoxIndex) -> Bool {
    if case .number(let a) = a, case .number(let b) = b { return a == b }
    return a.text.hasSameBytes(as: b.text)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(TextKey(text)) }

  public var description: String {
    switch self {
    case .number(let number): "[\(number)]"
    case .text(let text): "[\(Value.text(text))]"
    }
  }

  /// The index as people and messages write it: `0`, `audio`.
  public var text: String {
    switch self {
    case .number(let number): String(number)
    case .text(let text): text
    }
  }
}

/// Several inboxes under one name; a graph's linkages say which there are.
public final class InboxArray<M: Message>: @unchecked Sendable {
  // The boxes are made before the component runs and stay as they are.
  package let details: BoxDetails
  /// The inboxes that the graph links, in the order of its linkages.
  public private(set) var boxes: [(index: BoxIndex, inbox: Inbox<M>)] = []

  public init(
    _ description: String, main: Bool = false, isRequired: Bool = false, file: StaticString = #filePath
  ) {
    details = BoxDetails(description, isMain: main, isRequired: isRequired, refinements: [], file: file)
    RollCall.current?.add(self)
  }

  public subscript(index: BoxIndex) -> Inbox<M>? { boxes.first { $0.index == index }?.inbox }
}

/// Several outboxes under one name; a graph's linkages say which there are.
public final class OutboxArray<M: Message>: @unchecked Sendable {
  // The boxes are made before the component runs and stay as they are.
  package let details: BoxDetails
  /// The outboxes that the graph links, in the order of its linkages.
  public private(set) var boxes: [(index: BoxIndex, outbox: Outbox<M>)] = []
  private var byIndex: [BoxIndex: Outbox<M>] = [:]

  public init(_ description: String, main: Bool = false, file: StaticString = #filePath) {
    details = BoxDetails(description, isMain: main, isRequired: false, refinements: [], file: file)
    RollCall.current?.add(self)
  }

  public subscript(index: BoxIndex) -> Outbox<M>? { byIndex[index] }
}

package protocol AnyInboxArray: AnyObject, Sendable {
  var details: BoxDetails { get }
  var messageType: MessageType { get }
  var swiftType: any Message.Type { get }
  /// The box of that index; it is made where there is none yet. Before the component runs.
  func box(_ index: BoxIndex) -> any AnyInbox
}

package protocol AnyOutboxArray: AnyObject, Sendable {
  var details: BoxDetails { get }
  var messageType: MessageType { get }
  var swiftType: any Message.Type { get }
  /// The box of that index; it is made where there is none yet. Before the component runs.
  func box(_ index: BoxIndex) -> any AnyOutbox
}

extension InboxArray: AnyInboxArray {
  package var messageType: MessageType { M.messageType }
  package var swiftType: any Message.Type { M.self }

  package func box(_ index: BoxIndex) -> any AnyInbox {
    if let box = self[index] { return box }
    let box = Inbox<M>(details.description, isRequired: false)
    boxes.append((index, box))
    return box
  }
}

extension OutboxArray: AnyOutboxArray {
  package var messageType: MessageType { M.messageType }
  package var swiftType: any Message.Type { M.self }

  package func box(_ index: BoxIndex) -> any AnyOutbox {
    if let box = self[index] { return box }
    let box = Outbox<M>(details.description)
    boxes.append((index, box))
    byIndex[index] = box
    return box
  }
}
