/// Files that are texts in memory, under a root of their own.
package struct MemoryLoader: SourceLoader {
  private let files: [String: Source]

  /// - Parameter files: texts by path, relative to the root.
  package init(_ files: [String: String] = [:]) {
    self.files = Dictionary(uniqueKeysWithValues: files.map { ($0, Source(name: $0, text: $1)) })
  }

  package func identity(of name: String) -> String { PathText.normal(name) }

  package func load(_ name: String, limit: Int) throws(SourceError) -> Source {
    let path = PathText.normal(name)
    if path.hasPrefix("/") || path == ".." || path.hasPrefix("../") { throw .outside(root: ".", link: false) }
    guard let source = files[path] else { throw .missing }
    if source.bytes.count > limit { throw .tooLarge(limit: limit) }
    return source
  }
}
