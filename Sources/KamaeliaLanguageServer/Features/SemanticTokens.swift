import KGraph

/// What each word is, for colours.
extension LanguageServer {
  struct SemanticTokens: Encodable {
    /// Five numbers a token: lines and columns since the one before, its length, its kind and its marks.
    let data: [Int]
  }

  /// The kinds, by number.
  static let tokenKinds = [
    "comment", "keyword", "string", "number", "operator", "class", "struct", "type", "parameter", "variable",
    "property",
    "event", "enumMember",
  ]
  /// The marks, by bit.
  static let tokenMarks = ["declaration", "documentation", "defaultLibrary"]

  private enum Kind: Int {
    case comment, keyword, string, number, `operator`, `class`, `struct`, type, parameter, variable, property, event
    case enumMember
  }

  func semanticTokens(_ parameters: DocumentParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    return semanticTokens(inspection, 0..<inspection.document.bytes.count)
  }

  func semanticTokensInRange(_ parameters: RangeParameters) throws -> any Encodable {
    let inspection = try inspect(parameters.textDocument.uri)
    let start = inspection.document.lines.offset(of: parameters.range.start, client.encoding)
    let end = inspection.document.lines.offset(of: parameters.range.end, client.encoding)
    return semanticTokens(inspection, start..<max(start, end))
  }

  private func semanticTokens(_ inspection: Inspection, _ range: Range<Int>) -> SemanticTokens {
    let (tree, lines) = (inspection.tree, inspection.document.lines)
    var names: [Int: (Kind, marks: Int)] = [:]
    for occurrence in inspection.index.occurrences(in: tree.source) {
      let symbol = inspection.index.symbols[occurrence.symbol]
      let marks = (occurrence.isDefinition ? 1 : 0) | (symbol.definitions.isEmpty ? 4 : 0)
      names[occurrence.place.range.lowerBound] = (Self.kind(of: symbol.kind), marks)
    }
    let words = Self.words(of: tree)
    var data: [Int] = []
    var (lastLine, lastColumn) = (0, 0)
    func add(_ start: Int, _ end: Int, _ kind: Kind, _ marks: Int = 0) {
      // No client has to understand tokens of several lines.
      var start = start
      while start < end {
        let line = lines.line(of: start)
        let stop = min(end, lines.end(ofLine: line))
        if stop > start {
          let first = lines.position(of: start, client.encoding)
          let length = lines.position(of: stop, client.encoding).character - first.character
          data += [
            first.line - lastLine, first.line == lastLine ? first.character - lastColumn : first.character, length,
            kind.rawValue, marks,
          ]
          (lastLine, lastColumn) = (first.line, first.character)
        }
        start = max(stop + 1, lines.start(ofLine: line + 1))
        if line + 1 >= lines.count { break }
      }
    }
    for token in tree.tokens where token.range.overlaps(range) {
      let (start, end) = (token.range.lowerBound, token.range.upperBound)
      switch token.kind {
      case .comment, .shebang: add(start, end, .comment)
      case .documentation: add(start, end, .comment, 2)
      case .quote, .backtick, .stringText, .escape, .rawString: add(start, end, .string)
      case .number: add(start, end, .number)
      case .arrow, .arrowOptions: add(start, end, .operator)
      case .identifier:
        if let (kind, marks) = names[start] {
          add(start, end, kind, marks)
        } else if let kind = words[start] {
          add(start, end, kind)
        } else if Keywords.words[tree.source.text(token.range)] != nil
          || ["true", "false", "not", "and", "or", "by", "key", "any", "order", "on", "host"].contains(
            tree.source.text(token.range))
        {
          add(start, end, .keyword)
        }
      default: break
      }
    }
    return SemanticTokens(data: data)
  }

  private static func kind(of kind: Symbol.Kind) -> Kind {
    switch kind {
    case .component: .class
    case .graph, .file, .alias: .struct
    case .instance: .variable
    case .parameter, .variable: .parameter
    case .inbox, .outbox: .property
    case .backplane: .event
    }
  }

  /// Types, words in the place of values, and names of what is not known, by where they begin.
  private static func words(of tree: GraphFile) -> [Int: Kind] {
    var words: [Int: Kind] = [:]
    tree.walk { node in
      switch node {
      case TypeSyntax.named(let name, _, _): words[name.place.range.lowerBound] = .type
      case TypeSyntax.graph(_, let place): words[place.range.lowerBound] = .type
      case Expression.word(let name): words[name.place.range.lowerBound] = .enumMember
      case let argument as Argument:
        if let name = argument.name { words[name.place.range.lowerBound] = .parameter }
      case let field as RecordField: words[field.name.place.range.lowerBound] = .property
      case let field as TypeField: words[field.name.place.range.lowerBound] = .property
      case let endpoint as Endpoint where !endpoint.isSelf: words[endpoint.instance.place.range.lowerBound] = .variable
      case let box as BoxReference: if let name = box.name { words[name.place.range.lowerBound] = .property }
      case let component as ComponentExpression:
        if case .name(let name) = component.subject { words[name.place.range.lowerBound] = .class }
      default: break
      }
    }
    return words
  }
}
