import KGraph
import Kamaelia

/// The open files, and what is known of them and of the files around them.
final class Workspace {
  let library: Library
  let files: any Files
  private let kept = KeptTrees()
  private let answers = KeptAnswers()
  /// The folders that the editor has open.
  var roots: [String] = []
  var encoding = PositionEncoding.utf16
  /// By URI.
  private(set) var documents: [String: Document] = [:]
  /// Those to be checked, by URI, in that order.
  private var unchecked: [String] = []

  init(library: Library, files: any Files) {
    self.library = library
    self.files = files
  }

  // MARK: Open files

  func open(_ uri: String, version: Int, text: String) {
    let document = Document(uri: uri, path: FileURI.path(uri) ?? uri, version: version, text: text)
    documents[uri] = document
    hasChanged(document)
  }

  func close(_ uri: String) {
    guard let document = documents.removeValue(forKey: uri) else { return }
    unchecked.removeAll { $0 == uri }
    // What imports it sees the file on the disk from now on.
    for other in importers(of: document) { mark(other) }
  }

  func hasChanged(_ document: Document) {
    mark(document)
    for other in importers(of: document) { mark(other) }
  }

  /// Says that files have changed that are not open.
  func forgetAll() {
    forgetAnswers()
    for document in documents.values.sorted(by: { $0.uri < $1.uri }) { mark(document) }
  }

  /// Says that something about the machine may have changed, such as which programs it has.
  func forgetAnswers() { answers.forget() }

  private func mark(_ document: Document) {
    document.forget()
    unchecked.removeAll { $0 == document.uri }
    unchecked.append(document.uri)
  }

  /// The open files that read this one, as far as their last check has seen, and those that looked for files in vain.
  private func importers(of document: Document) -> [Document] {
    documents.values.filter { other in
      guard other !== document else { return false }
      guard let checked = other.survey?.checked else { return true }
      return checked.sources.contains { $0.name == document.path }
        || checked.diagnostics.contains { ["K0208", "K0209"].contains($0.code.name) }
        || identity(of: other) == identity(of: document)
        || checked.sources.contains { loader(for: other, open: [:]).identity(of: $0.name) == identity(of: document) }
    }.sorted { $0.uri < $1.uri }
  }

  private func identity(of document: Document) -> String {
    loader(for: document, open: [:]).identity(of: document.path)
  }

  /// The next file to be checked; nil if all have been.
  func nextToCheck() -> Document? {
    while let uri = unchecked.first {
      unchecked.removeFirst()
      // One that a request has had checked already is still to be told of.
      if let document = documents[uri] { return document }
    }
    return nil
  }

  // MARK: What is known of them

  /// The folder that imports of a file stay in.
  func root(of path: String) -> String {
    let around = roots.filter { path.hasPrefix($0.hasSuffix("/") ? $0 : $0 + "/") }
    if let root = around.max(by: { $0.count < $1.count }) { return root }
    guard path.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return roots.first ?? "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func loader(for document: Document, open: [String: GraphFile]) -> EditorLoader {
    loader(root: root(of: document.path), open: open)
  }

  func loader(root: String, open: [String: GraphFile]) -> EditorLoader {
    EditorLoader(root: root, base: files.loader(root: root), files: files, kept: kept, open: open)
  }

  /// Reads and checks as for a file at that path, with the open files as they are.
  ///
  /// - Parameter replacing: trees to be taken in the place of those of files, by path.
  func checker(for path: String, replacing: [String: GraphFile] = [:], triesFixes: Bool = true) -> Checker {
    Checker(library: library, loader: loader(for: path, replacing: replacing), kept: answers, triesFixes: triesFixes)
  }

  private func loader(for path: String, replacing: [String: GraphFile] = [:]) -> EditorLoader {
    let root = root(of: path)
    let plain = loader(root: root, open: [:])
    var open: [String: GraphFile] = [:]
    for document in documents.values { open[plain.identity(of: document.path)] = document.tree }
    for (path, tree) in replacing { open[plain.identity(of: path)] = tree }
    return loader(root: root, open: open)
  }

  /// What a check finds in the file as it is.
  func survey(of document: Document) -> Survey {
    if document.isSurveyed, let survey = document.survey { return survey }
    let survey = checker(for: document.path).survey(document.tree, known: document.index)
    document.survey = survey
    document.isSurveyed = true
    return survey
  }

  /// Forgets what is known of an open file if one that it imports has changed on the disk.
  ///
  /// Not all clients tell of such changes, and none does before it asks for something else.
  func refresh(_ document: Document) {
    guard let index = document.index ?? (document.isSurveyed ? document.survey?.index : nil) else { return }
    let loader = loader(for: document.path)
    let isCurrent = index.files.dropFirst().allSatisfy { file in
      do throws(SourceError) {
        let now = try loader.tree(file.source.name, limit: Limits.standard.fileSize).source
        return now === file.source || now.bytes == file.source.bytes
      } catch { return false }
    }
    if !isCurrent { mark(document) }
  }

  /// The plan and the tests of the file as it is.
  func check(_ document: Document) -> Checked { checker(for: document.path).check(document.tree) }

  /// What the names in the file mean, as it is.
  func index(of document: Document) -> SymbolIndex {
    if let index = document.index { return index }
    if document.isSurveyed, let survey = document.survey { return survey.index }
    let index = checker(for: document.path).index(document.tree)
    document.index = index
    return index
  }

  /// What the last check found out about types, of the text as it was then.
  func facts(of document: Document) -> Facts { document.survey?.facts ?? Facts() }

  // MARK: Places

  /// The open file of that path.
  func document(at path: String) -> Document? { documents.values.first { $0.path == path } }

  /// The URI by which the editor knows the file of that name.
  func uri(of path: String) -> String {
    if let document = document(at: path) { return document.uri }
    var identities = FileIdentities(self)
    let identity = identities.of(path)
    return documents.values.first { identities.of($0.path) == identity }?.uri ?? FileURI.uri(path)
  }

  /// Turns places of several files into those of the protocol, each file's lines being counted once.
  func translation() -> Translation { Translation(self) }
}

/// Turns places into those of the protocol.
struct Translation {
  private let workspace: Workspace
  private var tables: [ObjectIdentifier: LineTable] = [:]
  private var uris: [String: String] = [:]

  init(_ workspace: Workspace) { self.workspace = workspace }

  mutating func range(_ place: Place) -> TextRange {
    let key = ObjectIdentifier(place.source)
    let table = tables[key] ?? LineTable(place.source.bytes)
    tables[key] = table
    return TextRange(
      start: table.position(of: place.range.lowerBound, workspace.encoding),
      end: table.position(of: place.range.upperBound, workspace.encoding))
  }

  mutating func uri(_ source: Source) -> String {
    if let uri = uris[source.name] { return uri }
    let uri = workspace.uri(of: source.name)
    uris[source.name] = uri
    return uri
  }

  mutating func location(_ place: Place) -> Location { Location(uri: uri(place.source), range: range(place)) }

  /// Edits of files, in the form that the client understands.
  mutating func edit(_ edits: [Diagnostic.Fix.Edit], _ client: ClientTraits) -> WorkspaceEdit {
    var byFile: [String: [TextEdit]] = [:]
    for edit in edits {
      byFile[uri(edit.place.source), default: []].append(TextEdit(range: range(edit.place), newText: edit.replacement))
    }
    guard client.takesVersionedEdits else { return WorkspaceEdit(changes: byFile) }
    return WorkspaceEdit(
      documentChanges: byFile.sorted { $0.key < $1.key }.map { uri, edits in
        .init(
          textDocument: VersionedDocument(uri: uri, version: workspace.documents[uri]?.version), edits: edits)
      })
  }
}
