import KGraph
import Kamaelia

/// What is known of the thing under the pointer.
extension LanguageServer {
  struct Hover: Encodable {
    let contents: Markdown
    let range: TextRange
  }

  func hover(_ parameters: PositionParameters) throws -> any Encodable {
    let inspection = try inspectChecked(parameters.textDocument.uri)
    let document = inspection.document
    let offset = document.lines.offset(of: parameters.position, client.encoding)
    let diagnostics = workspace.survey(of: document).checked.diagnostics.filter {
      $0.place.source === inspection.source && $0.place.range.lowerBound <= offset && offset < $0.place.range.upperBound
    }
    var found = inspection.words(at: offset)
    for code in Set(diagnostics.map(\.code)).sorted(by: { $0.name < $1.name }) {
      let place = found?.place ?? diagnostics[0].place
      found = (Self.join(found?.text, Inspection.explanation(of: code)), place)
    }
    guard let found else { return Null() }
    var translation = workspace.translation()
    return Hover(contents: Markdown(found.text), range: translation.range(found.place))
  }

  private static func join(_ first: String?, _ second: String) -> String {
    first.map { "\($0)\n\n---\n\n\(second)" } ?? second
  }
}

extension Inspection {
  static func explanation(of code: Code) -> String {
    "**\(code.name)**: \(code.title)\n\n" + ManualPage.plain(code.explanation)
      + (code.mended.isEmpty ? "" : "\n\nMended:\n\n```kgraph\n\(code.mended)```")
  }

  /// What is to be said of a place, and of which stretch.
  func words(at offset: Int) -> (text: String, place: Place)? {
    if let occurrence = index.occurrence(at: offset, in: source) {
      return words(of: index.symbols[occurrence.symbol]).map { ($0, occurrence.place) }
    }
    let tokens = tree.tokens
    let number = tokens.index(holding: offset)
    guard number < tokens.count else { return nil }
    let token = tokens[number]
    let place = Place(source, token.range)
    switch token.kind {
    case .arrow, .arrowOptions: return arrow(at: offset)
    case .comment:
      guard let allowance = tree.allowances.first(where: { $0.code.place.range.contains(offset) }),
        let code = Code.named(allowance.code.text)
      else { return nil }
      return (Self.explanation(of: code), allowance.code.place)
    case .number, .identifier:
      // A unit is a token of its own behind its number.
      if let literal = literal(at: offset), !literal.unit.isEmpty { return (Self.worth(literal), literal.place) }
      if token.kind == .identifier, let words = Keywords.words[place.text], isKeyword(token) { return (words, place) }
      return nil
    case .backtick, .stringText, .quote, .rawString:
      if let file = importedFile(at: offset) {
        return (ManualPage(shape: Shape(index.graphs[file])).text, place)
      }
      return nil
    default: return nil
    }
  }

  private func words(of symbol: Symbol) -> String? {
    switch symbol.kind {
    case .component, .graph, .file, .alias:
      return shape(symbol.subject).map { ManualPage(shape: $0).text }
    case .instance:
      let variables = facts.variables(of: symbol, in: index)
      guard let shape = shape(symbol.subject) else { return "```kgraph\n\(symbol.name)\n```" }
      return "```kgraph\n\(symbol.name) = \(shape.name)(…)\n```\n\n"
        + ManualPage(shape: shape, variables: variables).text
    case .parameter: return parameter(symbol)
    case .variable:
      guard let place = symbol.definitions.first, let loop = tree.loop(of: place) else { return nil }
      return "```kgraph\nfor \(symbol.name) in \(loop.values.place.text)\n```\n\nOne of these in each turn."
    case .inbox: return box(symbol, .inbox)
    case .outbox: return box(symbol, .outbox)
    case .backplane:
      guard case .graph(let graph) = symbol.owner,
        let backplane = index.graphs[graph].backplanes.first(where: { $0.name.text == symbol.name })
      else { return nil }
      return Self.declared(
        "backplane \(symbol.name): \(backplane.type.place.text)", backplane.documentation?.text ?? "",
        ["anything may publish to it and subscribe to it"])
    }
  }

  private func parameter(_ symbol: Symbol) -> String? {
    switch symbol.owner {
    case .component(let name):
      guard let shape = shape(.component(name)),
        let parameter = shape.parameters.first(where: { $0.name == symbol.name })
      else { return nil }
      return Self.declared("\(parameter.name): \(parameter.type)", parameter.description, parameter.facts)
    case .graph(let graph):
      guard let parameter = index.graphs[graph].parameters.first(where: { $0.name.text == symbol.name }) else {
        return nil
      }
      let value = parameter.defaultValue.map { " = \($0.place.text)" } ?? ""
      let values = facts.values(of: symbol, in: index)
      return Self.declared(
        "param \(symbol.name): \(parameter.type.place.text)\(value)", parameter.documentation?.text ?? "",
        values.isEmpty ? [] : ["here it is " + values.map { "`\($0)`" }.joined(separator: ", or ")])
    case .library: return nil
    }
  }

  private func box(_ symbol: Symbol, _ direction: BoxDeclaration.Direction) -> String? {
    let subject: Subject =
      switch symbol.owner {
      case .component(let name): .component(name)
      case .graph(let graph): .graph(graph)
      case .library: .unknown
      }
    guard let box = shape(subject)?.box(symbol.name, direction) else { return nil }
    return Self.declared("\(direction.rawValue) \(box.title): \(box.typeText)", box.description, box.facts)
  }

  private static func declared(_ line: String, _ description: String, _ facts: [String]) -> String {
    var parts = ["```kgraph\n\(line)\n```"]
    if !description.isEmpty { parts.append(description) }
    if !facts.isEmpty { parts.append(LanguageServer.sentence(facts.joined(separator: "; ")) + ".") }
    return parts.joined(separator: "\n\n")
  }

  /// What an arrow carries and how much it holds.
  private func arrow(at offset: Int) -> (text: String, place: Place)? {
    guard let (chain, number) = tree.arrow(at: offset) else { return nil }
    let arrow = chain.arrows[number]
    let types = facts.types(carriedBy: arrow.place)
    let shown = types.isEmpty ? type(sentBy: number, of: chain, at: offset).map { [$0] } ?? [] : types
    let carries = shown.isEmpty ? "It is not known what it carries." : "Carries " + Self.alternatives(shown) + "."
    let holds =
      arrow.options.isEmpty ? "Holds 256 messages, unless `defaults` say otherwise; then its sender waits." : ""
    return (
      ["```kgraph\n\(arrow.place.text)\n```", carries, holds].filter { !$0.isEmpty }.joined(separator: "\n\n"),
      arrow.place
    )
  }

  static func alternatives(_ types: [MessageType]) -> String {
    types.map { "`\($0)`" }.joined(separator: " or ")
  }

  private func literal(at offset: Int) -> Literal? {
    func find(_ node: any SyntaxNode) -> Literal? {
      if let literal = node as? Literal { return literal }
      for child in node.children
      where child.place.range.lowerBound <= offset && offset <= child.place.range.upperBound {
        if let found = find(child) { return found }
      }
      return nil
    }
    return find(tree)
  }

  private static func worth(_ literal: Literal) -> String {
    let written = "\(literal.number)\(literal.unit)"
    let (kind, worth): (String, String) =
      switch literal.value {
      case .duration(let nanoseconds): ("Duration", "\(Double(nanoseconds) / 1e9) s")
      case .size(let bytes): ("Size", "\(bytes) bytes")
      case .frequency(let hertz): ("Frequency", "\(hertz) Hz")
      case .fraction(let share): ("Double", "\(share)")
      case .rate(let count, let nanoseconds): ("Rate", "\(count / Double(nanoseconds) * 1e9) in a second")
      case .byteRate(let bytes, let nanoseconds):
        ("Rate", "\(Double(bytes) / Double(nanoseconds) * 1e9) bytes in a second")
      case .integer, .double, .boolean: ("", written)
      }
    return "```kgraph\n\(written): \(kind)\n```\n\n\(worth)"
  }

  /// The graph of the file that an import names at `offset`.
  func importedFile(at offset: Int) -> Int? {
    guard let node = tree.importing(at: offset), node.path.place.range.contains(offset), let path = node.path.constant,
      let graph = index.names(at: offset, in: source)?.graph
    else { return nil }
    switch node.subject {
    case .file(let alias):
      let names = alias.map { [$0.text] } ?? Array(index.graphs[graph].imported)
      return names.lazy.compactMap { index.graphs[graph].graphs[$0] ?? nil }.first {
        index.graphs[$0].isFile && index.graphs[$0].place.source.name.hasSuffix(path.split(separator: "/").last ?? "")
      }
    case .items(let items):
      let targets = items.compactMap { index.graphs[graph].graphs[($0.alias ?? $0.name).text] ?? nil }
      return targets.lazy.compactMap { index.graph(of: index.graphs[$0].place.source) }.first
    }
  }

  /// Whether a word stands where it is a keyword: where it begins a statement, or joins parts of one.
  func isKeyword(_ token: Token) -> Bool { index.occurrence(at: token.range.lowerBound, in: source) == nil }
}

extension [Token] {
  /// The number of the token that holds `offset`.
  func index(holding offset: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].range.upperBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
