import KGraph

/// Finding nodes by their places.
extension GraphFile {
  /// The nodes that hold `offset` or end at it, from the outside in.
  func path(to offset: Int) -> [any SyntaxNode] {
    var path: [any SyntaxNode] = []
    var node: any SyntaxNode = self
    while true {
      path.append(node)
      let inside = node.children.filter {
        $0.place.range.lowerBound <= offset && offset <= $0.place.range.upperBound && !$0.place.range.isEmpty
      }
      // Of two that meet, the one that begins there.
      guard let next = inside.last else { return path }
      node = next
    }
  }

  /// The chain with an arrow at `offset`, and the arrow's number.
  func arrow(at offset: Int) -> (chain: Chain, number: Int)? {
    for case let chain as Chain in path(to: offset).reversed() {
      if let number = chain.arrows.firstIndex(where: {
        $0.place.range.lowerBound <= offset && offset <= $0.place.range.upperBound
      }) {
        return (chain, number)
      }
    }
    return nil
  }

  func importing(at offset: Int) -> ImportDeclaration? {
    path(to: offset).lazy.compactMap { $0 as? ImportDeclaration }.first
  }

  /// The loop that declares the variable at `place`.
  func loop(of place: Place) -> ForStatement? {
    path(to: place.range.lowerBound).reversed().lazy.compactMap { $0 as? ForStatement }.first {
      $0.variable.place == place
    }
  }

  /// Calls `visit` with every node, those around before those inside.
  func walk(_ visit: (any SyntaxNode) -> Void) {
    var waiting: [any SyntaxNode] = [self]
    while let node = waiting.popLast() {
      visit(node)
      waiting += node.children.reversed()
    }
  }
}
