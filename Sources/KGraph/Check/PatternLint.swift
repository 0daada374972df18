import Kamaelia

/// Finds patterns that may take for ever on one text.
struct PatternLint {
  private let flat: Flat
  private let findings: Findings

  init(_ flat: Flat, _ findings: Findings) {
    self.flat = flat
    self.findings = findings
  }

  func run() {
    var seen: Set<Place> = []
    for instance in flat.instances where instance.role == .component && !instance.arguments.isEmpty {
      for parameter in instance.kind.signature?.parameters ?? [] where parameter.type.unwrapped == .pattern {
        guard case .value(.text(let source))? = instance.arguments[parameter.name],
          source.utf8.contains(where: { $0 == UInt8(ascii: "(") }),
          let part = PatternShape(source).nestedRepeat, seen.insert(instance.componentPlace).inserted
        else { continue }
        findings.report(.nestedRepeat(part, parameter.name, of: instance))
      }
    }
  }
}

extension Diagnostic {
  /// Says: the pattern repeats what is repeated already.
  fileprivate static func nestedRepeat(_ part: String, _ parameter: String, of instance: FlatInstance) -> Diagnostic {
    Diagnostic(
      .nestedRepeat, "the pattern repeats `\(part)`, in which something is repeated already",
      at: instance.componentPlace,
      caption: "may take for ever on one text",
      helps: ["write it so that each turn has one way to match, as `(a+)+` is `a+`, and `(\\w+\\s?)*` is `[\\w\\s]*`"])
  }
}
