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
    let trees = Dictionary(program.files.map { (ObjectIdentifier($0.tree.source), $0.tree) }) { first, _ in first }
    return diagnostics.compactMap { diagnostic in
      guard diagnostic.code.severity != .error else { return diagnostic }
      var result = diagnostic
      let name = diagnostic.code.name
      if let tree = trees[ObjectIdentifier(diagnostic.place.source)] {
        let line = diagnostic.place.source.line(of: diagnostic.place.range.lowerBound)
        if tree.allows(diagnostic.code, onLine: line) { return nil }
      }
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
