extension String: Message {
  public static let messageType = MessageType.text
  @inlinable public static var hasVariableSize: Bool { true }
  @inlinable public var byteCount: Int { utf8.count }
  public var text: String { self }
  public var json: JSON { .string(self) }

  public init?(literal: Value) {
    guard case .text(let text) = literal else { return nil }
    self = text
  }
}

extension Int: Message {
  public static let messageType = MessageType.int
  public var json: JSON { .int(self) }

  public init?(literal: Value) {
    guard case .int(let number) = literal else { return nil }
    self = number
  }
}

extension Double: Message {
  public static let messageType = MessageType.double
  public var json: JSON { .double(self) }

  public init?(literal: Value) {
    switch literal {
    case .double(let number): self = number
    case .int(let number): self = Double(number)
    case .percent(let share): self = share
    default: return nil
    }
  }
}

extension Bool: Message {
  public static let messageType = MessageType.bool
  public var json: JSON { .bool(self) }

  public init?(literal: Value) {
    guard case .bool(let truth) = literal else { return nil }
    self = truth
  }
}

extension Duration: Message {
  public static let messageType = MessageType.named("Duration", [])
  public var text: String { Value.duration(self).description }
  /// Seconds.
  public var json: JSON { .double(self / .seconds(1)) }

  public init?(literal: Value) {
    guard case .duration(let time) = literal else { return nil }
    self = time
  }
}

extension Array: Message where Element: Message {
  public static var messageType: MessageType { .list(Element.messageType) }
  public static var hasVariableSize: Bool { true }
  public var byteCount: Int {
    Element.hasVariableSize ? reduce(16) { $0 + $1.byteCount } : 16 + count * MemoryLayout<Element>.stride
  }
  /// The elements, one a line.
  public var text: String { map(\.text).joined(separator: "\n") }
  public var json: JSON { .array(map(\.json)) }

  public init?(literal: Value) {
    guard case .list(let values) = literal else { return nil }
    self = []
    for value in values {
      guard let element = Element(literal: value) else { return nil }
      append(element)
    }
  }
}

extension Optional: Message where Wrapped: Message {
  public static var messageType: MessageType { .optional(Wrapped.messageType) }
  public static var hasVariableSize: Bool { Wrapped.hasVariableSize }
  public var byteCount: Int { self?.byteCount ?? 1 }
  public var text: String { self?.text ?? "" }
  public var json: JSON { self?.json ?? .null }

  /// The bare word `none` stands for nothing.
  public init?(literal: Value) {
    if literal == .name("none") {
      self = nil
    } else {
      guard let wrapped = Wrapped(literal: literal) else { return nil }
      self = wrapped
    }
  }
}
