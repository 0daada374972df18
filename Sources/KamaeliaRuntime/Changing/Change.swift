/// What a network did when it was given another plan.
package struct Change: Sendable, Hashable {
  /// The paths of components that were made, backplanes included.
  package var added: [String] = []
  /// The paths of components that deliver what they still have and end.
  package var removed: [String] = []
  /// How many components went on as if nothing had happened.
  package var kept = 0
  package var linkagesAdded = 0
  package var linkagesRemoved = 0
  package var linkagesKept = 0

  package init(
    added: [String] = [], removed: [String] = [], kept: Int = 0, linkagesAdded: Int = 0, linkagesRemoved: Int = 0,
    linkagesKept: Int = 0
  ) {
    self.added = added
    self.removed = removed
    self.kept = kept
    self.linkagesAdded = linkagesAdded
    self.linkagesRemoved = linkagesRemoved
    self.linkagesKept = linkagesKept
  }

  /// The paths of components that were made anew in place of others.
  package var replaced: [String] { added.filter(Set(removed).contains) }

  /// Whether everything stayed as it was.
  package var isNone: Bool { added.isEmpty && removed.isEmpty && linkagesAdded == 0 && linkagesRemoved == 0 }
}
