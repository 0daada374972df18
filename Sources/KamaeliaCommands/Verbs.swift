import KGraph

/// The table of verbs, in the order that help lists them.
package enum Verbs {
  /// - Parameters:
  ///   - codes: all codes of diagnostics, for `explain`.
  ///   - diagnose: checks a graph, for the examples of `explain`.
  package static func table(codes: [Code], diagnose: (@Sendable (String) -> [Diagnostic])? = nil) -> [Verb] {
    [
      .new,
      .explain(codes, diagnose: diagnose),
      .completion,
      .version,
      .help,
    ]
  }
}
