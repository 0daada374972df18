import KGraph
import Kamaelia

/// What could be written next.
extension LanguageServer {
  struct CompletionParameters: Decodable {
    struct Context: Decodable {
      let triggerKind: Int?
      let triggerCharacter: String?
    }

    let textDocument: TextDocument
    let position: TextPosition
    let context: Context?
  }

  func completion(_ parameters: CompletionParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    let document = inspection.document
    let offset = document.lines.offset(of: parameters.position, client.encoding)
    let context = CursorContext(inspection.tree, at: offset)
    // A blank asks for what must come; what may come is for who wants it.
    if parameters.context?.triggerCharacter == " ", !context.isExpecting { return CompletionList(items: []) }
    let completion = Completion(
      inspection: inspection, context: context, workspace: workspace, writesSnippets: client.takesSnippets)
    let word = completion.begun ?? context.word
    let range = TextRange(
      start: document.lines.position(of: word.lowerBound, client.encoding),
      end: document.lines.position(of: max(word.upperBound, offset), client.encoding))
    let begun = inspection.tree.source.text(word.lowerBound..<max(word.lowerBound, offset))
    let items = completion.items().map { item, text in
      var item = item
      item.filterText = item.filterText ?? Self.familiarName(of: item, begun)
      item.textEdit = TextEdit(range: range, newText: text)
      // Some clients take what has an edit and no such text for filtered already, and write the first of all for what
      // is begun.
      item.filterText = item.filterText ?? item.label
      return item
    }
    return CompletionList(items: items)
  }

  /// The name from elsewhere by which somebody looks for a component who has begun to write it; nil for other items.
  private static func familiarName(of item: CompletionItem, _ begun: String) -> String? {
    let word = begun.lowercased()
    guard word.count > 1, let data = item.data, data.count == 2, data[0] == "component",
      !item.label.lowercased().hasPrefix(word)
    else { return nil }
    return FamiliarNames.names(of: data[1]).first { $0.hasPrefix(word) }.map { begun + $0.dropFirst(word.count) }
  }

  /// The manual page of what was chosen.
  func resolve(_ item: CompletionItem) throws -> any Encodable {
    var item = item
    if let data = item.data, data.count == 2, data[0] == "component",
      let signature = workspace.library.signature(of: data[1])
    {
      item.documentation = .init(ManualPage(shape: Shape(signature)).text)
    }
    return item
  }
}

extension CursorContext {
  /// Whether something has to follow.
  fileprivate var isExpecting: Bool {
    switch wanted {
    case .segment, .component, .type, .argument, .argumentValue, .testBox, .option, .optionValue, .imported, .replaced:
      true
    default: false
    }
  }
}

/// Collects what could be written at a place, with the text to write.
struct Completion {
  let inspection: Inspection
  let context: CursorContext
  let workspace: Workspace
  let writesSnippets: Bool
  /// What can be named at the place; looked up once, since it may be thousands of names.
  let names: SymbolIndex.Names?

  init(inspection: Inspection, context: CursorContext, workspace: Workspace, writesSnippets: Bool) {
    self.inspection = inspection
    self.context = context
    self.workspace = workspace
    self.writesSnippets = writesSnippets
    names = inspection.index.names(at: context.offset, in: inspection.source)
  }

  typealias Items = [(item: CompletionItem, text: String)]

  var offset: Int { context.offset }

  func items() -> Items {
    if case .number? = context.wordKind(inspection.tree) { return units() }
    switch context.wanted {
    case .nothing: return []
    case .code:
      return Code.all.filter { $0.severity != .error }.map {
        (CompletionItem($0.name, .constant, detail: $0.title, documentation: ManualPage.plain($0.explanation)), $0.name)
      }
    case .path(let begun): return paths(begun)
    case .imported(let path): return importedGraphs(path)
    case .value: return values(nil, sign: "")
    case .backplane: return backplanes(sign: "")
    case .box: return boxes()
    case .testBox(let direction): return testBoxes(direction)
    case .argument(let callee): return arguments(of: callee)
    case .argumentValue(let callee, let name): return argumentValues(of: callee, name)
    case .option(let isDefault): return options(isDefault: isDefault)
    case .optionValue(let name): return name == "overflow" ? policies() : values(nil, sign: "$")
    case .restartOption:
      return words([
        ("max", "max: "), ("within", "within: "), ("backoff", "backoff: "),
      ])
    case .type(let isParameter): return types(isParameter: isParameter)
    case .component: return makers(incoming: nil, outgoing: nil, isFree: true)
    case .segment: return segments()
    case .statement: return statements()
    case .testStep:
      return words([
        ("send", "send "), ("expect", "expect "), ("advance", "advance "), ("close", "close "), ("replace", "replace "),
        ("cases", "cases "),
      ])
    case .text(let callee, let name, _): return texts(callee, name)
    case .clause(let isNamed, let isCopied):
      return words(isNamed ? [] : [("as", "as ")])
        + words(isCopied ? [("by", "by "), ("ordered", "ordered")] : [("replicate", "replicate ")])
        + words([("restart", "restart ")])
    case .alternative: return words([("else", "else {"), ("else if", "else if ")])
    case .replaced: return testInstances()
    case .replacement: return words([("with", "with ")])
    case .sharing: return words([("roundRobin", "roundRobin"), ("key", "key(")])
    case .policy: return words(RestartClause.Policy.allCases.map { ($0.rawValue, $0.rawValue) })
    case .expectation:
      return words([
        ("closed", "closed"), ("matching", "matching "), ("recorded", "recorded"), ("within", "within "),
        ("in any order", "in any order"),
      ])
    case .anyValue: return values(nil, sign: "$") + words([("true", "true"), ("false", "false")])
    }
  }

  func words(_ words: [(String, String)], rank: Int = 5) -> Items {
    words.map { word, text in
      (CompletionItem(word, .keyword, documentation: Keywords.words[word] ?? "", rank: rank), text)
    }
  }

  /// A text with places to fill in where the client knows such; plain text otherwise.
  func snippet(_ item: CompletionItem, _ snippet: String, plain: String) -> (CompletionItem, String) {
    guard writesSnippets else { return (item, plain) }
    var item = item
    item.insertTextFormat = 2
    return (item, snippet)
  }

  // MARK: Names

  /// Parameters and variables.
  ///
  /// - Parameter type: what is wanted; those that fit come first.
  func values(_ type: ParameterType?, sign: String) -> Items {
    (names?.values ?? []).map { number in
      let symbol = inspection.index.symbols[number]
      var detail: String?
      var documentation = ""
      var rank = 2
      if case .graph(let graph) = symbol.owner,
        let declaration = inspection.index.graphs[graph].parameters.first(where: { $0.name.text == symbol.name })
      {
        detail = declaration.type.place.text + (declaration.defaultValue.map { " = \($0.place.text)" } ?? "")
        documentation = declaration.documentation?.text ?? ""
        if let type, type.required.description == declaration.type.place.text { rank = 1 }
      }
      let label = sign + symbol.name
      return (
        CompletionItem(label, .variable, detail: detail, documentation: documentation, rank: rank, filter: label), label
      )
    }
  }

  func backplanes(sign: String) -> Items {
    (names?.backplanes ?? []).map { backplane in
      (
        CompletionItem(
          sign + backplane.name.text, .event, detail: backplane.type.place.text,
          documentation: backplane.documentation?.text ?? "", rank: 4), sign + backplane.name.text
      )
    }
  }

  func types(isParameter: Bool) -> Items {
    let scalars = [
      "Text", "Bytes", "Int", "Double", "Bool", "Duration", "Size", "Frequency", "Rate", "Port", "Path", "Address",
      "URL",
      "JSON", "Any",
    ]
    let more = isParameter ? ["Pattern", "Command", "Graph"] : []
    let others = Set(inspection.library.typeNames).subtracting(scalars)
    return scalars.enumerated().map { (CompletionItem($1, .type, rank: $0 < 5 ? 1 : 2), $1) }
      + (more + others.sorted()).map { (CompletionItem($0, .type, rank: 3), $0) }
  }

  // MARK: Files

  private func paths(_ begun: String) -> Items {
    let path = inspection.document.path
    guard path.hasPrefix("/"), !begun.hasPrefix("/") else { return [] }
    let inside = begun.lastIndex(of: "/").map { String(begun[...$0]) } ?? ""
    let here = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "/"
    let root = workspace.root(of: path)
    let folder = PathWords.normal(here + inside)
    guard folder == root || folder.hasPrefix(root.hasSuffix("/") ? root : root + "/") else { return [] }
    return workspace.files.entries(of: folder).compactMap { entry in
      if entry.isFolder { return (CompletionItem(entry.name, .folder, rank: 2), entry.name) }
      guard entry.name.hasSuffix(".kgraph"), folder + "/" + entry.name != path else { return nil }
      return (CompletionItem(entry.name, .file, rank: 1), entry.name)
    }
  }

  private func importedGraphs(_ path: String?) -> Items {
    guard let path, !path.hasPrefix("/") else { return [] }
    let here = inspection.document.path
    let file = PathWords.normal((here.lastIndex(of: "/").map { String(here[...$0]) } ?? "") + path)
    guard let tree = workspace.tree(at: file) else { return [] }
    return tree.statements.compactMap { statement in
      guard case .graph(let node) = statement, !node.name.isMissing else { return nil }
      return (
        CompletionItem(node.name.text, .struct, detail: "graph", documentation: node.documentation?.text ?? ""),
        node.name.text
      )
    }
  }
}

/// Paths as texts.
enum PathWords {
  /// Without `.`, doubled slashes, and `..` after a folder.
  static func normal(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}
