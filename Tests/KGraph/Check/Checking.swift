import Kamaelia

@testable import KGraph

/// Checks a text, and says what came of it in a form that is short to write down.
func check(
  _ text: String, files: [String: String] = [:], settings: [String: String] = [:], for purpose: Checker.Purpose = .use,
  severities: Severities = .init(), limits: Limits = .standard, library: Library = CheckingLibrary.standard
) -> Checked {
  Checker(library: library, loader: MemoryLoader(files), limits: limits)
    .check(Source(name: "main.kgraph", text: text), settings: settings, for: purpose, severities: severities)
}

extension Checked {
  /// The diagnostics: `3:5 K0301 these boxes carry different types`, the file before it where it is another.
  var words: [String] {
    diagnostics.map { diagnostic in
      let (line, column) = diagnostic.place.source.position(of: diagnostic.place.range.lowerBound)
      let file = diagnostic.place.source.name == "main.kgraph" ? "" : "\(diagnostic.place.source.name):"
      return "\(file)\(line):\(column) \(diagnostic.code.name) \(diagnostic.message)"
    }
  }

  var codes: [String] { diagnostics.map(\.code.name) }

  /// The linkages of the plan: `tail.outbox -> errors.inbox: Text`.
  var linkages: [String] { plan.map { plan in plan.linkages.map { plan.words(of: $0) } } ?? ["no plan"] }

  /// The instances of the plan: `tail FileTail(from: end, path: "a")`.
  var instances: [String] {
    (plan?.instances ?? []).map { instance in
      let arguments = instance.arguments.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
      let types = instance.types.sorted { $0.key < $1.key }.map { "\($0.key) = \($0.value)" }
      return "\(instance.path) \(instance.component)\(types.isEmpty ? "" : "<\(types.joined(separator: ", "))>")"
        + "(\(arguments.joined(separator: ", ")))"
    }
  }
}

extension Plan {
  func words(of end: PlannedEnd) -> String {
    switch end {
    case .box(let instance, let name, let index): "\(instances[instance].path).\(name)\(index.map { "\($0)" } ?? "")"
    case .backplane(let path): "@\(path)"
    case .exported(let name): "self.\(name)"
    }
  }

  func words(of linkage: PlannedLinkage) -> String {
    "\(words(of: linkage.from)) -> \(words(of: linkage.to)): \(linkage.type)"
  }
}
