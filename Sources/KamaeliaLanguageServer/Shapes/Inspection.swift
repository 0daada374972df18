import KGraph
import Kamaelia

/// A file with all that is known of it, for the questions about one of its places.
struct Inspection {
  let document: Document
  let index: SymbolIndex
  let facts: Facts
  let library: Library

  var tree: GraphFile { document.tree }
  var source: Source { document.tree.source }

  func shape(_ subject: Subject) -> Shape? { Shape(subject, index, library) }

  /// What an expression makes instances of, as seen from `offset`.
  func subject(_ component: ComponentExpression, at offset: Int) -> Subject {
    switch component.subject {
    case .broken: return .unknown
    case .command: return .component("Process")
    case .name(let name): return subject(named: name.text, at: offset)
    }
  }

  func subject(named name: String, at offset: Int) -> Subject {
    if let graph = index.names(at: offset, in: source)?.graph, let binding = index.graph(name, in: graph) {
      return binding.map { .graph($0) } ?? .unknown
    }
    return library.has(name) ? .component(name) : .unknown
  }

  /// What an instance of that name is one of, and the types that were found for it.
  func instance(named name: String, at offset: Int) -> (subject: Subject, variables: [String: MessageType])? {
    guard let symbol = index.instance(name, at: offset, in: source) else { return nil }
    return (index.symbols[symbol].subject, facts.variables(of: index.symbols[symbol], in: index))
  }
}

extension LanguageServer {
  /// The file with what is known of it: the names as they are, and the types as the last check found them.
  func inspect(_ uri: String) throws -> Inspection {
    let document = try document(uri)
    workspace.refresh(document)
    return Inspection(
      document: document, index: workspace.index(of: document), facts: workspace.facts(of: document),
      library: workspace.library)
  }

  /// The same, checked as it is.
  func inspectChecked(_ uri: String) throws -> Inspection {
    let document = try document(uri)
    workspace.refresh(document)
    let survey = workspace.survey(of: document)
    return Inspection(document: document, index: survey.index, facts: survey.facts, library: workspace.library)
  }
}
