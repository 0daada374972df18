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
    var allowances: [LineOfCode: [Place]] = [:]
    for file in program.files {
      for allowance in file.tree.allowances {
        for line in allowance.lines {
          let key = LineOfCode(file: ObjectIdentifier(file.tree.source), line: line, code: allowance.code.text)
          allowances[key, default: []].append(allowance.code.place)
        }
      }
    }
    var used: Set<Place> = []
    let remaining = diagnostics.filter { diagnostic in
      guard diagnostic.code.severity != .error else { return true }
      // A circle of linkages has several lines, and the comment may stand on any of them.
      let allowing = ([diagnostic.place] + diagnostic.labels.map(\.place)).flatMap { place in
        let line = place.source.line(of: place.range.lowerBound)
        return allowances[LineOfCode(file: ObjectIdentifier(place.source), line: line, code: diagnostic.code.name)]
          ?? []
      }
      used.formUnion(allowing)
      return allowing.isEmpty
    }
    return (remaining + stale(program, used, diagnostics)).compactMap { diagnostic in
      guard diagnostic.code.severity != .error else { return diagnostic }
      var result = diagnostic
      let name = diagnostic.code.name
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

  private struct LineOfCode: Hashable {
    let file: ObjectIdentifier
    let line: Int
    let code: String
  }

  /// Comments of the file itself that have allowed nothing. Errors can hide what they are about, and so can the condition of an
  /// `if`.
  private func stale(_ program: Program, _ used: Set<Place>, _ diagnostics: [Diagnostic]) -> [Diagnostic] {
    guard let tree = program.files.first?.tree, !diagnostics.contains(where: { $0.severity == .error }) else {
      return []
    }
    return tree.allowances.filter { allowance in
      guard let code = Code.named(allowance.code.text), code.severity != .error, code.commands.isEmpty else {
        return false
      }
      return !allowance.isConditional && !used.contains(allowance.code.place)
    }.map { .staleAllowance($0.code) }
  }
}
