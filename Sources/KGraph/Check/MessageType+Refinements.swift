import Kamaelia

extension MessageType {
  var isNoList: Bool {
    if case .list = self { false } else { true }
  }

  /// The variables in it, each with the way to it.
  var waysToVariables: [(String, [RefinementCheck.Step])] {
    switch self {
    case .variable(let name): [(name, [])]
    case .list(let inner): inner.waysToVariables.map { ($0.0, [.element] + $0.1) }
    case .optional(let inner): inner.waysToVariables.map { ($0.0, [.wrapped] + $0.1) }
    case .record(let fields):
      fields.flatMap { field in field.type.waysToVariables.map { ($0.0, [.field(field.name)] + $0.1) } }
    case .any, .named, .graph: []
    }
  }

  /// What it says beyond names, of itself and of what it is made of.
  var refinements: [(RefinementCheck.Subject, Value)] {
    func inside(_ type: MessageType, _ step: RefinementCheck.Step) -> [(RefinementCheck.Subject, Value)] {
      type.refinements.map { (RefinementCheck.Subject(path: [step] + $0.0.path, name: $0.0.name), $0.1) }
    }
    switch self {
    case .named(_, let own): return own.map { (RefinementCheck.Subject(path: [], name: $0.name), $0.value) }
    case .list(let inner): return inside(inner, .element)
    case .optional(let inner): return inside(inner, .wrapped)
    case .record(let fields): return fields.flatMap { inside($0.type, .field($0.name)) }
    case .any, .graph, .variable: return []
    }
  }

  /// The type with what is known of it and of its parts.
  func refined(by facts: [RefinementCheck.Subject: Value]) -> MessageType {
    func inside(_ type: MessageType, _ step: RefinementCheck.Step) -> MessageType {
      var inner: [RefinementCheck.Subject: Value] = [:]
      for (subject, value) in facts where subject.path.first == step {
        inner[.init(path: Array(subject.path.dropFirst()), name: subject.name)] = value
      }
      return inner.isEmpty ? type : type.refined(by: inner)
    }
    switch self {
    case .named(let name, _):
      let own = facts.filter { $0.key.path.isEmpty }.sorted { $0.key < $1.key }
      return .named(name, own.map { Refinement($0.key.name, $0.value) })
    case .list(let element): return .list(inside(element, .element))
    case .optional(let wrapped): return .optional(inside(wrapped, .wrapped))
    case .record(let fields): return .record(fields.map { Field($0.name, inside($0.type, .field($0.name))) })
    case .any, .graph, .variable: return self
    }
  }
}
