/// What the user wants to be told: `--deny`, `--warn` and `--allow`, each with codes or the word `warnings`.
package struct Severities: Sendable, Hashable {
  package var deny: Set<String>
  package var warn: Set<String>
  package var allow: Set<String>

  package init(deny: Set<String> = [], warn: Set<String> = [], allow: Set<String> = []) {
    self.deny = deny
    self.warn = warn
    self.allow = allow
  }

  /// The diagnostics with the severities that are asked for. Errors stay what they are; what `# allow(…)` or `--allow` speaks of
  /// is left out. A code counts before `warnings`, and of both for one code the stricter counts.
  func apply(_ diagnostics: [Diagnostic], _ program: Program) -> [Diagnostic] {
    var allowances: [Place: Set<String>] = [:]
    for file in program.files {
      for allowance in file.tree.allowances {
        let source = file.tree.source
        let start = source.lineStarts[min(allowance.line, source.lineStarts.count - 1)]
        allowances[Place(source, start..<start), default: []].insert(allowance.code.text)
      }
    }
    return diagnostics.compactMap { diagnostic in
      guard diagnostic.code.severity != .error else { return diagnostic }
      var result = diagnostic
      let name = diagnostic.code.name
      // A circle of linkages has several lines, and the comment may stand on any of them.
      let isAllowed = ([diagnostic.place] + diagnostic.labels.map(\.place)).contains { place in
        let start = place.source.lineStarts[place.source.line(of: place.range.lowerBound)]
        return allowances[Place(place.source, start..<start)]?.contains(diagnostic.code.name) ?? false
      }
      if isAllowed { return nil }
      if deny.contains(name) {
        result.severity = .error
      } else if warn.contains(name) {
        result.severity = .warning
      } else if allow.contains(name) {
        return nil
      } else if diagnostic.severity == .warning {
        if deny.contains("warnings") { result.severity = .error } else if allow.contains("warnings") { return nil }
      }
      return result
    }
  }
}
