import KGraph
import Kamaelia

/// The table of verbs, in the order that help lists them.
package enum Verbs {
  /// - Parameter library: the components that graphs may use.
  package static func table(library: Library) -> [Verb] {
    [
      .run(library),
      .check(library),
      .fmt,
      .list(library),
      .graph(library),
      .test(library),
      .ci(library),
      .importing(library),
      .new,
      .explain(Code.all) { code in
        let example = Source(name: "example.kgraph", text: code.example)
        return Checker(library: library, loader: MemoryLoader(code.files)).check(example, for: .run).diagnostics
      },
      .lsp(library),
      .completion,
      .version,
      .help,
    ]
  }
}
