import Kamaelia

/// A value that the command line sets.
enum Setting {
  /// What is shown where a setting is wrong.
  static func source(_ name: String, _ text: String) -> Source {
    Source(name: "--set", text: "\(name)=\(text)")
  }

  /// Texts are taken as they are, so that a shell's quotes are enough; all else is written as in a graph.
  static func read(
    _ text: String, for parameter: ParameterDeclaration, _ type: MessageType?, _ expander: Expander
  ) -> Evaluated {
    guard let type else { return .broken }
    let name = parameter.name.text
    let shown = source(name, text)
    let place = Place(shown, name.utf8.count + 1..<shown.bytes.count)
    if type.isPlainText, !text.hasPrefix("\"") {
      return check(.value(.text(text)), type, name, at: place, expander)
    }
    if text.allSatisfy(\.isWhitespace) {
      expander.findings.report(.badSetting(name, type, place))
      return .unknown(type)
    }
    // Read as the only argument of an instance, where any value may stand, on one line with the place kept.
    let prefix = "a = A(v: "
    let tree = GraphFile.parse(Source(name: "--set", text: "\(prefix)\(text))\n"))
    func moved(_ place: Place) -> Place {
      let shift = name.utf8.count + 1 - prefix.utf8.count
      let range = place.range
      let lower = min(max(range.lowerBound + shift, 0), shown.bytes.count)
      return Place(shown, lower..<min(max(range.upperBound + shift, lower), shown.bytes.count))
    }
    func report(_ diagnostic: Diagnostic) {
      expander.findings.report(
        Diagnostic(
          diagnostic.code, diagnostic.severity, diagnostic.message, at: moved(diagnostic.place),
          caption: diagnostic.caption, helps: diagnostic.helps))
    }
    for diagnostic in tree.diagnostics { report(diagnostic) }
    guard tree.diagnostics.isEmpty, tree.statements.count == 1, case .instance(let node) = tree.statements[0],
      node.component.arguments.count == 1
    else {
      if tree.diagnostics.isEmpty {
        expander.findings.report(.badSetting(name, type, place))
      }
      return .unknown(type)
    }
    let found = Findings()
    let evaluator = Evaluator(expander: expander, graph: expander.program.files[0].graph, findings: found)
    let value = evaluator.evaluate(
      node.component.arguments[0].value, Scope(parent: nil), wantsGraph: type.takesGraphs)
    for diagnostic in found.diagnostics { report(diagnostic) }
    return check(value, type, name, at: place, expander)
  }

  private static func check(
    _ value: Evaluated, _ type: MessageType, _ name: String, at place: Place, _ expander: Expander
  ) -> Evaluated {
    guard case .value(let known) = value else { return value.isKnown ? value : .unknown(type) }
    guard let problem = type.problem(with: known) else { return .value(type.adopting(known)) }
    expander.findings.report(
      Diagnostic(
        problem.isOfRightType ? .valueRefused : .wrongKind, "parameter `\(name)` \(problem.description)", at: place))
    return .unknown(type)
  }
}

extension MessageType {
  /// Whether its literals are texts.
  fileprivate var isPlainText: Bool {
    switch self {
    case .named(let name, _): ["Text", "Path", "Address", "Pattern", "URL", "Bytes"].contains(name)
    case .optional(let wrapped): wrapped.isPlainText
    default: false
    }
  }
}

extension Diagnostic {
  /// Says: the graph has no parameter `…`.
  static func unknownSetting(_ name: String, _ source: Source, candidates: [String]) -> Diagnostic {
    let place = Place(source, 0..<name.utf8.count)
    return Diagnostic(
      .unknownSetting, "the graph has no parameter `\(name)`", at: place,
      helps: [candidates.isEmpty ? "it has no parameters" : "it has \(listed(candidates))"],
      fixes: renaming(place, name, among: candidates))
  }

  /// Says: parameter `…` takes …, and this is no single value.
  static func badSetting(_ name: String, _ type: MessageType, _ place: Place) -> Diagnostic {
    Diagnostic(.wrongKind, "parameter `\(name)` takes \(type), and this is no single value", at: place)
  }

  /// Says: parameter `…` has no value.
  static func missingSetting(_ parameter: ParameterDeclaration) -> Diagnostic {
    let name = parameter.name.text
    return Diagnostic(
      .missingSetting, "parameter `\(name)` has no value", at: parameter.name.place,
      caption: "declared without a default", helps: ["give it one: `--set \(name)=…`"])
  }
}
