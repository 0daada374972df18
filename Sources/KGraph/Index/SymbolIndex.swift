import Kamaelia

/// Where each name of a graph's files is declared, and where it is used.
///
/// A function of the trees and of the library's signatures: whatever is wrong with the texts, there is an index, and names
/// that mean nothing are not in it.
package struct SymbolIndex: Sendable {
  /// Names that hold in a stretch of a graph: the whole, or the body of a loop.
  struct Scope: Sendable {
    let parent: Int?
    let graph: Int
    /// The symbols of parameters and variables, and of instances, by name.
    var values: [String: Int] = [:]
    var instances: [String: Int] = [:]
  }

  package internal(set) var symbols: [Symbol] = []
  package internal(set) var graphs: [IndexedGraph] = []
  /// The trees of all files, the first one first.
  package internal(set) var files: [GraphFile] = []
  /// By file, in the order of the text.
  var occurrences: [ObjectIdentifier: [Occurrence]] = [:]
  var scopes: [Scope] = []
  /// Stretches of the files with their scopes; what is inside comes behind what is around it.
  var regions: [ObjectIdentifier: [(range: Range<Int>, scope: Int)]] = [:]

  /// All names of a file that mean something, in the order of the text.
  package func occurrences(in source: Source) -> [Occurrence] { occurrences[ObjectIdentifier(source)] ?? [] }

  /// The name that holds `offset` or ends at it.
  package func occurrence(at offset: Int, in source: Source) -> Occurrence? {
    let all = occurrences(in: source)
    var low = 0
    var high = all.count
    while low < high {
      let middle = (low + high) / 2
      if all[middle].place.range.upperBound < offset { low = middle + 1 } else { high = middle }
    }
    let found = all[low...].prefix(2).filter {
      $0.place.range.lowerBound <= offset && offset <= $0.place.range.upperBound
    }
    // Of two that meet, the one that begins is meant.
    return found.last
  }

  /// All places in all files that speak of a symbol, by file and then in order.
  package func occurrences(of symbol: Int) -> [Occurrence] {
    files.flatMap { occurrences(in: $0.source).filter { $0.symbol == symbol } }
  }

  /// What an instance of that name is one of, as seen from `offset`.
  package func instance(_ name: String, at offset: Int, in source: Source) -> Int? {
    var next = scope(at: offset, in: source)
    while let here = next {
      if let symbol = scopes[here].instances[name] { return symbol }
      next = scopes[here].parent
    }
    return nil
  }

  /// The graph that `name` means, as seen from inside the graph `id`.
  package func graph(_ name: String, in id: Int) -> Int?? {
    var next: Int? = id
    while let here = next {
      if let found = graphs[here].graphs[name] { return .some(found) }
      next = graphs[here].parent
    }
    return nil
  }

  /// Names that can be used at a place.
  package struct Names: Sendable {
    /// The graph that the place is in.
    package let graph: Int
    /// Symbols, the nearest scope first.
    package fileprivate(set) var values: [Int] = []
    package fileprivate(set) var instances: [Int] = []
    /// Names of graphs, with their numbers.
    package fileprivate(set) var graphs: [(name: String, graph: Int)] = []
    package fileprivate(set) var backplanes: [BackplaneDeclaration] = []
  }

  /// What can be named at `offset`; nil for a text that the index does not know.
  package func names(at offset: Int, in source: Source) -> Names? {
    guard let start = scope(at: offset, in: source) else { return nil }
    var names = Names(graph: scopes[start].graph)
    var seen: Set<String> = []
    var next: Int? = start
    while let here = next {
      let scope = scopes[here]
      for (name, symbol) in scope.values.sorted(by: { $0.value < $1.value })
      where seen.insert("$" + name).inserted { names.values.append(symbol) }
      for (name, symbol) in scope.instances.sorted(by: { $0.value < $1.value })
      where seen.insert(name).inserted { names.instances.append(symbol) }
      next = scope.parent
    }
    var graph: Int? = names.graph
    while let here = graph {
      for (name, target) in graphs[here].graphs.sorted(by: { $0.key < $1.key }) {
        if let target, seen.insert("\(name)()").inserted { names.graphs.append((name, target)) }
      }
      for backplane in graphs[here].backplanes where seen.insert("@" + backplane.name.text).inserted {
        names.backplanes.append(backplane)
      }
      graph = graphs[here].parent
    }
    return names
  }

  func scope(at offset: Int, in source: Source) -> Int? {
    regions[ObjectIdentifier(source)]?.last { $0.range.contains(offset) }?.scope
  }

  /// The number of a file's own graph.
  package func graph(of source: Source) -> Int? {
    graphs.firstIndex { $0.isFile && $0.place.source === source }
  }
}
