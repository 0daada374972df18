import Kamaelia

/// Looks at the shape of a graph: what is linked to what.
struct Topology {
  let flat: Flat
  let joined: [Collapse.Joined]
  let expander: Expander
  var findings: Findings { expander.findings }

  init(_ flat: Flat, _ joined: [Collapse.Joined], _ expander: Expander) {
    self.flat = flat
    self.joined = joined
    self.expander = expander
  }

  func run() {}
}

extension Diagnostic {
  static func emptyCircle(_ linkages: [FlatLinkage]) -> Diagnostic {
    Diagnostic(
      .emptyCircle, "these linkages lead in a circle without a component", at: linkages[0].place,
      labels: linkages.dropFirst().prefix(8).map { Label($0.place, "and on") })
  }

  static func linkedTwice(_ from: Place, _ to: Place, arrow: Place, first: Place) -> Diagnostic {
    Diagnostic(
      .linkedTwice, "`\(from.text.prefix(40))` and `\(to.text.prefix(40))` are linked twice", at: arrow,
      caption: "the second time", labels: [Label(first, "the first time")])
  }
}
