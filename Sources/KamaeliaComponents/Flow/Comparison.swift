import Kamaelia

/// How two values lie to each other: numbers exactly as numbers, text by its Unicode scalars, durations to the attosecond, all
/// else only as equal or not.
enum Comparison {
  case less, equal, greater, different

  init(_ a: JSON, _ b: JSON) {
    switch (a, b) {
    case (.int(let a), .int(let b)): self.init(a, b)
    case (.double(let a), .double(let b)): self = a < b ? .less : a > b ? .greater : a == b ? .equal : .different
    case (.int(let a), .double(let b)): self.init(whole: a, b)
    case (.double(let a), .int(let b)): self = Comparison(whole: b, a).reversed
    case (.string(let a), .string(let b)): self.init(TextKey(a), TextKey(b))
    default: self = Self.areSame(a, b) ? .equal : .different
    }
  }

  private init<T: Comparable>(_ a: T, _ b: T) { self = a < b ? .less : a == b ? .equal : .greater }

  /// A whole number and another one, without rounding either.
  init(whole: Int, _ other: Double) {
    if other.isNaN {
      self = .different
    } else if other >= 0x1p63 {
      self = .less
    } else if other < -0x1p63 {
      self = .greater
    } else {
      let below = other.rounded(.down)
      let comparison = Comparison(whole, Int(below))
      self = comparison == .equal && below < other ? .less : comparison
    }
  }

  private var reversed: Comparison {
    switch self {
    case .less: .greater
    case .greater: .less
    case .equal, .different: self
    }
  }

  /// Whether two values are the same in all their parts, whatever the order of members.
  private static func areSame(_ a: JSON, _ b: JSON) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.array(let a), .array(let b)): a.count == b.count && zip(a, b).allSatisfy { Comparison($0, $1) == .equal }
    case (.object(let a), .object(let b)):
      a.count == b.count
        && a.allSatisfy { member in
          b.contains { $0.name.hasSameBytes(as: member.name) && Comparison($0.value, member.value) == .equal }
        }
    default: false
    }
  }
}

/// What a message, or a field of it, is compared by.
struct Compared {
  private let json: JSON
  /// Where it is a duration, which JSON only has as seconds in a `Double`.
  private let time: Duration?

  init(_ json: JSON) {
    self.json = json
    time = nil
  }

  /// The message itself, or the field of it; nil where there is no such field.
  init?(_ message: some Message, field: String) {
    guard let json = field.isEmpty ? message.json : message.json.value(at: field) else { return nil }
    self.json = json
    time = field.isEmpty ? message.base(as: Duration.self) : nil
  }

  func compared(with other: Compared) -> Comparison {
    guard let time, let otherTime = other.time else { return Comparison(json, other.json) }
    return time < otherTime ? .less : time == otherTime ? .equal : .greater
  }
}

extension Message {
  /// The message itself, or the one in an ``AnyMessage``, where it is of that type.
  func base<M: Message>(as type: M.Type) -> M? { self as? M ?? (self as? AnyMessage)?.base as? M }
}
