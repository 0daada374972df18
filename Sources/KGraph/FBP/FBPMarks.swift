/// The names that things had in an `.fbp` file and could not keep here.
///
/// They stand in comments at the end of the lines that declare them: `outbox out1: Any  # fbp OUT[1]`. Who fills a graph in may
/// take them away; then its names are written as they are.
struct FBPMarks {
  private static let sign = "# fbp "
  /// By file and line, from 0.
  private var names: [ObjectIdentifier: [Int: String]] = [:]

  init(_ files: [GraphFile]) {
    for file in files {
      for token in file.tokens where token.kind == .comment {
        let words = file.source.text(token.range)
        guard words.hasPrefix(Self.sign) else { continue }
        let name = String(words.dropFirst(Self.sign.count)).trimmingTrailingBlanks
        names[ObjectIdentifier(file.source), default: [:]][file.source.line(of: token.range.lowerBound)] = name
      }
    }
  }

  /// What to write at the end of the line of a declaration; nothing where the name is the same there and here.
  static func comment(_ name: String, as written: String) -> String { name == written ? "" : "  \(sign)\(name)" }

  /// Whether a comment is one of these.
  static func isMark(_ comment: String) -> Bool { comment.hasPrefix(sign) }

  /// The name that was declared at a place, which has to be the first on its line.
  func name(declaredAt place: Place) -> String? {
    // A file's own graph is declared nowhere.
    guard !place.range.isEmpty else { return nil }
    let source = place.source
    let line = source.line(of: place.range.lowerBound)
    guard let name = names[ObjectIdentifier(source)]?[line], !name.isEmpty else { return nil }
    let before = source.text(source.lineStarts[line]..<place.range.lowerBound)
    return ["", "graph", "inbox", "outbox"].contains(before.split(separator: " ").joined()) ? name : nil
  }
}
