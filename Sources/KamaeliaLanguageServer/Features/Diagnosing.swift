import KGraph

/// A diagnostic as the protocol has it.
struct ProtocolDiagnostic: Codable, Hashable, Sendable {
  struct Related: Codable, Hashable, Sendable {
    let location: Location
    let message: String
  }

  struct CodeDescription: Codable, Hashable, Sendable { let href: String }

  let range: TextRange
  /// 1 error, 2 warning, 3 note.
  let severity: Int?
  let code: String?
  /// Where to read more of the code.
  let codeDescription: CodeDescription?
  let source: String?
  let message: String
  /// 1: nothing needs it, and it may be shown faded.
  let tags: [Int]?
  let relatedInformation: [Related]?

  /// - Parameter page: the URI of what is to be read of a code.
  init(
    _ diagnostic: Diagnostic, _ translation: inout Translation, showsRelated: Bool,
    page: (Code) -> String? = { _ in nil }
  ) {
    range = translation.range(diagnostic.place)
    severity =
      switch diagnostic.severity {
      case .error: 1
      case .warning: 2
      case .note: 3
      }
    code = diagnostic.code.name
    codeDescription = page(diagnostic.code).map { CodeDescription(href: $0) }
    source = "kamaelia"
    var lines = [diagnostic.message]
    if !diagnostic.caption.isEmpty { lines[0] += ": \(diagnostic.caption)" }
    if !showsRelated { lines += diagnostic.labels.map { "\($0.place): \($0.text)" } }
    lines += diagnostic.helps.map { "help: \($0)" }
    message = lines.joined(separator: "\n")
    tags = Self.unneeded.contains(diagnostic.code.name) ? [1] : nil
    relatedInformation =
      showsRelated && !diagnostic.labels.isEmpty
      ? diagnostic.labels.map { Related(location: translation.location($0.place), message: $0.text) } : nil
  }

  /// The codes of what could be left out.
  private static let unneeded: Set<String> = ["K0402", "K0404", "K0901", "K0902", "K0903"]
}

/// Diagnostics as one types.
extension LanguageServer {
  struct Published: Encodable, Equatable {
    let uri: String
    let version: Int?
    let diagnostics: [ProtocolDiagnostic]
  }

  /// Checks a file, and says what has come of it where that is news.
  func check(_ document: Document) {
    let survey = workspace.survey(of: document)
    found[document.uri] = translated(survey.checked.diagnostics)
    publish()
  }

  /// A diagnostic as this client is to have it.
  func shown(_ diagnostic: Diagnostic, _ translation: inout Translation) -> ProtocolDiagnostic {
    ProtocolDiagnostic(
      diagnostic, &translation, showsRelated: client.showsRelated,
      page: client.linksCodes ? machine.page : { _ in nil })
  }

  /// The diagnostics by the file that they are in.
  func translated(_ diagnostics: [Diagnostic]) -> [String: [ProtocolDiagnostic]] {
    var translation = workspace.translation()
    var result: [String: [ProtocolDiagnostic]] = [:]
    for diagnostic in diagnostics {
      result[translation.uri(diagnostic.place.source), default: []].append(
        shown(diagnostic, &translation))
    }
    return result
  }

  /// Sends what has changed of what is known about each file. A file that several import is in several checks.
  func publish() {
    var all: [String: [ProtocolDiagnostic]] = [:]
    for (_, files) in found.sorted(by: { $0.key < $1.key }) {
      for (uri, diagnostics) in files {
        let known = Set(all[uri] ?? [])
        all[uri, default: []] += diagnostics.filter { !known.contains($0) }
      }
    }
    // An open file is told of even if there is nothing to say, so that the client knows that it was looked at.
    for document in workspace.documents.values where document.survey != nil && all[document.uri] == nil {
      all[document.uri] = []
    }
    for uri in Set(all.keys).union(published.keys).sorted() {
      let document = workspace.documents[uri]
      // What is known is of an older text than the version says; once it has been checked, it is told.
      if let document, !document.isSurveyed { continue }
      let message = Published(
        uri: uri, version: document?.version, diagnostics: (all[uri] ?? []).sorted { $0.range.start < $1.range.start })
      // A version that is newer is news: who compares versions shows nothing of an older one.
      // Of a file that is closed there are none.
      let isKnown = document == nil ? published[uri]?.diagnostics == message.diagnostics : published[uri] == message
      if isKnown {
        if all[uri] == nil { published[uri] = nil }
        continue
      }
      published[uri] = all[uri] == nil ? nil : message
      send(.notification("textDocument/publishDiagnostics", message))
    }
  }
}
