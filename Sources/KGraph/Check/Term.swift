import Kamaelia

/// A type in which something may still have to be found.
indirect enum Term: Hashable, Sendable {
  /// Without refinements and without variables.
  case known(MessageType)
  /// Its number among the variables of the graph.
  case variable(Int)
  case list(Term)
  case optional(Term)
  case record([Field])
  /// An error has been reported; fits everything.
  case unknown

  struct Field: Hashable, Sendable {
    let name: String
    let term: Term
  }

  /// - Parameter variables: the number that `T` has; that of `U` follows.
  init(_ type: MessageType?, variables: Int?) {
    guard let type else {
      self = .unknown
      return
    }
    switch type {
    case .variable(let name):
      self = variables.map { .variable($0 + (name == "U" ? 1 : 0)) } ?? .known(.any)
    case .any: self = .known(type)
    case .named(_, let refinements) where refinements.isEmpty: self = .known(type)
    case _ where type.variables.isEmpty: self = .known(type.unrefined)
    case .list(let element): self = .list(Term(element, variables: variables))
    case .optional(let wrapped): self = .optional(Term(wrapped, variables: variables))
    case .record(let fields):
      self = .record(fields.map { Field(name: $0.name, term: Term($0.type, variables: variables)) })
    case .named, .graph: self = .known(type.unrefined)
    }
  }

  /// The parts of a known type in the form of terms, where it has parts.
  var opened: Term {
    guard case .known(let type) = self else { return self }
    return switch type {
    case .list(let element): .list(.known(element))
    case .optional(let wrapped): .optional(.known(wrapped))
    case .record(let fields): .record(fields.map { Field(name: $0.name, term: .known($0.type)) })
    case .any, .named, .graph, .variable: self
    }
  }
}

/// Finds what stands for variables, by making terms equal.
struct Unifier {
  private var parents: [Int]
  private var bindings: [Term?]
  /// What bound the variable: the number of an edge.
  private var causes: [Int?]

  init(variables: Int) {
    parents = Array(0..<variables)
    bindings = Array(repeating: nil, count: variables)
    causes = Array(repeating: nil, count: variables)
  }

  /// The variable that stands for all that are equal to this one.
  mutating func root(_ variable: Int) -> Int {
    var current = variable
    while parents[current] != current {
      parents[current] = parents[parents[current]]
      current = parents[current]
    }
    return current
  }

  /// The term, or what its variable is bound to.
  mutating func shallow(_ term: Term) -> Term {
    guard case .variable(let variable) = term else { return term }
    let root = root(variable)
    return bindings[root] ?? .variable(root)
  }

  /// The edge that bound the variable of `term`.
  mutating func cause(of term: Term) -> Int? {
    guard case .variable(let variable) = term else { return nil }
    return causes[root(variable)]
  }

  /// The term with everything in it that is known.
  mutating func resolved(_ term: Term) -> Term {
    switch shallow(term) {
    case .known(let type): return .known(type)
    case .variable(let root): return .variable(root)
    case .unknown: return .unknown
    case .list(let element):
      let inner = resolved(element)
      if case .known(let type) = inner { return .known(.list(type)) }
      return inner == .unknown ? .unknown : .list(inner)
    case .optional(let wrapped):
      let inner = resolved(wrapped)
      if case .known(let type) = inner { return .known(.optional(type)) }
      return inner == .unknown ? .unknown : .optional(inner)
    case .record(let fields):
      var types: [MessageType.Field] = []
      var terms: [Term.Field] = []
      for field in fields {
        let inner = resolved(field.term)
        if inner == .unknown { return .unknown }
        if case .known(let type) = inner { types.append(.init(field.name, type)) }
        terms.append(Term.Field(name: field.name, term: inner))
      }
      return types.count == fields.count ? .known(.record(types)) : .record(terms)
    }
  }

  /// The type, `Any` standing for what nothing determines; nil where an error has been reported.
  mutating func type(of term: Term) -> MessageType? {
    switch shallow(term) {
    case .known(let type): return type
    case .variable: return .any
    case .unknown: return nil
    case .list(let element): return type(of: element).map { .list($0) }
    case .optional(let wrapped): return type(of: wrapped).map { .optional($0) }
    case .record(let fields):
      var types: [MessageType.Field] = []
      for field in fields {
        guard let type = type(of: field.term) else { return nil }
        types.append(.init(field.name, type))
      }
      return .record(types)
    }
  }

  /// Makes two terms equal.
  ///
  /// - Parameter edge: what asks for it.
  /// - Returns: false if they cannot be; something of them may be bound all the same.
  mutating func unify(_ a: Term, _ b: Term, edge: Int) -> Bool {
    let (a, b) = (shallow(a), shallow(b))
    switch (a, b) {
    case (.unknown, _), (_, .unknown): return true
    case (.variable(let x), .variable(let y)):
      if x != y { parents[x] = y }
      return true
    case (.variable(let x), let term), (let term, .variable(let x)):
      if contains(term, x) { return false }
      bindings[x] = term
      causes[x] = edge
      return true
    case (.known(let x), .known(let y)): return x == y
    default: break
    }
    switch (a.opened, b.opened) {
    case (.list(let x), .list(let y)), (.optional(let x), .optional(let y)): return unify(x, y, edge: edge)
    case (.record(let x), .record(let y)):
      guard x.map(\.name) == y.map(\.name) else { return false }
      for (x, y) in zip(x, y) where !unify(x.term, y.term, edge: edge) { return false }
      return true
    default: return false
    }
  }

  /// Whether a type would have to be a part of itself.
  private mutating func contains(_ term: Term, _ variable: Int) -> Bool {
    switch shallow(term) {
    case .variable(let other): return other == variable
    case .list(let inner), .optional(let inner): return contains(inner, variable)
    case .record(let fields):
      for field in fields where contains(field.term, variable) { return true }
      return false
    case .known, .unknown: return false
    }
  }
}

extension MessageType {
  /// Whether messages of this type may go where `other` is taken; both without refinements.
  package func widens(to other: MessageType) -> Bool {
    self == other || other == .any || (self == .int && other == .double)
  }
}
