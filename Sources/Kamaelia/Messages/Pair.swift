/// Two messages that belong together: the record `{left: A, right: B}`.
public struct Pair<A: Message, B: Message>: Message {
  public let left: A
  public let right: B

  public init(_ left: A, _ right: B) {
    self.left = left
    self.right = right
  }

  public static var messageType: MessageType { .record(["left": A.messageType, "right": B.messageType]) }
  public static var hasVariableSize: Bool { A.hasVariableSize || B.hasVariableSize }
  public var byteCount: Int { left.byteCount + right.byteCount }
  public var text: String { "\(left.text) \(right.text)" }
  public var json: JSON { .object(["left": left.json, "right": right.json]) }

  /// A record that has both fields and no others.
  public init?(literal: Value) {
    guard case .record(let fields) = literal, fields.count == 2,
      let left = fields.first(where: { $0.name == "left" }).flatMap({ A(literal: $0.value) }),
      let right = fields.first(where: { $0.name == "right" }).flatMap({ B(literal: $0.value) })
    else { return nil }
    self.init(left, right)
  }
}

extension Pair: Equatable where A: Equatable, B: Equatable {}
extension Pair: Hashable where A: Hashable, B: Hashable {}

/// A message type that is made of others, for the library to find these too.
protocol ComposedMessage {
  static var parts: [any Message.Type] { get }
}

extension Array: ComposedMessage where Element: Message {
  static var parts: [any Message.Type] { [Element.self] }
}

extension Optional: ComposedMessage where Wrapped: Message {
  static var parts: [any Message.Type] { [Wrapped.self] }
}

extension Pair: ComposedMessage {
  static var parts: [any Message.Type] { [A.self, B.self] }
}
