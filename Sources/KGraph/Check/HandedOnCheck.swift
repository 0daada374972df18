import Kamaelia

/// Looks whether graphs that are given as parameters of graphs have the boxes that the parameters are declared with.
struct HandedOnCheck {
  private let expander: Expander

  init(_ expander: Expander) { self.expander = expander }

  /// Looks at all that have been given since it last ran.
  func run() {
    // What is looked into may hand on graphs itself.
    while !expander.handedOn.isEmpty {
      let all = expander.handedOn
      expander.handedOn = []
      for handed in all { check(handed) }
    }
  }

  private func check(_ handed: Expander.HandedOn) {
    guard case .graph(let inbox, let outbox)? = handed.type.innermostGraph, let kind = expander.kind(of: handed.graph)
    else { return }
    var unifier = Unifier(variables: 2)
    for (wanted, face, direction) in [
      (inbox, kind.defaultInbox, BoxDeclaration.Direction.inbox), (outbox, kind.defaultOutbox, .outbox),
    ] {
      guard var wanted else { continue }
      var mayBeMissing = false
      if case .optional(let type) = wanted { (wanted, mayBeMissing) = (type, true) }
      guard let face else {
        if mayBeMissing { continue }
        expander.findings.report(
          .graphWithoutBox(handed.graph, direction, wanted, of: handed.host, handed.parameter))
        continue
      }
      let (own, asked) = (face.term(0), Term(wanted, variables: nil))
      let fits: Bool
      if case .known(let type) = unifier.resolved(own), case .known(let other) = asked {
        fits = direction == .inbox ? other.widens(to: type) : type.widens(to: other)
      } else {
        fits = unifier.unify(own, asked, edge: 0)
      }
      guard !fits, let type = unifier.type(of: own) else { continue }
      let (from, to) = direction == .inbox ? (wanted, type) : (type, wanted)
      expander.findings.report(
        .graphMismatch(handed.graph, direction, from, to, host: handed.host, hostPlace: handed.graph.place))
    }
  }
}

extension MessageType {
  /// The graph that a parameter of this type takes, or takes several of.
  fileprivate var innermostGraph: MessageType? {
    switch self {
    case .graph: self
    case .optional(let inner), .list(let inner): inner.innermostGraph
    default: nil
    }
  }
}
