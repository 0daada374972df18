import Kamaelia

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
    // Not by recursion: a type may be as deep as the graph is long. Types share their parts, and each is looked at once.
    var known: Set<Pair> = []
    var waiting = [(a, b)]
    while let (a, b) = waiting.popLast() {
      if case .variable(let x) = a, case .variable(let y) = b {
        let pair = Pair(first: root(x), second: root(y))
        if pair.first == pair.second || !known.insert(pair).inserted { continue }
      }
      let (a, b) = (shallow(a), shallow(b))
      switch (a, b) {
      case (.unknown, _), (_, .unknown): continue
      case (.variable(let x), .variable(let y)):
        if x != y { parents[x] = y }
        continue
      case (.variable(let x), let term), (let term, .variable(let x)):
        if contains(term, x) { return false }
        bindings[x] = term
        causes[x] = edge
        continue
      case (.known(let x), .known(let y)):
        if x != y { return false }
        continue
      default: break
      }
      switch (a.opened, b.opened) {
      case (.list(let x), .list(let y)), (.optional(let x), .optional(let y)): waiting.append((x, y))
      case (.record(let x), .record(let y)):
        guard x.map(\.name) == y.map(\.name) else { return false }
        for (x, y) in zip(x, y).reversed() { waiting.append((x.term, y.term)) }
      default: return false
      }
    }
    return true
  }

  /// Two variables that have been made equal.
  private struct Pair: Hashable {
    let first: Int
    let second: Int
  }

  /// Whether a type would have to be a part of itself.
  mutating func contains(_ term: Term, _ variable: Int) -> Bool {
    var seen: Set<Int> = []
    var waiting = parts(of: term)
    while let other = waiting.popLast() {
      if other == variable { return true }
      guard let binding = bindings[other], seen.insert(other).inserted else { continue }
      waiting += parts(of: binding)
    }
    return false
  }

  // MARK: Sizes

  /// How large a type may become: of how many parts it consists, and how many of them lie inside each other.
  static let largest = Extent(parts: 4096, depth: 256)

  struct Extent {
    var parts: Int
    var depth: Int

    func exceeds(_ other: Extent) -> Bool { parts > other.parts || depth > other.depth }
  }

  /// Finds the variables whose types have become too large although those that they are made of have not, and takes these and
  /// all that are made of them for unknown. Types share their parts, so that each is measured once, however often it is used.
  ///
  /// - Returns: the edge that bound each of them.
  mutating func cutTooLarge() -> [Int] {
    var extents: [Int: Extent?] = [:]
    var edges: [Int] = []
    for start in bindings.indices where parents[start] == start && bindings[start] != nil {
      // Not by recursion: a type may be as deep as the graph is long.
      var waiting = [start]
      while let variable = waiting.last {
        guard extents.index(forKey: variable) == nil, let binding = bindings[variable] else {
          waiting.removeLast()
          continue
        }
        let open = parts(of: binding).filter { bindings[$0] != nil && extents.index(forKey: $0) == nil }
        guard open.isEmpty else {
          waiting += open
          continue
        }
        waiting.removeLast()
        guard let extent = extent(of: binding, extents) else {
          bindings[variable] = .unknown
          extents[variable] = .some(nil)
          continue
        }
        guard extent.exceeds(Self.largest) else {
          extents[variable] = extent
          continue
        }
        if let cause = causes[variable] { edges.append(cause) }
        bindings[variable] = .unknown
        extents[variable] = .some(nil)
      }
    }
    return edges
  }

  /// The variables that a term speaks of itself.
  private mutating func parts(of term: Term) -> [Int] {
    switch term {
    case .variable(let variable): return [root(variable)]
    case .list(let inner), .optional(let inner): return parts(of: inner)
    case .record(let fields):
      var result: [Int] = []
      for field in fields { result += parts(of: field.term) }
      return result
    case .known, .unknown: return []
    }
  }

  /// Nil where something in it is too large or unknown.
  ///
  /// - Parameter extents: those of the variables in it, as far as these are bound.
  private mutating func extent(of term: Term, _ extents: [Int: Extent?]) -> Extent? {
    switch term {
    case .unknown: return nil
    case .known(let type): return type.extent
    case .variable(let variable):
      guard let known = extents[root(variable)] else { return Extent(parts: 1, depth: 1) }
      return known
    case .list(let inner), .optional(let inner):
      return extent(of: inner, extents).map { Extent(parts: Self.sum($0.parts, 1), depth: $0.depth + 1) }
    case .record(let fields):
      var whole = Extent(parts: 1, depth: 1)
      for field in fields {
        guard let part = extent(of: field.term, extents) else { return nil }
        whole = Extent(parts: Self.sum(whole.parts, part.parts), depth: max(whole.depth, part.depth + 1))
      }
      return whole
    }
  }

  private static func sum(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
  }
}

extension MessageType {
  fileprivate var extent: Unifier.Extent {
    switch self {
    case .any, .named, .graph, .variable: return .init(parts: 1, depth: 1)
    case .list(let inner), .optional(let inner):
      let extent = inner.extent
      return .init(parts: extent.parts + 1, depth: extent.depth + 1)
    case .record(let fields):
      return fields.reduce(.init(parts: 1, depth: 1)) { whole, field in
        let part = field.type.extent
        return .init(parts: whole.parts + part.parts, depth: max(whole.depth, part.depth + 1))
      }
    }
  }
}
