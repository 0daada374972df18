import KGraph
import Kamaelia

/// The table of verbs, in the order that help lists them.
package enum Verbs {
  /// - Parameter library: the components that graphs may use.
  package static func table(library: Library) -> [Verb] {
    [
      .list(library),
      .new,
      .explain(Code.syntax),
      .completion,
      .version,
      .help,
    ]
  }
}
