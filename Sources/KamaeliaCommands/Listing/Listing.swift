import KGraph
import Kamaelia

extension Verb {
  /// `list [NAME]` over a library.
  static func list(_ library: Library) -> Verb {
    .list(names: {
      library.names.map { ($0, library.signature(of: $0)?.summary ?? "") }
    }) { invocation throws(CommandError) in
      let terminal = invocation.terminal
      let isJSON = invocation.arguments.value("format") == "json"
      let width = min(110, terminal.width)
      let fields = LibraryFields(library)
      func write(_ names: [String]) throws(CommandError) {
        let signatures = names.compactMap { library.signature(of: $0) }
        try terminal.write(
          isJSON
            ? signatures.map { JSONText.of(ComponentDescription($0)) + "\n" }.joined()
            : Wrap.table(fields.rows(names), width: width).map { $0 + "\n" }.joined())
      }
      let name = invocation.arguments.positionals.first
      if let word = invocation.arguments.value("find") {
        if name != nil { throw .usage("`--find` looks through all components, and takes no NAME") }
        let found = fields.found(by: word)
        let remark = FamiliarNames.entry(for: word.filter { !$0.isWhitespace }, among: library.names)?.remark
        if found.isEmpty {
          throw .failure(
            "nothing is said of `\(word)` by any component",
            help: [remark, "`\(invocation.program) list` lists them all"].compactMap(\.self))
        }
        try write(found)
        // Standard output is for the list, which another program may read.
        if let remark, !isJSON { terminal.say(remark + "\n") }
        return .fine
      }
      guard let name else {
        if isJSON {
          try write(library.names)
        } else {
          try terminal.write(
            fields.table(width: width, isColoured: terminal.writesColoured)
              + Wrap.lines(
                "`\(invocation.program) list NAME` tells all of one, and `--find WORD` looks for what does something.",
                width: width
              ).map { $0 + "\n" }.joined())
        }
        return .fine
      }
      if name.hasSuffix(".kgraph"), !isJSON {
        let page = GraphPage(
          try GraphFiles.read(name), width: min(100, terminal.width), isColoured: terminal.writesColoured)
        try terminal.write(page.text)
        return .fine
      }
      guard let signature = library.signature(of: name) else {
        let familiar = FamiliarNames.entry(for: name, among: library.names)
        let near = (familiar?.components ?? Suggestions.closest(to: name, among: library.names)).map { "`\($0)`" }
        let found = fields.found(by: name)
        var help = near.isEmpty ? [] : ["did you mean \(near.joined(separator: " or "))?"]
        if let remark = familiar?.remark { help.append(remark) }
        if !found.isEmpty {
          let names = found.prefix(3).map { "`\($0)`" }.joined(separator: ", ")
          help.append(
            "`\(invocation.program) list --find \(name)` finds \(names)\(found.count > 3 ? " and others" : "")")
        }
        throw .usage(
          "the library has no component `\(name)`",
          help: help.isEmpty ? ["`\(invocation.program) list` lists them"] : help)
      }
      let page = ManualPage(
        signature: signature, width: min(100, terminal.width), isColoured: terminal.writesColoured)
      try terminal.write(isJSON ? JSONText.of(ComponentDescription(signature)) + "\n" : page.text)
      return .fine
    }
  }
}
