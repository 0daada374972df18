import KGraph

/// The fixes that the checker offers.
extension LanguageServer {
  struct CodeActionParameters: Decodable {
    struct Context: Decodable { let only: [String]? }

    let textDocument: TextDocument
    let range: TextRange
    let context: Context?
  }

  struct CodeAction: Encodable {
    let title: String
    var kind = "quickfix"
    let diagnostics: [ProtocolDiagnostic]
    let isPreferred: Bool?
    let edit: WorkspaceEdit

    private enum CodingKeys: String, CodingKey { case title, kind, diagnostics, isPreferred, edit }
  }

  /// More of them help nobody.
  private static let mostActions = 100

  func codeActions(_ parameters: CodeActionParameters) throws -> any Encodable {
    let document = try document(parameters.textDocument.uri)
    let only = parameters.context?.only ?? []
    if Self.isAsked("source.fixAll", by: only), let action = fixAll(document) { return [action] }
    if !only.isEmpty, !Self.isAsked("quickfix", by: only) { return [CodeAction]() }
    let start = document.lines.offset(of: parameters.range.start, client.encoding)
    let end = document.lines.offset(of: parameters.range.end, client.encoding)
    let source = document.tree.source
    var translation = workspace.translation()
    var actions: [CodeAction] = []
    for diagnostic in workspace.survey(of: document).checked.diagnostics where diagnostic.place.source === source {
      let range = diagnostic.place.range
      guard range.lowerBound <= end, range.upperBound >= start, actions.count < Self.mostActions else { continue }
      let shown = shown(diagnostic, &translation)
      for fix in diagnostic.fixes {
        actions.append(
          CodeAction(
            title: Self.sentence(fix.title), diagnostics: [shown],
            isPreferred: diagnostic.fixes.count == 1 ? true : nil,
            edit: translation.edit(fix.edits, client)))
      }
      if diagnostic.code.severity != .error {
        actions.append(
          CodeAction(
            title: "Allow \(diagnostic.code.name) on this line", diagnostics: [shown], isPreferred: nil,
            edit: translation.edit([allowance(of: diagnostic, document)], client)))
      }
    }
    return actions
  }

  /// Whether a kind is asked for by its name, or by that of a kind that it is one of; the empty kind is all of them.
  static func isAsked(_ kind: String, by only: [String]) -> Bool {
    only.contains { $0.isEmpty && kind == "quickfix" || $0 == kind || !$0.isEmpty && kind.hasPrefix($0 + ".") }
  }

  /// The comment that takes a warning back, at the end of the line.
  private func allowance(of diagnostic: Diagnostic, _ document: Document) -> Diagnostic.Fix.Edit {
    let line = document.lines.line(of: diagnostic.place.range.lowerBound)
    let end = document.lines.end(ofLine: line)
    let isComment = document.tree.tokens.contains {
      $0.kind == .comment && document.lines.start(ofLine: line)..<end ~= $0.range.lowerBound
    }
    let comment = "# allow(\(diagnostic.code.name))"
    let place = Place(document.tree.source, end..<end)
    // Two comments on a line are one comment; the allowance then goes on the line before.
    guard isComment else { return .init(place, "  " + comment) }
    let start = document.lines.start(ofLine: line)
    let indentation = document.bytes[start...].prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let blank = String(decoding: indentation, as: UTF8.self)
    return .init(Place(document.tree.source, start..<start), "\(blank)\(comment)\(document.lineEnd)")
  }

  static func sentence(_ title: String) -> String { title.prefix(1).uppercased() + title.dropFirst() }
}

extension Document {
  /// How its lines end: as the first one does.
  var lineEnd: String {
    guard let first = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return "\n" }
    return first > 0 && bytes[first - 1] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }
}
