import KGraph
import Kamaelia

/// New names for things, everywhere at once.
extension LanguageServer {
  struct RenameParameters: Decodable {
    let textDocument: TextDocument
    let position: TextPosition
    let newName: String
  }

  struct Renamed: Encodable {
    let range: TextRange
    let placeholder: String
  }

  func prepareRename(_ parameters: PositionParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    let (occurrence, symbol) = try renamed(inspection, parameters.position)
    var translation = workspace.translation()
    return Renamed(range: translation.range(occurrence.place), placeholder: symbol.name)
  }

  /// - Throws: where the new name is none, or is taken in one of the places.
  func rename(_ parameters: RenameParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    let (_, symbol) = try renamed(inspection, parameters.position)
    let name = parameters.newName
    guard Self.isName(name) else { throw ResponseError.failed("`\(name)` is no name") }
    if name == symbol.name { return WorkspaceEdit(changes: client.takesVersionedEdits ? nil : [:]) }
    let places = workspace.occurrences(of: symbol, in: inspection.index).map(\.place).filter { $0.text == symbol.name }
    let indexes = [inspection.index] + workspace.indexes(besides: inspection.index, of: symbol)
    if let taken = workspace.conflict(renaming: places, to: name, in: indexes) {
      throw ResponseError.failed("`\(name)` means something else \(taken)")
    }
    var translation = workspace.translation()
    return translation.edit(places.map { .init($0, name) }, client)
  }

  /// What stands at a place and can have another name.
  private func renamed(_ inspection: Inspection, _ position: TextPosition) throws -> (Occurrence, Symbol) {
    let offset = inspection.document.lines.offset(of: position, client.encoding)
    guard let occurrence = inspection.index.occurrence(at: offset, in: inspection.source) else {
      throw ResponseError.failed("there is no name here that could be another")
    }
    let symbol = inspection.index.symbols[occurrence.symbol]
    if symbol.kind == .file { throw ResponseError.failed("`\(symbol.name)` has the name of its file") }
    guard !symbol.definitions.isEmpty else {
      throw ResponseError.failed("`\(symbol.name)` belongs to the library, which is not changed from here")
    }
    return (occurrence, symbol)
  }

  /// Whether it is read as one name.
  static func isName(_ text: String) -> Bool {
    let tree = GraphFile.parse(Source(name: "name", text: text))
    return text != "self" && tree.tokens.count == 1 && tree.tokens[0].kind == .identifier
  }
}

extension Workspace {
  /// Why the places cannot have another name: in the changed texts each name must mean what it means now.
  ///
  /// - Returns: where it would not, in words; nil if all is well.
  func conflict(renaming places: [Place], to name: String, in indexes: [SymbolIndex]) -> String? {
    var trees: [String: GraphFile] = [:]
    for (_, places) in Dictionary(grouping: places, by: \.source.name) {
      let source = places[0].source
      var bytes = source.bytes
      for place in places.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
        bytes.replaceSubrange(place.range, with: Array(name.utf8))
      }
      trees[source.name] = GraphFile.parse(Source(name: source.name, bytes: bytes))
    }
    for index in indexes {
      guard let main = index.files.first else { continue }
      let changed = trees[main.source.name] ?? main
      let after = checker(for: main.source.name, replacing: trees).index(changed)
      guard after.files.count == index.files.count else { return "in what `\(main.source.name)` imports" }
      for (old, new) in zip(index.files, after.files) {
        if old.diagnostics.count < new.diagnostics.count { return "in `\(old.source.name)`" }
        let (before, now) = (index.occurrences(in: old.source), after.occurrences(in: new.source))
        if let different = zip(before, now).first(where: { $0.symbol != $1.symbol }) {
          return "at \(different.1.place)"
        }
        if before.count != now.count { return "in `\(old.source.name)`" }
      }
      if index.symbols.map(\.definitions.count) != after.symbols.map(\.definitions.count) {
        return "in `\(main.source.name)`"
      }
    }
    return nil
  }
}
