import KGraph
import Kamaelia

/// A file and how it is to be written: a graph, or a Markdown file with graphs in it.
struct FormattedFile {
  let old: String
  /// Nil where there are errors of syntax; then the file is left as it is.
  let new: String?
  /// The errors of syntax.
  let errors: [Diagnostic]
  private let source: Source

  init(_ source: Source) {
    self.source = source
    old = source.text(0..<source.bytes.count)
    guard Markdown.isNamed(source.name) else {
      let file = GraphFile.parse(source)
      new = Formatter.format(file)
      errors = new == nil ? file.diagnostics.filter { $0.severity == .error } : []
      return
    }
    let markdown = Markdown(source)
    var texts: [String] = []
    var errors: [Diagnostic] = []
    for block in markdown.blocks {
      if let text = Formatter.format(GraphFile.parse(Source(name: source.name, text: markdown.text(of: block)))) {
        texts.append(text)
      } else {
        // Read once more where it stands, for the places.
        errors += GraphFile.parse(markdown.graph(of: block)).diagnostics.filter { $0.severity == .error }
      }
    }
    new = texts.count == markdown.blocks.count ? markdown.replacing(texts) : nil
    self.errors = errors
  }

  /// Whether writing it would change something.
  var isDifferent: Bool { new.map { Array($0.utf8) != source.bytes } ?? false }

  /// Says where it would be written differently first; nil where it would not.
  var difference: Diagnostic? {
    guard isDifferent, let new else { return nil }
    let before = old.lines
    let after = new.lines
    let line = zip(before, after).prefix { $0 == $1 }.count
    let start = source.lineStarts[min(line, source.lineStarts.count - 1)]
    let end = start + (line < before.count ? before[line].utf8.count : 0)
    let wanted = line < after.count ? after[line].trimmingPrefix { $0 == " " } : ""
    return Diagnostic(
      .unformatted, "this would be written differently", at: Place(source, start..<end),
      helps: (wanted.isEmpty ? [] : ["write `\(wanted)`"]) + ["`kamaelia fmt` writes the whole file"])
  }
}
