import KGraph

/// All mistakes at once that can be mended in one way only.
extension LanguageServer {
  /// More than these are mended the next time.
  private static let mostFixes = 200

  /// What editors do on saving where they are told to; nil where there is nothing to mend.
  ///
  /// Warnings stay: what is not needed yet may only be half written.
  func fixAll(_ document: Document) -> CodeAction? {
    let source = document.tree.source
    let diagnostics = workspace.survey(of: document).checked.diagnostics
    let fixes = diagnostics.filter {
      $0.severity == .error && $0.fixes.count == 1 && $0.place.source === source
    }.compactMap(\.fixes.first).filter { fix in fix.edits.allSatisfy { $0.place.source === source } }
    if fixes.isEmpty { return nil }
    var kept: [Diagnostic.Fix.Edit] = []
    var errors = diagnostics.count { $0.severity == .error }
    let together = Self.apart(fixes.flatMap(\.edits))
    let rest = self.errors(of: document, mendedBy: together)
    if rest <= errors - fixes.count {
      kept = together
    } else {
      // One of them is wrong, or they are in each other's way: each is taken that leaves fewer errors.
      for fix in fixes.prefix(Self.mostFixes) {
        let edits = Self.apart(kept + fix.edits)
        guard edits.count == kept.count + fix.edits.count else { continue }
        let left = self.errors(of: document, mendedBy: edits)
        if left < errors { (kept, errors) = (edits, left) }
      }
    }
    if kept.isEmpty { return nil }
    var translation = workspace.translation()
    return CodeAction(
      title: "Mend what can be mended in one way", kind: "source.fixAll", diagnostics: [], isPreferred: nil,
      edit: translation.edit(kept, client))
  }

  /// Those that touch no earlier one, in the order of the text; the same edit twice is one.
  private static func apart(_ edits: [Diagnostic.Fix.Edit]) -> [Diagnostic.Fix.Edit] {
    var kept: [Diagnostic.Fix.Edit] = []
    for edit in edits.sorted(by: { $0.place.range.lowerBound < $1.place.range.lowerBound }) {
      if let last = kept.last, edit.place.range.lowerBound <= last.place.range.upperBound { continue }
      kept.append(edit)
    }
    return kept
  }

  private func errors(of document: Document, mendedBy edits: [Diagnostic.Fix.Edit]) -> Int {
    var bytes = document.bytes
    for edit in edits.reversed() { bytes.replaceSubrange(edit.place.range, with: Array(edit.replacement.utf8)) }
    let tree = GraphFile.parse(Source(name: document.path, bytes: bytes))
    return workspace.checker(for: document.path, triesFixes: false).check(tree).diagnostics.count {
      $0.severity == .error
    }
  }
}
