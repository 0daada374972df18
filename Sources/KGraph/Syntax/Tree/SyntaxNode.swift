/// A part of the tree that stands for a stretch of the text.
///
/// Nodes nest: the places of `children` lie inside `place`, in order, and do not overlap. Blank space, comments and
/// signs between them belong to the node itself, so a walk through the tree meets each token of a file exactly once.
package protocol SyntaxNode: Sendable {
  var place: Place { get }
  /// The parts, in the order of the text.
  var children: [any SyntaxNode] { get }
}

/// A name as written, and where.
package struct Name: SyntaxNode, Hashable {
  package let text: String
  package let place: Place

  package init(_ text: String, _ place: Place) {
    self.text = text
    self.place = place
  }

  /// True for a name that should be there and is not; its place is a point, and an error has been reported.
  package var isMissing: Bool { text.isEmpty }
  package var children: [any SyntaxNode] { [] }
}

/// The lines of `##` before a declaration.
package struct Documentation: Sendable, Hashable {
  /// The text without the signs, lines joined by `\n`.
  package let text: String
  package let place: Place
}
