/// A JSON value (RFC 8259). Objects keep the order of their members; numbers are `Int` where they are whole and fit.
public enum JSON: Message, Hashable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A name and its value in an object.
  public struct Member: Sendable, Hashable {
    public let name: String
    public let value: JSON

    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }

    /// Names are the same that have the same Unicode scalars (RFC 8259, section 8.3).
    public static func == (a: Member, b: Member) -> Bool { a.name.hasSameBytes(as: b.name) && a.value == b.value }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(TextKey(name))
      hasher.combine(value)
    }
  }

  public static let messageType = MessageType.json
  public static var hasVariableSize: Bool { true }

  public var byteCount: Int {
    switch self {
    case .null, .bool, .int, .double: 16
    case .string(let text): 16 + text.utf8.count
    case .array(let elements): elements.reduce(16) { $0 + $1.byteCount }
    case .object(let members): members.reduce(16) { $0 + 16 + $1.name.utf8.count + $1.value.byteCount }
    }
  }

  public var json: JSON { self }

  /// The value written without blanks, as RFC 8259 has it; strings alone stand as they are.
  public var text: String {
    if case .string(let text) = self { return text }
    return encoded
  }

  public init?(literal: Value) {
    guard let json = literal.message?.json else { return nil }
    self = json
  }

  /// An object, its members in the order given.
  public static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(members.map { Member($0.key, $0.value) })
  }

  /// The member `name` of an object (the last of that name, by its Unicode scalars), the element of an array where `name`
  /// is its number from 0, or nil.
  public subscript(name: String) -> JSON? {
    switch self {
    case .object(let members): return members.last { $0.name.hasSameBytes(as: name) }?.value
    case .array(let elements):
      guard let index = Int(name), elements.indices.contains(index) else { return nil }
      return elements[index]
    default: return nil
    }
  }

  /// What a path of names joined by dots leads to: `user.name`, `items.0`.
  public func value(at path: String) -> JSON? {
    if let whole = self[path] { return whole }
    var current = self
    // By bytes: a dot and a mark behind it are one character of Swift's.
    for name in path.utf8.split(separator: UInt8(ascii: ".")) {
      guard let next = current[String(Substring(name))] else { return nil }
      current = next
    }
    return current
  }

  /// The value written without blanks, as RFC 8259 has it. Numbers that JSON does not have (NaN, ∞) become `null`.
  public var encoded: String {
    var result = ""
    encode(into: &result)
    return result
  }

  private func encode(into result: inout String) {
    switch self {
    case .null: result += "null"
    case .bool(let value): result += value ? "true" : "false"
    case .int(let value): result += String(value)
    case .double(let value): result += value.isFinite ? "\(value)" : "null"
    case .string(let text): Self.quote(text, into: &result)
    case .array(let elements):
      result += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { result += "," }
        element.encode(into: &result)
      }
      result += "]"
    case .object(let members):
      result += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { result += "," }
        Self.quote(member.name, into: &result)
        result += ":"
        member.value.encode(into: &result)
      }
      result += "}"
    }
  }

  private static func quote(_ text: String, into result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..<"\u{20}":
        let hex = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}
