import Kamaelia

/// Where to say what is wrong with an instance that a test puts in the place of another one.
extension TestChecks {
  /// Reports what was found in a test with replacements. What the graph would not have without them is said where they are
  /// written, and not in the graph, which is right.
  func report(_ found: [Diagnostic], in test: TestDeclaration) {
    let isOutside: (Diagnostic) -> Bool = { diagnostic in
      diagnostic.place.source !== test.place.source || !test.place.range.contains(diagnostic.place.range.lowerBound)
    }
    guard found.contains(where: isOutside) else {
      found.forEach(findings.report)
      return
    }
    let own = withoutReplacements(test)
    for diagnostic in found {
      guard isOutside(diagnostic), !own.contains(Finding(diagnostic)),
        let replacement = replacement(at: diagnostic.place, in: test)
      else {
        findings.report(diagnostic)
        continue
      }
      findings.report(.unfitReplacement(replacement.component.place, replacement.name, diagnostic))
    }
  }

  private struct Finding: Hashable {
    let code: Code
    let place: Place

    init(_ diagnostic: Diagnostic) {
      code = diagnostic.code
      place = diagnostic.place
    }
  }

  /// What is wrong with the graph as it is.
  private func withoutReplacements(_ test: TestDeclaration) -> Set<Finding> {
    let apart = Expander(expander.program, expander.library, expander.limits, Findings())
    var analysis = Analysis(apart, buildsPlans: false, looksIntoTemplates: false)
    if let (graph, arguments, place) = subject(of: test, apart) {
      let definition = apart.program.graphs[graph]
      _ = analysis.add(graph, arguments, at: place, in: apart.surroundings(of: definition))
    }
    return Set(apart.findings.diagnostics.map(Finding.init))
  }

  private func subject(of test: TestDeclaration, _ apart: Expander) -> (Int, [String: Evaluated], Place)? {
    guard let subject = test.subject else { return (main.id, apart.bind(to: main) { _, _ in nil }, test.name.place) }
    guard case .name(let name) = subject.subject,
      let target = apart.program.binding(of: name.text, in: main.id)?.target
    else { return nil }
    return (
      target, apart.bind(subject.arguments, to: target, at: subject.place, from: main.id, scope), subject.place
    )
  }

  /// The replacement that is spoken of there: the one whose name is written on the line, or else the first.
  private func replacement(at place: Place, in test: TestDeclaration) -> TestDeclaration.Replacement? {
    let line = place.source.lineText(place.source.line(of: place.range.lowerBound))
    let words = Set(line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    return test.replacements.first { words.contains($0.name.text) } ?? test.replacements.first
  }
}

extension Diagnostic {
  /// Says: in the place of `…`, this does not fit: ….
  ///
  /// - Parameter found: what is wrong in the graph because of it.
  static func unfitReplacement(_ place: Place, _ name: Name, _ found: Diagnostic) -> Diagnostic {
    // Nothing is to be changed in the graph itself.
    Diagnostic(
      found.code, found.severity, "in the place of `\(name.text)`, this does not fit: \(found.message)", at: place,
      labels: [Label(found.place, found.caption.isEmpty ? "here" : found.caption)] + found.labels,
      helps: found.code == .mismatch ? [] : found.helps)
  }
}
