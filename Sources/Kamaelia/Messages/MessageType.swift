/// The type of what a box carries, as the language writes it.
public indirect enum MessageType: Sendable, Hashable {
  /// Every message fits.
  case any
  /// A named type with what is further known of it: `Int(1...64)`, `Audio(rate: 48kHz)`.
  case named(String, [Refinement])
  case list(MessageType)
  case optional(MessageType)
  /// Fields in the order in which they were declared; two records with the same fields in the same order are one type.
  case record([Field])
  /// A graph whose default inbox and outbox carry these; nil asks for none. Only parameters have this type.
  case graph(inbox: MessageType?, outbox: MessageType?)
  /// The `T` of a generic component, found by the checker.
  case variable(String)

  /// A field of a record.
  public struct Field: Sendable, Hashable {
    public let name: String
    public let type: MessageType

    public init(_ name: String, _ type: MessageType) {
      self.name = name
      self.type = type
    }
  }

  /// Something known of a type beyond its name; it must agree along a chain.
  public struct Refinement: Sendable, Hashable {
    /// What is said of: `rate`; empty for the value itself, as in `Int(1...64)`.
    public let name: String
    public let value: Value

    public init(_ name: String = "", _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  public static let text = MessageType.named("Text", [])
  public static let bytes = MessageType.named("Bytes", [])
  public static let int = MessageType.named("Int", [])
  public static let double = MessageType.named("Double", [])
  public static let bool = MessageType.named("Bool", [])
  public static let json = MessageType.named("JSON", [])

  /// A record type, its fields in the order given.
  public static func record(_ fields: KeyValuePairs<String, MessageType>) -> MessageType {
    .record(fields.map { Field($0.key, $0.value) })
  }

  /// The type without what is known of it beyond its names: what decides which Swift type carries it.
  public var unrefined: MessageType {
    switch self {
    case .any, .variable, .graph: self
    case .named(let name, _): .named(name, [])
    case .list(let element): .list(element.unrefined)
    case .optional(let wrapped): .optional(wrapped.unrefined)
    case .record(let fields): .record(fields.map { Field($0.name, $0.type.unrefined) })
    }
  }

  /// The names of the variables in it, in the order in which they come.
  public var variables: [String] {
    switch self {
    case .any, .named: []
    case .variable(let name): [name]
    case .list(let inner), .optional(let inner): inner.variables
    case .record(let fields): fields.flatMap(\.type.variables)
    case .graph(let inbox, let outbox): (inbox?.variables ?? []) + (outbox?.variables ?? [])
    }
  }
}

extension MessageType: CustomStringConvertible {
  /// The type as it is written in a graph file.
  public var description: String {
    switch self {
    case .any: return "Any"
    case .named(let name, let refinements):
      if refinements.isEmpty { return name }
      let inside = refinements.map { $0.name.isEmpty ? "\($0.value)" : "\($0.name): \($0.value)" }
      return "\(name)(\(inside.joined(separator: ", ")))"
    case .list(let element): return "[\(element)]"
    case .optional(let wrapped): return "\(wrapped)?"
    case .record(let fields): return "{\(fields.map { "\($0.name): \($0.type)" }.joined(separator: ", "))}"
    case .graph(let inbox, let outbox):
      let boxes = [inbox.map { "inbox: \($0)" }, outbox.map { "outbox: \($0)" }].compactMap { $0 }
      return boxes.isEmpty ? "Graph" : "Graph(\(boxes.joined(separator: ", ")))"
    case .variable(let name): return name
    }
  }
}
