/// One end of a linkage.
package enum LinkageEnd: Sendable {
  /// A box of a component, which may have ended.
  case box(Instance, BoxName)
  /// A box of whoever hosts the graph: `self.heard`.
  case host(String)
  /// What a graph puts into an inbox before anything else.
  case literal(Value)

  /// The component, where the end is a component's box.
  package var instance: Instance? {
    if case .box(let instance, _) = self { instance } else { nil }
  }
}

extension LinkageEnd: CustomStringConvertible {
  /// As messages say it: `tail.outbox`, `self.heard`, `"done"`.
  package var description: String {
    switch self {
    case .box(let instance, let box): "\(instance.name).\(box)"
    case .host(let box): "self.\(box)"
    case .literal(let value): "\(value)"
    }
  }
}

/// Both ends of a linkage.
package struct LinkageEnds: Sendable, CustomStringConvertible {
  package let from: LinkageEnd
  package let to: LinkageEnd

  package init(from: LinkageEnd, to: LinkageEnd) {
    self.from = from
    self.to = to
  }

  package var description: String { "\(from) -> \(to)" }
}
