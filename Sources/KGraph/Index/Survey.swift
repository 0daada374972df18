import Kamaelia
import Synchronization

/// All that an editor wants to know of a graph: what is wrong, what the names mean, and what types and values were found.
package struct Survey: Sendable {
  /// In it is neither the graph's plan nor its tests, which nobody needs at each key.
  package let checked: Checked
  package let facts: Facts
  private let names: Names

  /// What the names mean; found when it is first asked for.
  package var index: SymbolIndex { names.index }

  private final class Names: Sendable {
    private let program: Program
    private let library: Library
    private let known: Mutex<SymbolIndex?>

    init(_ program: Program, _ library: Library, known: SymbolIndex?) {
      self.program = program
      self.library = library
      self.known = Mutex(known)
    }

    var index: SymbolIndex {
      known.withLock { known in
        if let known { return known }
        let index = Indexer.index(program, library)
        known = index
        return index
      }
    }
  }

  fileprivate init(_ checked: Checked, _ facts: Facts, _ program: Program, _ library: Library, known: SymbolIndex?) {
    self.checked = checked
    self.facts = facts
    names = Names(program, library, known: known)
  }
}

extension Checker {
  /// Checks a text that has been read, and keeps what was found on the way.
  ///
  /// - Parameter known: the index of the same text and of the same imports, where it has been made.
  package func survey(_ file: GraphFile, known: SymbolIndex? = nil) -> Survey {
    let (checked, program, analysis) = examine(file, settings: [:], for: .use, severities: .init(), isSurvey: true)
    var facts = analysis.facts ?? Facts()
    facts.finish(analysis.expander)
    return Survey(checked, facts, program, library, known: known)
  }

  /// What the names of a text mean, found without checking it.
  package func index(_ file: GraphFile) -> SymbolIndex {
    var resolver = Resolver(loader: loader, limits: limits, findings: Findings())
    _ = resolver.add(file, identity: loader.identity(of: file.source.name))
    return Indexer.index(resolver.program, library)
  }
}
