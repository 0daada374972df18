import Kamaelia

/// Where a segment stands in its chain, and so which of its boxes are used.
struct Position {
  let hasBefore: Bool
  let hasAfter: Bool
  /// What comes to it, where that is known.
  var incoming: MessageType?
  /// Whether what stands before it was found to send nothing, so that its own end is no news.
  var isBehindNothing = false

  /// - Parameter count: how many segments there are.
  init(_ index: Int, of count: Int) {
    hasBefore = index > 0
    hasAfter = index + 1 < count
  }

  /// Whether something of this kind could stand here.
  func suits(_ kind: Kind) -> Bool {
    if hasBefore, !(kind.defaultInbox?.takes(incoming) ?? false) { return false }
    return !hasAfter || kind.defaultOutbox != nil
  }

  /// Those of the names that are near to `name` and could stand here, or all of them if none of the near ones could.
  ///
  /// - Parameter kind: of what has that name; nil where it is not known.
  func suited(_ names: [String], to name: String, _ kind: (String) -> Kind?) -> [String] {
    let near = Suggestions.closest(to: name, among: names, limit: 20)
    let suited = near.filter { kind($0).map(suits) ?? true }
    return suited.isEmpty ? near : suited
  }
}

extension Kind.Face {
  /// Whether messages of the type may go to the box; nil for a type that is not known yet.
  func takes(_ incoming: MessageType?) -> Bool {
    guard let incoming, !isGeneric, let type else { return true }
    return incoming.widens(to: type.unrefined)
  }
}
