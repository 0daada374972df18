/// The words that begin a statement, where they fit it: a `param` followed by anything but a name is a name itself.
package enum Keyword: String, Sendable, Hashable, CaseIterable {
  case parameter = "param"
  case inbox, outbox, graph
  case importing = "import"
  case backplane, defaults
  case loop = "for"
  case condition = "if"
  case test, on, host

  /// Whether a block in braces belongs to the statement.
  var ownsBlock: Bool {
    switch self {
    case .graph, .loop, .condition, .test, .on: true
    case .parameter, .inbox, .outbox, .importing, .backplane, .defaults, .host: false
    }
  }
}

/// The words that mean something in one place and are names everywhere else.
package enum ContextualWord: String, Sendable, Hashable, CaseIterable {
  case alias = "as"
  case origin = "from"
  case containment = "in"
  case subject = "of"
  case alternative = "else"
  case negation = "not"
  case conjunction = "and"
  case disjunction = "or"
  case yes = "true"
  case no = "false"
  case replicate, by, roundRobin, key, ordered, restart
  case send, close, expect, advance, replace, with, cases
  case closed, within, nothing, matching, recorded, any, order
  /// The type of a parameter that takes a graph.
  case graphType = "Graph"
  /// The one word that is no name anywhere.
  case own = "self"
}
