import KGraph

/// A file that is open in the editor, as it is there.
final class Document {
  /// A change as the client sends it; the whole text without a range.
  struct Change: Decodable {
    let range: TextRange?
    let text: String
  }

  let uri: String
  /// The name that imports and messages know it by: its path where it has one.
  let path: String
  private(set) var version: Int
  private(set) var bytes: [UInt8]
  private(set) var lines: LineTable
  private var parsed: GraphFile?
  /// What the last check found, of this text or of an earlier one.
  var survey: Survey?
  /// Whether the check is of this text and of its imports as they are.
  var isSurveyed = false
  /// What the names of this text mean.
  var index: SymbolIndex?

  init(uri: String, path: String, version: Int, text: String) {
    self.uri = uri
    self.path = path
    self.version = version
    bytes = Array(text.utf8)
    lines = LineTable(bytes)
  }

  /// Its tree, made when it is first asked for.
  var tree: GraphFile {
    if let parsed { return parsed }
    let tree = GraphFile.parse(Source(name: path, bytes: bytes))
    parsed = tree
    return tree
  }

  /// Changes the text, one change after the other, each in terms of the text that the one before has left.
  func apply(_ changes: [Change], version: Int, _ encoding: PositionEncoding) {
    for change in changes {
      if let range = change.range {
        let start = lines.offset(of: range.start, encoding)
        let end = max(start, lines.offset(of: range.end, encoding))
        bytes.replaceSubrange(start..<end, with: Array(change.text.utf8))
      } else {
        bytes = Array(change.text.utf8)
      }
      lines = LineTable(bytes)
    }
    self.version = version
    parsed = nil
    forget()
  }

  /// Says that an imported file has changed: what was found out counts no more.
  func forget() {
    isSurveyed = false
    index = nil
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }
}
