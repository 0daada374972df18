/// What travels along linkages: a value that may be handed to another thread.
///
/// A type of your own becomes a message by saying what the language calls it:
/// ```swift
/// struct Reading: Message {
///   var sensor: String
///   var celsius: Double
///   static let messageType = MessageType.record(["sensor": .text, "celsius": .double])
///   var text: String { "\(sensor): \(celsius) °C" }
/// }
/// ```
public protocol Message: Sendable {
  /// What the language calls this type.
  static var messageType: MessageType { get }

  /// Whether `byteCount` differs from message to message.
  static var hasVariableSize: Bool { get }

  /// About how many bytes of memory the message holds, for limits in bytes and for counters.
  var byteCount: Int { get }

  /// How a person reads the message: what `ConsoleWriter` writes.
  var text: String { get }

  /// The message as JSON, for components that look into any message by a field's name. Unless a type says otherwise, a record
  /// has the stored properties that are called like its fields, and anything else is its text.
  var json: JSON { get }

  /// The message that a literal of the language stands for, or nil where it stands for none of this type.
  init?(literal: Value)
}

extension Message {
  @inlinable public static var hasVariableSize: Bool { false }
  @inlinable public var byteCount: Int { MemoryLayout<Self>.size }
  public var text: String { String(describing: self) }
  public var json: JSON {
    guard case .record(let fields) = Self.messageType else { return .string(text) }
    let properties = Mirror(reflecting: self).children
    return .object(
      fields.compactMap { field in
        let value = properties.first { $0.label == field.name }?.value as? any Message
        return value.map { JSON.Member(field.name, $0.json) }
      })
  }
  public init?(literal: Value) { return nil }
}

/// A message of any type: what an inbox of type `Any` takes.
public struct AnyMessage: Message {
  public let base: any Message

  public init(_ base: any Message) {
    if let wrapped = base as? AnyMessage { self = wrapped } else { self.base = base }
  }

  public static let messageType = MessageType.any
  public static var hasVariableSize: Bool { true }
  public var byteCount: Int { base.byteCount }
  public var text: String { base.text }
  public var json: JSON { base.json }

  public init?(literal: Value) {
    guard let message = literal.message else { return nil }
    base = message
  }
}
