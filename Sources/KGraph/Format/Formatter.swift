/// Writes a file in the one form that the language has for it.
///
/// Words and signs stay as they are; spaces, line ends and commas after last elements are decided here. Blocks are indented by
/// four columns, each statement has a line of its own, lists and chains are broken where a line would be longer than
/// 100 columns. Comments stay where they are, one blank line is kept where there are some. The `=` of neighbouring
/// instances, the names of neighbouring boxes and the comments after neighbouring lines stand below each other.
package struct Formatter {
  private let source: Source
  private let tokens: [Token]
  private let attached: Set<Int>
  /// The next token that is not printed yet.
  private var cursor = 0
  private var lines: [FormattedLine] = []
  /// Line ends since the last thing printed.
  private var lineEnds = 0
  /// True at the beginning of a block, where no blank line is kept.
  private var isAtStart = true

  /// The text of the file in its canonical form, ended by a line end; `nil` if it has errors of syntax.
  ///
  /// Formatting the result again changes nothing, and it says the same as the file.
  package static func format(_ file: GraphFile) -> String? {
    guard file.diagnostics.isEmpty else { return nil }
    var formatter = Formatter(file)
    formatter.body(file.statements.map(Entry.statement), depth: 0, end: file.tokens.count)
    Alignment.alignComments(&formatter.lines)
    return formatter.lines.map { $0.written + "\n" }.joined()
  }

  private init(_ file: GraphFile) {
    source = file.source
    tokens = file.tokens
    var signs: Set<Int> = []
    Self.collectAttached(file, tokens, &signs)
    attached = signs
  }

  /// The signs that follow what is before them at once: the bracket of an array's index, and `...` with a lower end.
  private static func collectAttached(_ node: any SyntaxNode, _ tokens: [Token], _ offsets: inout Set<Int>) {
    func next(after offset: Int) -> Int? {
      var index = tokens.firstIndex(from: offset)
      while index < tokens.count, tokens[index].isTrivia { index += 1 }
      return index < tokens.count ? tokens[index].range.lowerBound : nil
    }
    switch node {
    case let box as BoxReference where box.index != nil:
      offsets.insert(box.name.flatMap { next(after: $0.place.range.upperBound) } ?? box.place.range.lowerBound)
    case Expression.range(let lower?, _, _):
      if let sign = next(after: lower.place.range.upperBound) { offsets.insert(sign) }
    default: break
    }
    for child in node.children { collectAttached(child, tokens, &offsets) }
  }

  // MARK: Statements

  /// Statements or steps, and the comments between them, up to the token `end`.
  private mutating func body(_ entries: [Entry], depth: Int, end: Int) {
    isAtStart = true
    let widths = Alignment.firstWidths(entries, isNeighbour)
    let columns = Alignment.columns(
      entries.map(cells), indentation: depth * LayoutPrinter.step,
      areNeighbours: { isNeighbour(entries[$0], entries[$0 + 1]) })
    for (index, entry) in entries.enumerated() {
      comments(until: tokens.firstIndex(from: entry.place.range.lowerBound), depth: depth)
      separate()
      if let line = columns[index] {
        print(.text(line), depth: depth, prefix: "")
        cursor = tokens.firstIndex(from: entry.place.range.upperBound)
      } else {
        print(entry, depth: depth, firstWidth: widths[index])
      }
      trailingComment()
    }
    comments(until: end, depth: depth)
  }

  /// True if nothing but one line end stands between two statements.
  private func isNeighbour(_ entry: Entry, _ following: Entry) -> Bool {
    let first = tokens.firstIndex(from: entry.place.range.upperBound)
    let last = tokens.firstIndex(from: following.place.range.lowerBound)
    var lineEnds = 0
    for token in tokens[first..<last] {
      if token.kind == .newline { lineEnds += 1 }
      if token.kind == .comment || token.kind == .documentation, lineEnds > 0 { return false }
    }
    return lineEnds == 1
  }

  /// What stands below each other in neighbouring cases; nothing for what is no case, or has comments inside.
  private func cells(_ entry: Entry) -> [String] {
    guard case .row(let row) = entry else { return [] }
    var cells: [String] = []
    for node in row.children {
      let range = node.place.range
      var layout = StatementLayout(
        source, tokens[tokens.firstIndex(from: range.lowerBound)..<tokens.firstIndex(from: range.upperBound)],
        attached: attached)
      var printer = LayoutPrinter(indentation: 0, prefix: "")
      printer.print(layout.layout())
      guard printer.lines.count == 1, printer.lines[0].comment == nil else { return [] }
      cells.append(printer.lines[0].text)
    }
    let last = tokens.firstIndex(from: row.place.range.upperBound)
    let hasComments = tokens[tokens.firstIndex(from: row.place.range.lowerBound)..<last].contains {
      $0.kind == .comment || $0.kind == .documentation
    }
    if hasComments || cells.count < 2 { return [] }
    return [cells[0] + ":"] + cells.dropFirst().dropLast().map { $0 + "," } + [cells[cells.count - 1]]
  }

  private mutating func print(_ entry: Entry, depth: Int, firstWidth: Int) {
    if case .step(.cases(let table)) = entry {
      return braces(table.place.range.lowerBound, table.body, table.cases.map(Entry.row), depth: depth)
    }
    guard case .statement(let statement) = entry else {
      return line(entry.place, depth: depth, firstWidth: firstWidth)
    }
    switch statement {
    case .graph(let node): block(node.place, node.body, depth: depth)
    case .loop(let node): block(node.place, node.body, depth: depth)
    case .placement(let node): block(node.place, node.body, depth: depth)
    case .condition(let node): condition(node, depth: depth, prefix: "")
    case .test(let node):
      braces(node.place.range.lowerBound, node.body, node.steps.map(Entry.step), depth: depth)
    case .defaults(let node): line(node.place, depth: depth, firstWidth: 0, isDefaults: true)
    default: line(statement.place, depth: depth, firstWidth: firstWidth)
    }
  }

  /// A statement without a block.
  private mutating func line(_ place: Place, depth: Int, firstWidth: Int, isDefaults: Bool = false) {
    let range = tokens.firstIndex(from: place.range.lowerBound)..<tokens.firstIndex(from: place.range.upperBound)
    var layout = StatementLayout(source, tokens[range], attached: attached, isDefaults: isDefaults)
    print(layout.layout(firstWidth: firstWidth), depth: depth, prefix: "")
    cursor = range.upperBound
  }

  private mutating func block(_ place: Place, _ block: Block, depth: Int) {
    braces(place.range.lowerBound, block.place, block.statements.map(Entry.statement), depth: depth)
  }

  /// `if`, and what follows its `else`.
  private mutating func condition(_ node: IfStatement, depth: Int, prefix: String) {
    braces(
      node.place.range.lowerBound, node.body.place, node.body.statements.map(Entry.statement), depth: depth,
      prefix: prefix, isCondition: true)
    switch node.alternative {
    case nil: break
    case .block(let block):
      let brace = lines.removeLast()
      braces(
        block.place.range.lowerBound, block.place, block.statements.map(Entry.statement), depth: depth,
        prefix: brace.text + " else")
    case .condition(let node):
      let brace = lines.removeLast()
      condition(node, depth: depth, prefix: brace.text + " else ")
    }
  }

  /// What stands before a block, the block, and its closing brace.
  ///
  /// - Parameter prefix: what stands on the line already.
  private mutating func braces(
    _ start: Int, _ block: Place, _ entries: [Entry], depth: Int, prefix: String = "", isCondition: Bool = false
  ) {
    let opening = tokens.firstIndex(from: block.range.lowerBound)
    let closing = tokens.firstIndex(from: block.range.upperBound) - 1
    let header = tokens[tokens.firstIndex(from: start)..<opening]
    let hasComments = tokens[opening..<closing].contains { $0.kind == .comment || $0.kind == .documentation }
    let isEmpty = entries.isEmpty && !hasComments
    var layout = StatementLayout(source, header, attached: attached, isCondition: isCondition)
    print(layout.layout(suffix: isEmpty ? " {}" : " {"), depth: depth, prefix: prefix)
    cursor = opening + 1
    if !isEmpty {
      trailingComment()
      body(entries, depth: depth + 1, end: closing)
      lines.append(FormattedLine(indentation: depth * LayoutPrinter.step, text: "}"))
    }
    cursor = closing + 1
    lineEnds = 0
    isAtStart = false
  }

  private mutating func print(_ layout: Layout, depth: Int, prefix: String) {
    var printer = LayoutPrinter(indentation: depth * LayoutPrinter.step, prefix: prefix)
    printer.print(layout)
    lines += printer.lines
    isAtStart = false
    lineEnds = 0
  }

  // MARK: Between statements

  /// The blank line that was there, if there was one.
  private mutating func separate() {
    if lineEnds > 1, !isAtStart { lines.append(FormattedLine(indentation: 0, text: "")) }
    lineEnds = 0
    isAtStart = false
  }

  /// Comments that have lines of their own, up to the token `end`.
  private mutating func comments(until end: Int, depth: Int) {
    while cursor < end {
      let token = tokens[cursor]
      cursor += 1
      switch token.kind {
      case .newline: lineEnds += 1
      case .comment, .documentation, .shebang:
        separate()
        let text = source.text(token.range).trimmingTrailingBlanks
        lines.append(FormattedLine(indentation: depth * LayoutPrinter.step, text: text))
      default: break
      }
    }
  }

  /// The comment on the line of what was printed last.
  private mutating func trailingComment() {
    var index = cursor
    while index < tokens.count, tokens[index].kind == .blank { index += 1 }
    guard index < tokens.count, tokens[index].kind == .comment || tokens[index].kind == .documentation,
      !lines.isEmpty
    else { return }
    lines[lines.count - 1].comment = source.text(tokens[index].range).trimmingTrailingBlanks
    cursor = index + 1
  }
}

extension [Token] {
  /// The index of the first token that begins at `offset` or after it.
  func firstIndex(from offset: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle].range.lowerBound < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
