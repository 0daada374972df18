/// How large a graph may become. What goes beyond is refused before it is built.
package struct Limits: Sendable, Hashable {
  /// Instances of the expanded graph, its subgraphs included.
  package var instances = 100_000
  /// Linkages of the expanded graph.
  package var linkages = 1_000_000
  /// Turns of `for` in all.
  package var turns = 1_000_000
  /// Graphs inside graphs, and imports of imports.
  package var depth = 64
  /// Bytes of one file.
  package var fileSize = 8 << 20
  package var files = 256

  package static let standard = Limits()
}
