import KGraph
import Kamaelia

/// Where things are declared, and where they are used.
extension LanguageServer {
  struct ReferenceParameters: Decodable {
    struct Context: Decodable { let includeDeclaration: Bool }

    let textDocument: TextDocument
    let position: TextPosition
    let context: Context?
  }

  func definition(_ parameters: PositionParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    let offset = inspection.document.lines.offset(of: parameters.position, client.encoding)
    var translation = workspace.translation()
    guard let occurrence = inspection.index.occurrence(at: offset, in: inspection.source) else {
      guard let file = inspection.importedFile(at: offset) else { return [Location]() }
      return [translation.location(inspection.index.graphs[file].place)]
    }
    let symbol = inspection.index.symbols[occurrence.symbol]
    switch (symbol.kind, symbol.subject) {
    case (.alias, .graph(let graph)):
      return [translation.location(inspection.index.graphs[graph].place)]
    case (.component, .component(let name)):
      return workspace.swiftSource(of: name).map { [translation.location($0)] } ?? []
    default: return symbol.definitions.map { translation.location($0) }
    }
  }

  func references(_ parameters: ReferenceParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    let offset = inspection.document.lines.offset(of: parameters.position, client.encoding)
    guard let occurrence = inspection.index.occurrence(at: offset, in: inspection.source) else { return [Location]() }
    let isWithDeclaration = parameters.context?.includeDeclaration ?? true
    var translation = workspace.translation()
    return workspace.occurrences(of: inspection.index.symbols[occurrence.symbol], in: inspection.index)
      .filter { isWithDeclaration || !$0.isDefinition }.map { translation.location($0.place) }
  }

  struct Highlight: Encodable {
    let range: TextRange
    /// 2: it is read; 3: it is declared.
    let kind: Int
  }

  func highlights(_ parameters: PositionParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    let offset = inspection.document.lines.offset(of: parameters.position, client.encoding)
    guard let occurrence = inspection.index.occurrence(at: offset, in: inspection.source) else { return [Highlight]() }
    var translation = workspace.translation()
    return inspection.index.occurrences(in: inspection.source).filter { $0.symbol == occurrence.symbol }.map {
      Highlight(range: translation.range($0.place), kind: $0.isDefinition ? 3 : 2)
    }
  }
}

/// The files around the open ones, looked through.
extension Workspace {
  /// Files beyond these are left out.
  private static let mostFiles = 500
  private static let mostFolders = 2000

  /// All graphs in the folders that the editor has open, or in the folder of a file that is in none.
  func graphFiles(around path: String) -> [String] { files(below: root(of: path), ending: ".kgraph") }

  func files(below root: String, ending suffix: String) -> [String] {
    var found: [String] = []
    var folders = [root]
    var count = 0
    while let folder = folders.popLast(), count < Self.mostFolders {
      count += 1
      for entry in files.entries(of: folder) {
        let path = folder.hasSuffix("/") ? folder + entry.name : "\(folder)/\(entry.name)"
        if entry.isFolder { folders.append(path) } else if path.hasSuffix(suffix) { found.append(path) }
        if found.count >= Self.mostFiles { return found }
      }
    }
    return found
  }

  /// All places that speak of a symbol, in its file, in open files and in those of the folder that import it.
  ///
  /// - Parameter index: the one that the symbol is from.
  func occurrences(of symbol: Symbol, in index: SymbolIndex) -> [Occurrence] {
    var result: [Occurrence] = []
    var seen: Set<FileStretch> = []
    var identities = FileIdentities(self)
    for other in [index] + indexes(besides: index, of: symbol) {
      for number in other.symbols.indices where identities.isSame(other.symbols[number], symbol) {
        for occurrence in other.occurrences(of: number)
        where seen.insert(identities.stretch(of: occurrence.place)).inserted {
          result.append(occurrence)
        }
      }
    }
    return result
  }

  /// The indexes of other files that may speak of a symbol.
  func indexes(besides index: SymbolIndex, of symbol: Symbol) -> [SymbolIndex] {
    guard let home = symbol.definitions.first?.source ?? index.files.first?.source, let main = index.files.first?.source
    else { return [] }
    var identities = FileIdentities(self)
    var known: Set<String> = [identities.of(main.name)]
    var result: [SymbolIndex] = []
    for document in documents.values.sorted(by: { $0.uri < $1.uri })
    where known.insert(identities.of(document.path)).inserted {
      refresh(document)
      result.append(self.index(of: document))
    }
    // Instances are spoken of in their own file and in tests; nothing that the library has is looked for everywhere.
    guard !symbol.definitions.isEmpty, [.parameter, .inbox, .outbox, .graph, .file].contains(symbol.kind) else {
      return result
    }
    for path in graphFiles(around: home.name) where known.insert(identities.of(path)).inserted {
      guard let tree = tree(at: path) else { continue }
      result.append(checker(for: path).index(tree))
    }
    let wanted = identities.of(home.name)
    return result.filter { other in other.files.contains { identities.of($0.source.name) == wanted } }
  }

  /// The tree of a file, open or not.
  func tree(at path: String) -> GraphFile? {
    if let document = document(at: path) { return document.tree }
    do throws(SourceError) {
      return try loader(root: root(of: path), open: [:]).tree(path, limit: Limits.standard.fileSize)
    } catch { return nil }
  }

  /// Where a component is declared: in the file that it was compiled from, where that is on this machine, or else in the
  /// Swift sources of the folders that the editor has open.
  func swiftSource(of component: String) -> Place? {
    if let path = library.sourceFile(of: component), path.hasPrefix("/"), let slash = path.lastIndex(of: "/"),
      let source = swiftFile(path, String(path[..<slash])), let place = Self.declaration(of: component, in: source)
    {
      return place
    }
    for root in roots {
      for path in files(below: root, ending: "/\(component).swift") + files(below: root, ending: ".swift") {
        guard let source = swiftFile(path, root) else { continue }
        if let place = Self.declaration(of: component, in: source) { return place }
      }
    }
    return nil
  }

  private static func declaration(of component: String, in source: Source) -> Place? {
    for word in ["struct \(component)", "class \(component)"] {
      var rest = source.bytes[...]
      while let start = rest.firstRange(of: Array(word.utf8)) {
        rest = rest[start.upperBound...]
        let name = start.upperBound - component.utf8.count..<start.upperBound
        let isWhole = rest.first.map { !isPartOfName($0) } ?? true
        let line = source.lineText(source.line(of: name.lowerBound))
        if isWhole, line.contains("Component") || line.contains("Transform") { return Place(source, name) }
      }
    }
    return nil
  }

  private func swiftFile(_ path: String, _ root: String) -> Source? {
    do throws(SourceError) { return try files.loader(root: root).load(path, limit: 1 << 20) } catch { return nil }
  }

  private static func isPartOfName(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte >= 0x80 || Character(Unicode.Scalar(byte)).isLetter
      || Character(Unicode.Scalar(byte)).isNumber
  }
}
