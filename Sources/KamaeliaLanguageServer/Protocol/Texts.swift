/// Places in texts and changes of texts, as the protocol has them.

/// A place between two characters: a line from 0, and how many units of the agreed encoding are before it on the line.
struct TextPosition: Codable, Sendable, Hashable, Comparable {
  var line: Int
  var character: Int

  static func < (a: TextPosition, b: TextPosition) -> Bool { (a.line, a.character) < (b.line, b.character) }
}

struct TextRange: Codable, Sendable, Hashable {
  var start: TextPosition
  /// Behind the last character.
  var end: TextPosition
}

struct Location: Codable, Sendable, Hashable {
  let uri: String
  let range: TextRange
}

struct TextEdit: Codable, Sendable, Hashable {
  let range: TextRange
  let newText: String
}

struct TextDocument: Codable, Sendable, Hashable { let uri: String }

struct VersionedDocument: Codable, Sendable, Hashable {
  let uri: String
  /// Null for a file that is not open.
  let version: Int?

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(uri, forKey: .uri)
    try container.encode(version, forKey: .version)
  }
}

/// Changes of several files.
struct WorkspaceEdit: Encodable, Sendable {
  struct DocumentEdit: Encodable, Sendable {
    let textDocument: VersionedDocument
    let edits: [TextEdit]
  }

  /// For clients that know no versions.
  var changes: [String: [TextEdit]]?
  var documentChanges: [DocumentEdit]?
}

struct PositionParameters: Decodable {
  let textDocument: TextDocument
  let position: TextPosition
}

struct DocumentParameters: Decodable { let textDocument: TextDocument }

struct RangeParameters: Decodable {
  let textDocument: TextDocument
  let range: TextRange
}

/// Text with headings, lists and code in it.
struct Markdown: Encodable, Sendable, Hashable {
  let kind = "markdown"
  let value: String

  init(_ value: String) { self.value = value }

  private enum CodingKeys: String, CodingKey { case kind, value }
}
