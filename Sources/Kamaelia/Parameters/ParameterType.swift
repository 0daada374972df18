/// What a parameter takes, for the checker, for manual pages and for completion.
public indirect enum ParameterType: Sendable, Hashable {
  case text, int, double, bool, duration, size, frequency, rate, port, path, address, url, json
  /// A regular expression.
  case pattern
  /// A program with its arguments.
  case command
  /// One of these bare words.
  case choice([String])
  case list(ParameterType)
  case optional(ParameterType)
  /// Two values with `...` between them.
  case range(ParameterType)
  /// A graph with a default inbox and a default outbox of these types; nil asks for none.
  case graph(inbox: MessageType?, outbox: MessageType?)
  /// Any value that a graph file can write.
  case any
}

extension ParameterType: CustomStringConvertible {
  /// The type as manual pages and messages name it.
  public var description: String {
    switch self {
    case .text: "Text"
    case .int: "Int"
    case .double: "Double"
    case .bool: "Bool"
    case .duration: "Duration"
    case .size: "Size"
    case .frequency: "Frequency"
    case .rate: "Rate"
    case .port: "Port"
    case .path: "Path"
    case .address: "Address"
    case .url: "URL"
    case .json: "JSON"
    case .pattern: "Pattern"
    case .command: "Command"
    case .choice(let names): names.joined(separator: " | ")
    case .list(let element): "[\(element)]"
    case .optional(let wrapped): "\(wrapped)?"
    case .range(let bound): "\(bound)...\(bound)"
    case .graph(let inbox, let outbox): MessageType.graph(inbox: inbox, outbox: outbox).description
    case .any: "Any"
    }
  }
}

/// Why a value is none for a parameter: said to the author of the graph, after the name of the parameter.
public struct ParameterError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String
  /// Whether the value is of the right kind and only out of range or malformed.
  public let isOfRightType: Bool

  public init(_ description: String, isOfRightType: Bool = true) {
    self.description = description
    self.isOfRightType = isOfRightType
  }

  /// The value is of another kind than `type`.
  public static func mismatch(_ value: Value, _ type: ParameterType) -> ParameterError {
    ParameterError("takes \(type), and \(value) is none", isOfRightType: false)
  }
}
