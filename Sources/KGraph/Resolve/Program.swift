/// All files of a graph, read, and the graphs they hold, by number.
struct Program: Sendable {
  var files: [ProgramFile] = []
  var graphs: [GraphDefinition] = []
}

struct ProgramFile: Sendable {
  let tree: GraphFile
  /// The number of the file's own graph.
  let graph: Int
}

/// A graph as it is declared: a file, or `graph Name { … }` in one.
struct GraphDefinition: Sendable {
  /// Its place in ``Program/graphs``.
  let id: Int
  let name: String
  /// Its name where it is declared; a point at the beginning for a file.
  let place: Place
  let file: Int
  /// The graph around it; nil for a file's own.
  let parent: Int?
  /// Those in parentheses, then those of `param`, each name once.
  var parameters: [ParameterDeclaration] = []
  var boxes: [BoxDeclaration] = []
  var backplanes: [BackplaneDeclaration] = []
  /// The places of the backplanes in the list, by name.
  var backplaneNumbers: [String: Int] = [:]
  var defaults: [DefaultsDeclaration] = []
  var tests: [TestDeclaration] = []
  /// The graphs inside it and those that it imports, by the names they have here.
  var graphs: [String: GraphBinding] = [:]
  let documentation: Documentation?
  let statements: [Statement]

  var isFile: Bool { parent == nil }
}

/// What a name of a graph stands for.
struct GraphBinding: Sendable {
  /// Nil where an error has been reported.
  let target: Int?
  let place: Place
  /// The whole declaration, if it is an import.
  let imported: Place?
}

extension Program {
  /// What `name` means inside the graph `id`: of several the innermost.
  func binding(of name: String, in id: Int) -> GraphBinding? {
    var current: Int? = id
    while let here = current {
      if let binding = graphs[here].graphs[name] { return binding }
      current = graphs[here].parent
    }
    return nil
  }

  /// The backplane that `name` means inside the graph `id`, and the graph that declares it.
  func backplane(_ name: String, in id: Int) -> (owner: Int, declaration: BackplaneDeclaration)? {
    var current: Int? = id
    while let here = current {
      if let index = graphs[here].backplaneNumbers[name] { return (here, graphs[here].backplanes[index]) }
      current = graphs[here].parent
    }
    return nil
  }

  /// The graph and those around it, from the inside out.
  func lineage(of id: Int) -> [Int] {
    var result = [id]
    while let parent = graphs[result[result.count - 1]].parent { result.append(parent) }
    return result
  }

  /// The names of all graphs that can be used inside the graph `id`.
  func graphNames(in id: Int) -> [String] { lineage(of: id).flatMap { graphs[$0].graphs.keys } }
}
