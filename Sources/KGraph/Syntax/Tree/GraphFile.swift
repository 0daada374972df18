/// A text, read: its tokens, its statements, and what is wrong with it.
///
/// Every file is itself a graph, so its statements are the body of a graph that is named after the file. Whatever the
/// text is, there is a `GraphFile`: what could not be read is a `broken` node somewhere, and has its diagnostic.
package struct GraphFile: SyntaxNode {
  package let source: Source
  /// All tokens, blank space and comments included; they tile the source.
  package let tokens: [Token]
  /// The first `##` comment, when it stands before all statements: it describes the file's own graph, even when no
  /// blank line parts it from the first declaration.
  package let documentation: Documentation?
  package let statements: [Statement]
  /// The comments `# allow(K0410)`, in the order of the text.
  package let allowances: [Allowance]
  /// Errors of syntax (K00) and of units and numbers (K01), in the order of the text.
  package let diagnostics: [Diagnostic]
  /// The statements whose end could not be made sense of, in the order of the text: what is said of them is not worth much.
  /// The whole text where it is not known what belongs to which graph.
  package let unreadable: [Range<Int>]
  /// The statements with an error of syntax that were read to their end, in the order of the text.
  package let doubtful: [Range<Int>]

  package var place: Place { Place(source, 0..<source.bytes.count) }
  package var children: [any SyntaxNode] { statements.map(\.node) }

  /// Reads a text. Never fails; what is wrong is in `diagnostics`. A text of more than 8 MiB is refused unread.
  package static func parse(_ source: Source) -> GraphFile {
    var parser = Parser(source)
    return parser.file()
  }

  /// The bytes of the file, collected by a walk through the tree, the tokens between a node's children included.
  package func printed() -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(source.bytes.count)
    var next = 0
    printTokens(of: self, from: &next, to: &bytes)
    return bytes
  }

  private func printTokens(of node: any SyntaxNode, from next: inout Int, to bytes: inout [UInt8]) {
    func print(until offset: Int) {
      while next < tokens.count, tokens[next].range.lowerBound < offset {
        bytes += source.bytes[tokens[next].range]
        next += 1
      }
    }
    for child in node.children {
      print(until: child.place.range.lowerBound)
      printTokens(of: child, from: &next, to: &bytes)
    }
    print(until: node.place.range.upperBound)
  }
}

/// A comment `# allow(K0410)`: the author knows, and does not want to be told.
package struct Allowance: Sendable, Hashable {
  /// The code as written, such as `K0410`; may be one that does not exist.
  package let code: Name
  /// The lines, from 0, that it is about: those of the statement that it stands in, behind or right before, up to the brace of its
  /// block.
  package let lines: ClosedRange<Int>
  /// Whether the statement is one of a block whose statements are not always there, `if` or `for`.
  package let isConditional: Bool
}

extension GraphFile {
  /// True if a comment allows `code` on the line, from 0.
  package func allows(_ code: Code, onLine line: Int) -> Bool {
    allowances.contains { $0.lines.contains(line) && $0.code.text == code.name }
  }
}
