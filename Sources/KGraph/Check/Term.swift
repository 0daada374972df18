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

extension MessageType {
  /// Whether messages of this type may go where `other` is taken; both without refinements.
  package func widens(to other: MessageType) -> Bool {
    if self == other || other == .any || isWhole(of: other) { return true }
    if case .optional(let wrapped) = other { return self == wrapped || isWhole(of: wrapped) }
    return false
  }

  /// Whether it is `other` with `Int` in the place of `Double`: the number itself, or lists of such.
  private func isWhole(of other: MessageType) -> Bool {
    switch (self, other) {
    case (.list(let own), .list(let theirs)), (.optional(let own), .optional(let theirs)): own.isWhole(of: theirs)
    default: self == .int && other == .double
    }
  }
}
