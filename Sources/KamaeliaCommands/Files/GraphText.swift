import KGraph

/// The graphs of a file, each a text of its own: the file itself, or the blocks of a Markdown file.
enum GraphText {
  static func all(in source: Source) -> [Source] {
    guard Markdown.isNamed(source.name) else { return [source] }
    let markdown = Markdown(source)
    return markdown.blocks.map { markdown.graph(of: $0) }
  }
}
