import Foundation

extension Report {
  /// One JSON object a line for each diagnostic, keys in alphabetical order.
  ///
  /// `line`, `column`, `endLine` and `endColumn` count from 1, columns in Unicode scalars, the end exclusive;
  /// `byteStart` and `byteEnd` are offsets from 0 in the file. `caption` is what is said under the underlined text. A
  /// fix is a list of edits, to be made all or none, with offsets in the file as it is.
  package func json() -> String {
    diagnostics.map { JSONText.of(JSONDiagnostic($0)) + "\n" }.joined()
  }
}

/// JSON as we write it everywhere: sorted keys, no needless escapes.
package enum JSONText {
  /// - Parameter isPretty: over several lines, for people; otherwise on one.
  package static func of(_ value: some Encodable, isPretty: Bool = false) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      preconditionFailure("a value that JSON cannot hold: \(error)")
    }
  }
}

private struct JSONDiagnostic: Encodable {
  struct Label: Encodable {
    let place: ReportPlace
    let message: String

    private enum Key: CodingKey { case message }

    func encode(to encoder: any Encoder) throws {
      try place.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(message, forKey: .message)
    }
  }

  struct Edit: Encodable {
    let place: ReportPlace
    let replacement: String

    private enum Key: CodingKey { case replacement }

    func encode(to encoder: any Encoder) throws {
      try place.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(replacement, forKey: .replacement)
    }
  }

  struct Fix: Encodable {
    let title: String
    let edits: [Edit]
  }

  private enum Key: CodingKey { case code, severity, message, caption, labels, helps, fixes }

  let diagnostic: Diagnostic

  init(_ diagnostic: Diagnostic) { self.diagnostic = diagnostic }

  func encode(to encoder: any Encoder) throws {
    try ReportPlace(diagnostic.place).encode(to: encoder)
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(diagnostic.code.name, forKey: .code)
    try container.encode(diagnostic.severity.rawValue, forKey: .severity)
    try container.encode(diagnostic.message, forKey: .message)
    try container.encode(diagnostic.caption, forKey: .caption)
    try container.encode(diagnostic.helps, forKey: .helps)
    try container.encode(
      diagnostic.labels.map { Label(place: ReportPlace($0.place), message: $0.text) }, forKey: .labels)
    let fixes = diagnostic.fixes.map { fix in
      Fix(
        title: fix.title,
        edits: fix.edits.map { Edit(place: ReportPlace($0.place), replacement: $0.replacement) })
    }
    try container.encode(fixes, forKey: .fixes)
  }
}
