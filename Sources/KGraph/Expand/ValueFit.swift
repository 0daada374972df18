import Kamaelia

extension MessageType {
  /// What is wrong with `value` for something of this type; nil where nothing is.
  func problem(with value: Value) -> ParameterError? {
    switch self {
    case .any, .variable: return nil
    case .named(let name, let refinements):
      if let problem = Self.problem(with: value, for: name) { return problem }
      for refinement in refinements where refinement.name.isEmpty {
        if let problem = Self.problem(with: value, refinedBy: refinement.value) { return problem }
      }
      return nil
    case .list(let element):
      guard case .list(let values) = value else { return mismatch(value) }
      for value in values { if let problem = element.problem(with: value) { return problem } }
      return nil
    case .optional(let wrapped):
      return value == .name("none") ? nil : wrapped.problem(with: value)
    case .record(let fields):
      guard case .record(let values) = value, fields.map(\.name) == values.map(\.name) else { return mismatch(value) }
      for (field, value) in zip(fields, values) {
        if let problem = field.type.problem(with: value.value) {
          return ParameterError("field `\(field.name)` \(problem.description)", isOfRightType: problem.isOfRightType)
        }
      }
      return nil
    case .graph:
      if case .graph = value { return nil }
      return mismatch(value)
    }
  }

  private func mismatch(_ value: Value) -> ParameterError {
    ParameterError("takes \(self), and \(value) is none", isOfRightType: false)
  }

  /// The value with whole numbers made `Double` where this type asks for that.
  func adopting(_ value: Value) -> Value {
    switch (self, value) {
    case (.named("Double", _), .int(let number)): .double(Double(number))
    case (.list(let element), .list(let values)): .list(values.map(element.adopting))
    case (.optional(let wrapped), _): wrapped.adopting(value)
    case (.record(let fields), .record(let values)) where fields.count == values.count:
      .record(zip(fields, values).map { Value.Field($1.name, $0.type.adopting($1.value)) })
    default: value
    }
  }

  /// The scalars, each with the Swift type that reads its literals for parameters: one rule for graphs and components.
  private static let scalars: [String: any ParameterValue.Type] = [
    "Text": String.self, "Int": Int.self, "Double": Double.self, "Bool": Bool.self, "Duration": Duration.self,
    "Size": Size.self, "Frequency": Frequency.self, "Rate": Rate.self, "Port": Port.self, "Path": Path.self,
    "Address": Address.self, "URL": ResourceLocator.self, "Pattern": Pattern.self, "Command": Command.self,
  ]

  /// Whether the language says itself which of its literals are of this type.
  var hasLiterals: Bool {
    if case .named(let name, _) = self { Self.scalars[name] != nil } else { false }
  }

  private static func problem(with value: Value, for name: String) -> ParameterError? {
    switch (name, value) {
    case ("JSON", _):
      return value.message == nil ? .init("takes JSON, and \(value) is none", isOfRightType: false) : nil
    case ("Bytes", .text): return nil
    default: break
    }
    guard let scalar = scalars[name] else {
      return ParameterError("takes \(name), and \(value) is none", isOfRightType: false)
    }
    do {
      _ = try scalar.init(value)
      return nil
    } catch {
      return error
    }
  }

  private static func problem(with value: Value, refinedBy refinement: Value) -> ParameterError? {
    switch refinement {
    case .range(let low, let high):
      if value.isLess(than: low) == true || high.isLess(than: value) == true {
        return ParameterError("takes \(low) to \(high), not \(value)")
      }
    case .list(let choices):
      if !choices.contains(where: { $0.isSame(as: value) }) {
        return ParameterError("takes one of \(choices.map(\.description).joined(separator: ", ")), not \(value)")
      }
    default:
      if !refinement.isSame(as: value) { return ParameterError("takes \(refinement), not \(value)") }
    }
    return nil
  }
}

extension MessageType {
  /// The type of a command of which only the program is known.
  static func command(running program: String) -> MessageType {
    .named("Command", [Refinement("program", .text(program))])
  }

  /// The program that a command of this type runs, whatever its arguments are.
  var program: String? {
    guard case .named("Command", let known) = self,
      case .text(let program)? = known.first(where: { $0.name == "program" })?.value
    else { return nil }
    return program
  }

  /// Whether a value of which only the type is known can be one of this type. Texts are read as paths or patterns, and
  /// whole numbers as other numbers, so that of those only the value can tell.
  func canBe(_ other: MessageType) -> Bool {
    switch (self, other) {
    case (.any, _), (_, .any), (.variable, _), (_, .variable): return true
    case (.named("JSON", _), _), (.graph, .graph): return true
    case (.optional(let a), .optional(let b)), (.list(let a), .list(let b)): return a.canBe(b)
    case (.optional(let wrapped), _): return wrapped.canBe(other)
    case (.named(let a, _), .named(let b, _)):
      return a == b || (Self.texts.contains(a) && Self.texts.contains(b))
        || (Self.numbers.contains(a) && Self.numbers.contains(b))
    default: return unrefined == other.unrefined
    }
  }

  private static let texts: Set = ["Text", "Path", "Address", "URL", "Pattern", "Bytes"]
  private static let numbers: Set = ["Int", "Double", "Port"]
}

extension ParameterType {
  /// Whether a value of which only the type is known may be given.
  func accepts(_ type: MessageType) -> Bool {
    switch (self, type) {
    case (.any, _), (_, .any), (_, .variable): true
    case (.optional(let wrapped), .optional(let inner)): wrapped.accepts(inner)
    case (.optional(let wrapped), _): wrapped.accepts(type)
    case (.list(let element), .list(let inner)): element.accepts(inner)
    case (.graph, _): type.isGraph
    case (.choice, _): MessageType.text.canBe(type)
    case (.list, _), (.range, _): false
    default: MessageType.named(description, []).canBe(type)
    }
  }

  /// The type without `?`.
  var unwrapped: ParameterType {
    if case .optional(let wrapped) = self { wrapped.unwrapped } else { self }
  }

  /// Whether a graph is what it takes.
  var isGraph: Bool {
    if case .graph = unwrapped { true } else { false }
  }

  /// Whether a list of graphs is.
  var isGraphs: Bool {
    if case .list(let element) = unwrapped { element.isGraph } else { false }
  }

  var takesGraphs: Bool { isGraph || isGraphs }

  /// What its graphs take and send; nil where it takes none.
  var graphBoxes: (inbox: MessageType?, outbox: MessageType?)? {
    switch unwrapped {
    case .graph(let inbox, let outbox): (inbox, outbox)
    case .list(let element): element.graphBoxes
    default: nil
    }
  }
}

extension ParameterType {
  /// What is wrong with `value` for any parameter of this type; nil where nothing is. Bounds are not looked at.
  func problem(with value: Value) -> ParameterError? {
    switch self {
    case .any, .graph: return nil
    case .choice(let names):
      if case .name(let name) = value, names.contains(name) { return nil }
      let all = names.map { "`\($0)`" }.joined(separator: ", ")
      return ParameterError("takes one of \(all), not \(value)", isOfRightType: false)
    case .list(let element):
      guard case .list(let values) = value else { return .mismatch(value, self) }
      return values.lazy.compactMap { element.problem(with: $0) }.first
    case .optional(let wrapped): return value == .name("none") ? nil : wrapped.problem(with: value)
    case .range(let bound):
      guard case .range(let lower, let upper) = value else { return .mismatch(value, self) }
      return bound.problem(with: lower) ?? bound.problem(with: upper)
    default: return MessageType.named(description, []).problem(with: value)
    }
  }
}
