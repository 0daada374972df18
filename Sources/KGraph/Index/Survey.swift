import Kamaelia

/// All that an editor wants to know of a graph: what is wrong, what the names mean, and what types and values were found.
package struct Survey: Sendable {
  package let checked: Checked
  package let index: SymbolIndex
  package let facts: Facts
}

extension Checker {
  /// Checks a text that has been read, and keeps what was found on the way.
  ///
  /// - Parameter known: the index of the same text and of the same imports, where it has been made.
  package func survey(_ file: GraphFile, known: SymbolIndex? = nil) -> Survey {
    let (checked, program, analysis) = examine(file, settings: [:], for: .use, severities: .init(), keepsFacts: true)
    let index = known ?? Indexer.index(program, library)
    var facts = analysis.facts ?? Facts()
    facts.finish(analysis.expander, index)
    return Survey(checked: checked, index: index, facts: facts)
  }

  /// What the names of a text mean, found without checking it.
  package func index(_ file: GraphFile) -> SymbolIndex {
    var resolver = Resolver(loader: loader, limits: limits, findings: Findings())
    _ = resolver.add(file, identity: loader.identity(of: file.source.name))
    return Indexer.index(resolver.program, library)
  }
}
