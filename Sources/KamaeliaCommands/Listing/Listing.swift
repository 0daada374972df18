import KGraph
import Kamaelia

extension Verb {
  /// `list [NAME]` over a library.
  static func list(_ library: Library) -> Verb {
    .list(names: { library.names }) { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let isJSON = invocation.arguments.value("format") == "json"
      guard let name = invocation.arguments.positionals.first else {
        let signatures = library.names.compactMap { library.signature(of: $0) }
        let rows = signatures.map { (name: $0.name, text: $0.summary) }
        try terminal.write(
          isJSON
            ? signatures.map { JSONText.of(ComponentDescription($0)) + "\n" }.joined()
            : Wrap.table(rows, width: min(110, terminal.width)).map { $0 + "\n" }.joined())
        return .fine
      }
      guard let signature = library.signature(of: name) else {
        let familiar = FamiliarNames.entry(for: name, among: library.names)
        let near = (familiar?.components ?? Suggestions.closest(to: name, among: library.names)).map { "`\($0)`" }
        let help = near.isEmpty ? [] : ["did you mean \(near.joined(separator: " or "))?"]
        let remark = familiar?.remark.map { [$0] } ?? []
        throw .usage(
          "the library has no component `\(name)`",
          help: help + remark + (near.isEmpty ? ["`\(invocation.program) list` lists them"] : []))
      }
      let page = ManualPage(
        signature: signature, width: min(100, terminal.width), isColoured: terminal.writesColoured)
      try terminal.write(isJSON ? JSONText.of(ComponentDescription(signature)) + "\n" : page.text)
      return .fine
    }
  }
}
