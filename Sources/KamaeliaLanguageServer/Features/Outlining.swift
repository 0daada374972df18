import KGraph

/// What a file holds: its symbols, and the stretches that can be folded away.
extension LanguageServer {
  struct DocumentSymbol: Encodable {
    let name: String
    let detail: String
    let kind: Int
    let range: TextRange
    let selectionRange: TextRange
    let children: [DocumentSymbol]
  }

  struct FoldingRange: Encodable {
    let startLine: Int
    let endLine: Int
    let kind: String?
  }

  /// The numbers of the protocol for kinds of symbols.
  private enum SymbolKind {
    static let `class` = 5
    static let property = 7
    static let interface = 11
    static let function = 12
    static let variable = 13
    static let event = 24
    static let parameter = 26
    static let module = 2
  }

  func documentSymbols(_ parameters: DocumentParameters) throws -> any Encodable {
    let document = try document(parameters.textDocument.uri)
    var translation = workspace.translation()
    return Self.symbols(document.tree.statements, &translation)
  }

  private static func symbols(_ statements: [Statement], _ translation: inout Translation) -> [DocumentSymbol] {
    statements.flatMap { symbols($0, &translation) }
  }

  private static func symbol(
    _ name: Name, _ detail: String, _ kind: Int, _ place: Place, _ translation: inout Translation,
    _ children: [DocumentSymbol] = []
  ) -> [DocumentSymbol] {
    if name.isMissing { return [] }
    return [
      DocumentSymbol(
        name: name.text, detail: detail, kind: kind, range: translation.range(place),
        selectionRange: translation.range(name.place), children: children)
    ]
  }

  private static func symbols(_ statement: Statement, _ translation: inout Translation) -> [DocumentSymbol] {
    switch statement {
    case .parameter(let node):
      return symbol(node.name, node.type.place.text, SymbolKind.parameter, node.place, &translation)
    case .box(let node):
      let detail = "\(node.direction.rawValue) \(node.type.place.text)"
      return symbol(node.name, detail, SymbolKind.property, node.place, &translation)
    case .backplane(let node):
      return symbol(node.name, node.type.place.text, SymbolKind.event, node.place, &translation)
    case .instance(let node):
      return symbol(node.name, node.component.title, SymbolKind.variable, node.place, &translation)
    case .graph(let node):
      let parameters = node.parameters.flatMap {
        symbol($0.name, $0.type.place.text, SymbolKind.parameter, $0.place, &translation)
      }
      let inside = symbols(node.body.statements, &translation)
      return symbol(node.name, "graph", SymbolKind.class, node.place, &translation, parameters + inside)
    case .importing(let node):
      let names: [Name] =
        switch node.subject {
        case .file(let alias): alias.map { [$0] } ?? []
        case .items(let items): items.map { $0.alias ?? $0.name }
        }
      return names.flatMap { symbol($0, node.path.place.text, SymbolKind.module, node.place, &translation) }
    case .test(let node):
      let range = translation.range(node.place)
      let title = node.name.constant ?? node.name.place.text
      return [
        DocumentSymbol(
          name: title.isEmpty ? "test" : title, detail: "test", kind: SymbolKind.function, range: range,
          selectionRange: translation.range(node.name.place),
          children: (node.table?.cases ?? []).map { row in
            DocumentSymbol(
              name: row.name.constant ?? row.name.place.text, detail: "case", kind: SymbolKind.function,
              range: translation.range(row.place), selectionRange: translation.range(row.name.place), children: [])
          })
      ]
    case .chain(let chain):
      return chain.segments.flatMap { segment -> [DocumentSymbol] in
        guard case .instance(let node) = segment, let name = node.name else { return [] }
        return symbol(name, node.component.title, SymbolKind.variable, node.place, &translation)
      }
    case .loop(let node): return symbols(node.body.statements, &translation)
    case .placement(let node): return symbols(node.body.statements, &translation)
    case .condition(let node): return symbols(node, &translation)
    case .defaults, .host, .broken: return []
    }
  }

  private static func symbols(_ node: IfStatement, _ translation: inout Translation) -> [DocumentSymbol] {
    let first = symbols(node.body.statements, &translation)
    switch node.alternative {
    case .block(let block): return first + symbols(block.statements, &translation)
    case .condition(let next): return first + symbols(next, &translation)
    case nil: return first
    }
  }

  // MARK: Folding

  func foldingRanges(_ parameters: DocumentParameters) throws -> any Encodable {
    let document = try document(parameters.textDocument.uri)
    let (lines, tree) = (document.lines, document.tree)
    var ranges: [FoldingRange] = []
    func add(_ first: Int, _ last: Int, _ kind: String?) {
      if last > first { ranges.append(FoldingRange(startLine: first, endLine: last, kind: kind)) }
    }
    // Brackets: what is between stays folded, the closing one is seen.
    var open: [Int] = []
    for token in tree.tokens {
      switch token.kind {
      case .openParenthesis, .openBracket, .openBrace, .arrowOptions: open.append(token.range.lowerBound)
      case .closeParenthesis, .closeBracket, .closeBrace:
        guard let start = open.popLast() else { continue }
        add(lines.line(of: start), lines.line(of: token.range.lowerBound) - 1, nil)
      default: break
      }
    }
    // Comments and imports: runs of lines.
    var comment: (first: Int, last: Int)?
    var isAlone = true
    for token in tree.tokens {
      switch token.kind {
      case .newline: isAlone = true
      case .blank, .byteOrderMark, .shebang: break
      case .comment where isAlone, .documentation where isAlone:
        let line = lines.line(of: token.range.lowerBound)
        if let run = comment, run.last + 1 == line {
          comment = (run.first, line)
        } else {
          if let run = comment { add(run.first, run.last, "comment") }
          comment = (line, line)
        }
      default: isAlone = false
      }
    }
    if let run = comment { add(run.first, run.last, "comment") }
    var imports: (first: Int, last: Int)?
    for statement in tree.statements {
      let first = lines.line(of: statement.place.range.lowerBound)
      let last = lines.line(of: statement.place.range.upperBound)
      guard case .importing = statement else {
        if let run = imports { add(run.first, run.last, "imports") }
        imports = nil
        continue
      }
      imports = (imports?.first ?? first, last)
    }
    if let run = imports { add(run.first, run.last, "imports") }
    return ranges.sorted { ($0.startLine, $0.endLine) < ($1.startLine, $1.endLine) }
  }
}

extension ComponentExpression {
  /// What it is called: `Match`, or the command.
  var title: String {
    switch subject {
    case .name(let name): name.text
    case .command(let command): command.place.text
    case .broken: ""
    }
  }
}
