/// The statements of a body, and which one each line is.
extension Parser {
  /// The statements up to the end of the file, or up to the `}` that closes the block; that is left to take.
  ///
  /// - Parameter brace: the opening brace of the block, `nil` for the file.
  mutating func statements(in brace: Place?) -> [Statement] {
    var statements: [Statement] = []
    while !isAtEnd {
      if token(position).kind == .closeBrace {
        if brace != nil { return statements }
        // Behind a block it is one too many; elsewhere a block was closed too early, perhaps.
        report(.closesNothing(place(at: position), isMended: statements.last?.holdsBlock ?? true))
        isStructureLost = true
        position += 1
        continue
      }
      statements.append(nextStatement())
    }
    return statements
  }

  private mutating func nextStatement() -> Statement {
    statementStart = position
    closers = []
    course = .sure
    let start = position
    let count = diagnostics.count
    let statement = statement()
    let isRead = course == .sure
    // What follows a block says nothing of what is in it.
    let first = isRead && statement.holdsBlock ? position : start
    if isRead { finishStatement(statement, from: start) }
    if course != .sure {
      if position == start { position += 1 }
      skipStatement()
      if let keyword = Keyword(rawValue: text(at: start)), keyword.ownsBlock, !statement.hasBlock {
        skipLines(of: start)
      }
      if case .box = statement { isStructureLost = true }
      if case .backplane = statement { isStructureLost = true }
      unreadable.append(token(first).range.lowerBound..<max(lastEnd, token(first).range.upperBound))
      if case .broken = statement { return .broken(BrokenStatement(place: place(from: start))) }
    }
    if !statement.holdsBlock, diagnostics.count > count || hasFaultyToken(from: start), replaceByFBP(from: start) {
      return .broken(BrokenStatement(place: place(from: start)))
    }
    if isRead, course == .sure, !statement.holdsBlock, diagnostics.count > count || hasFaultyToken(from: start) {
      doubtful.append(token(start).range.lowerBound..<lastEnd)
    }
    return statement
  }

  /// Says of a line that could not be read that it is one of an `.fbp` file, if so, and nothing else of it.
  private mutating func replaceByFBP(from start: Int) -> Bool {
    let line = source.line(of: token(start).range.lowerBound)
    let end = line + 1 < source.lineStarts.count ? source.lineStarts[line + 1] : source.bytes.count
    guard end - source.lineStarts[line] < 500, diagnostics.count < Self.errorLimit else { return false }
    let text = source.lineText(line)
    guard ForeignFormat.isFBP(text) else { return false }
    let range = source.lineStarts[line]..<source.lineStarts[line] + text.utf8.count + 1
    diagnostics.removeAll { range.contains($0.place.range.lowerBound) }
    let first = token(start).range.lowerBound
    unreadable.removeAll { $0.lowerBound >= first }
    doubtful.removeAll { $0.lowerBound >= first }
    unreadable.append(first..<max(lastEnd, token(start).range.upperBound))
    if !hasFoundFBP { diagnostics.append(.lineOfFBP(place(from: start))) }
    hasFoundFBP = true
    return true
  }

  /// True if the lexer has spoken of a token between that one and the next.
  private func hasFaultyToken(from start: Int) -> Bool {
    guard !faultyTokens.isEmpty, position > start else { return false }
    return (significant[start]...significant[position - 1]).contains { faultyTokens.contains(Int($0)) }
  }

  /// Sees to it that nothing follows on the line.
  mutating func finishStatement(_ statement: Statement?, from start: Int) {
    guard kind() != .newline, kind() != .closeBrace else { return }
    if token(position - 1).kind == .number, kind() == .identifier,
      Unit.isFamiliar(text()) || text() == "m"
    {
      fail(.spaceBeforeUnit(number: place(at: position - 1), unit: place(at: position)))
    }
    fail(leftOver(after: statement, from: start))
  }

  /// What to say of something that follows a complete statement.
  private func leftOver(after statement: Statement?, from start: Int) -> Diagnostic {
    let place = place(at: position)
    switch kind() {
    case .closeParenthesis, .closeBracket: return .closesNothing(place)
    case .comma:
      if case .chain? = statement { return .groupWithoutBrackets(place) }
      if let number = decimalComma() { return .decimalComma(number, write: number.text.replacing(",", with: ".")) }
    case .openBracket:
      if case .chain? = statement { return .optionsWithoutDash(place) }
    case .greater where kind(1) == .quote || kind(1) == .rawString:
      if case .chain? = statement {
        return .redirection(
          Place(source, place.range.lowerBound..<endOfText(position + 1)),
          path: self.place(at: position + 1, to: endOfText(position + 1)))
      }
    case .identifier, .quote, .number, .backtick, .at, .dollar, .openBrace:
      if case .chain(let chain)? = statement, chain.arrows.isEmpty, case .endpoint? = chain.segments.first {
        if let diagnostic = habit(of: start) { return diagnostic }
        return .unknownStatement(
          self.place(at: start), next: place,
          isInstance: kind() == .backtick || (kind() == .identifier && kind(1) == .openParenthesis))
      }
      if kind() == .identifier, statement?.takesClauses == true,
        let word = Suggestions.closest(to: text(), among: Self.clauseWords).first
      {
        return .misspelledClause(place, word)
      }
      if case .parameter(let node)? = statement, node.defaultValue == nil {
        return .assignMissing(place, found: foundText)
      }
      if at("as"), kind(1) == .identifier, case .chain(let chain)? = statement,
        case .instance(let instance)? = chain.segments.last, instance.name == nil
      {
        let alias = Place(source, place.range.lowerBound..<self.place(at: position + 1).range.upperBound)
        return .aliasAfterClauses(alias, component: instance.component.place, after: lastEnd)
      }
      if case .chain(let chain)? = statement, kind() == .identifier, text(at: position - 1) == "self",
        chain.place.range.upperBound == lastEnd
      {
        return .dotMissing(Place(source, lastEnd..<place.range.lowerBound), name: text())
      }
      if case .chain? = statement { return .arrowMissing(place, found: foundText) }
    case .minus, .greater:
      let isParted =
        kind() == .minus && position + 1 < significant.count && token(position + 1).kind == .greater
      let end = self.place(at: isParted ? position + 1 : position).range.upperBound
      if case .chain? = statement {
        if kind() == .minus, let options = optionsInOtherBrackets() { return options }
        // `sort -u`: what stands at the word is an option of a program.
        let isOption = kind() == .minus && kind(1) == .identifier && isAdjacent(position + 1) && !isAdjacent(position)
        return isOption
          ? .optionOfProgram(Place(source, place.range.lowerBound..<self.place(at: position + 1).range.upperBound))
          : .noArrow(Place(source, place.range.lowerBound..<end))
      }
    default: break
    }
    return .leftOver(place, found: foundText)
  }

  /// What to say of `-{latest}->` and `-(latest)->`.
  private func optionsInOtherBrackets() -> Diagnostic? {
    guard kind(1) == .openBrace || kind(1) == .openParenthesis, isAdjacent(position + 1) else { return nil }
    var end = position + 2
    while end < min(significant.count, position + 20), !beginsLine[end],
      [.number, .identifier, .comma, .colon, .dollar].contains(token(end).kind)
    {
      end += 1
    }
    guard end + 1 < significant.count, [.closeBrace, .closeParenthesis].contains(token(end).kind),
      token(end + 1).kind == .arrow, isAdjacent(end + 1)
    else { return nil }
    let inner = source.text(token(position + 1).range.upperBound..<token(end).range.lowerBound)
    let whole = Place(source, token(position).range.lowerBound..<token(end + 1).range.upperBound)
    return .optionsInOtherBrackets(whole, write: "-[\(inner)]->")
  }

  /// Two numbers with a comma between them and no blank, the first of which has been taken: `0,5s`.
  private func decimalComma() -> Place? {
    guard position + 1 < significant.count, position > 0, isAdjacent(position), isAdjacent(position + 1),
      token(position - 1).kind == .number, token(position + 1).kind == .number,
      text(at: position - 1).utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Place(source, token(position - 1).range.lowerBound..<token(position + 1).range.upperBound)
  }

  /// Where the text ends that begins at the token of that number.
  private func endOfText(_ index: Int) -> Int {
    guard token(index).kind == .quote else { return token(index).range.upperBound }
    var end = index + 1
    while end < significant.count, token(end).kind != .quote, !beginsLine[end] { end += 1 }
    return end < significant.count ? token(end).range.upperBound : token(index).range.upperBound
  }

  private func place(at index: Int, to end: Int) -> Place { Place(source, token(index).range.lowerBound..<end) }

  /// What to say of two words at the beginning of a line, where another language is known for the first one.
  private func habit(of start: Int) -> Diagnostic? {
    let word = place(at: start)
    guard position == start + 1 else { return nil }
    if Self.declaringWords.contains(word.text), kind() == .identifier, kind(1) == .assign || kind(1) == .colon {
      return .declaringWord(word, next: place(at: position), isValue: isValue(position + 2))
    }
    if word.text == "from", kind() == .quote || kind() == .rawString || kind() == .identifier {
      return .importFrom(word)
    }
    if kind() == .identifier, kind(1) == .assign, isAdjacent(position + 1) {
      return .parenthesesMissing(Name(word.text, word), hasArguments: true)
    }
    return nil
  }

  /// True if the token at `index` begins a value that is no component.
  private func isValue(_ index: Int) -> Bool {
    guard index < significant.count, !beginsLine[index] else { return false }
    switch token(index).kind {
    case .number, .quote, .rawString: return true
    case .identifier: return ["true", "false"].contains(text(at: index))
    default: return false
    }
  }

  /// What other languages write before the name of something that is declared.
  private static let declaringWords: Set = ["let", "var", "const", "val", "auto", "set", "my", "local", "new"]

  private static let clauseWords = ["replicate", "restart", "ordered", "by", "as"]

  private mutating func statement() -> Statement {
    let start = position
    switch kind() {
    case .identifier:
      if let keyword = keyword() { return declaration(keyword) }
      switch kind(1) {
      case .assign: return instance()
      case .colon where [.number, .dollar, .quote, .rawString, .openBracket].contains(kind(2)):
        fail(.unknownStatement(place(at: position), next: place(at: position + 1)))
        return .broken(BrokenStatement(place: place(from: start)))
      case .colon:
        report(.colonForAssign(place(at: position + 1), name: text()))
        return instance()
      default: break
      }
      if text() == "else", kind(1) == .openBrace || (kind(1) == .identifier && text(1) == "if") {
        fail(.elseWithoutIf(place(at: position)))
        return .broken(BrokenStatement(place: place(from: start)))
      }
      if Self.elseIfWords.contains(text()), kind(1) == .dollar || kind(1) == .identifier {
        fail(.elseWithoutIf(place(at: position)))
        return .broken(BrokenStatement(place: place(from: start)))
      }
      if let keyword = misspelledKeyword() {
        report(.misspelledStatement(place(at: position), keyword.rawValue))
        return declaration(keyword)
      }
      return chain()
    case .quote, .rawString, .backtick, .openBracket, .openBrace, .at, .dollar, .range: return chain()
    case .number:
      if kind(1) == .assign {
        fail(.nameWithDigit(place(at: position)))
        return .broken(BrokenStatement(place: place(from: start)))
      }
      return chain()
    case .arrow:
      report(.arrowFromNowhere(place(at: position)))
      while kind() == .arrow { step() }
      if kind() == .newline || kind() == .closeBrace { return .broken(BrokenStatement(place: place(from: start))) }
      return chain(isHeadless: true)
    case .arrowOptions:
      fail(.arrowFromNowhere(place(at: position)))
      return .broken(BrokenStatement(place: place(from: start)))
    default:
      fail(.noStatement(place(at: position)))
      return .broken(BrokenStatement(place: place(from: start)))
    }
  }

  private mutating func declaration(_ keyword: Keyword) -> Statement {
    switch keyword {
    case .parameter: .parameter(parameter())
    case .inbox: .box(box(.inbox))
    case .outbox: .box(box(.outbox))
    case .graph: .graph(graph())
    case .importing: .importing(importing())
    case .backplane: .backplane(backplane())
    case .defaults: .defaults(defaults())
    case .loop: .loop(loop())
    case .condition: .condition(condition())
    case .test: .test(test())
    case .on: .placement(placement())
    case .host: .host(host())
    }
  }

  /// The keyword that begins the statement, if what follows fits it. A keyword followed by nothing that could make it
  /// a name counts too, so that what is missing can be said.
  private func keyword() -> Keyword? {
    guard let keyword = Keyword(rawValue: text()) else { return nil }
    switch kind(1) {
    case .assign, .arrow, .arrowOptions, .dot, .newline, .closeBrace: return nil
    case .openBracket: return keyword == .condition ? keyword : nil
    case .openParenthesis:
      if keyword == .loop, kind(2) == .identifier, text(3) == "in" { return keyword }
      return keyword == .condition || keyword == .graph ? keyword : nil
    default: return keyword
    }
  }

  /// The keyword that a word at the beginning of the statement is probably meant to be, judged by what follows.
  private func misspelledKeyword() -> Keyword? {
    let candidates: [Keyword]
    switch (kind(1), kind(2)) {
    case (.identifier, .colon): candidates = [.parameter, .inbox, .outbox, .backplane]
    case (.identifier, .openBrace): candidates = [.graph, .on]
    case (.identifier, .openParenthesis): candidates = [.graph]
    case (.identifier, .identifier): candidates = [.loop]
    case (.identifier, .newline): candidates = [.host]
    case (.quote, _): candidates = [.test, .importing]
    case (.openBrace, _): candidates = [.defaults, .importing]
    default: return nil
    }
    let words = candidates.map(\.rawValue) + candidates.flatMap { Self.elsewhere[$0] ?? [] }
    let written = text()
    guard let best = words.contains(written) ? written : Suggestions.closest(to: written, among: words).first
    else { return nil }
    return candidates.first { $0.rawValue == best || Self.elsewhere[$0]?.contains(best) == true }
  }

  /// What other languages write for a keyword.
  private static let elsewhere: [Keyword: [String]] = [
    .parameter: ["parameter", "let", "var", "const", "arg"], .graph: ["component", "class", "def", "func", "network"],
    .inbox: ["input", "in"], .outbox: ["output", "out"], .importing: ["include", "use"], .loop: ["foreach"],
    .backplane: ["bus", "topic", "channel"],
  ]

  /// `{ … }` with statements inside.
  ///
  /// - Parameter owner: the first token of the statement that the block belongs to.
  mutating func block(of owner: Int) -> Block {
    var statements: [Statement] = []
    let place = braces(of: owner) { parser, brace in statements = parser.statements(in: brace) }
    return Block(statements: statements, place: place)
  }

  /// Takes `{`, runs `body` for what is inside, and takes `}`.
  ///
  /// If there is no block here, or it is not closed, an error is reported.
  ///
  /// - Returns: from `{` to `}`, or a point.
  mutating func braces(of owner: Int, _ body: (inout Parser, Place) -> Void) -> Place {
    let isTest = [Keyword.test.rawValue, "cases"].contains(text(at: owner))
    if course != .sure, !isTest { isStructureLost = true }
    if course == .lost { seekBrace() }
    guard course == .sure else { return pointAfterLast }
    if kind() == .newline, position < significant.count, token(position).kind == .openBrace {
      report(.braceOnNextLine(place(at: position), after: pointAfterLast))
      statementStart = position
    }
    guard kind() == .openBrace else {
      fail(.blockMissing(currentPlace, found: foundText, after: text(at: owner)))
      if !isTest { isStructureLost = true }
      return pointAfterLast
    }
    let start = position
    let brace = place(at: position)
    let outerStart = statementStart
    guard depth < Self.depthLimit else {
      report(.nestedTooDeeply(brace, limit: Self.depthLimit))
      skipBraces()
      return place(from: start)
    }
    depth += 1
    blocks += 1
    step()
    let first = position
    body(&self, brace)
    depth -= 1
    blocks -= 1
    statementStart = outerStart
    closers = []
    course = .sure
    guard !isAtEnd else {
      unclosedBlocks.append(UnclosedBlock(brace: brace, outdented: outdented(from: first, owner: owner)))
      return place(from: start)
    }
    position += 1
    return place(from: start)
  }

  /// After a mistake in what stands before a block, goes to its brace, if that is on the same line.
  private mutating func seekBrace() {
    var index = position
    while index < significant.count, index == position || !beginsLine[index] {
      if token(index).kind == .openBrace, index > 0 {
        switch token(index - 1).kind {
        case .colon, .assign, .comma, .openParenthesis, .openBracket, .arrow: break
        default:
          position = index
          closers = []
          course = .sure
          return
        }
      }
      index += 1
    }
  }

  /// Skips the lines that are further right than the token at `owner`, and the brace behind them: a block whose beginning
  /// was not understood.
  private mutating func skipLines(of owner: Int) {
    let limit = indentation(of: owner)
    guard position < significant.count, beginsLine[position], indentation(of: position) > limit else { return }
    while position < significant.count {
      if beginsLine[position], indentation(of: position) <= limit {
        if token(position).kind == .closeBrace { position += 1 }
        return
      }
      position += 1
    }
  }

  /// Skips a block without looking into it.
  private mutating func skipBraces() {
    var open = 0
    while position < significant.count {
      let kind = token(position).kind
      if kind == .openBrace { open += 1 }
      if kind == .closeBrace { open -= 1 }
      if open < 0 { return }
      position += 1
      if open == 0 { return }
    }
  }

  /// The first line since `first` that begins no further right than the line of `owner`.
  private func outdented(from first: Int, owner: Int) -> Place? {
    let limit = indentation(of: owner)
    for index in first..<significant.count where beginsLine[index] && indentation(of: index) <= limit {
      if token(index).kind != .closeBrace { return place(at: index) }
    }
    return nil
  }

  /// Says of all blocks that are still open at the end of the file which one was probably left open.
  mutating func reportUnclosedBlocks() {
    guard !unclosedBlocks.isEmpty else { return }
    let block = unclosedBlocks.first { $0.outdented != nil } ?? unclosedBlocks[0]
    course = .sure
    isStructureLost = true
    report(.unclosedBrace(block.brace, before: block.outdented, end: place(at: significant.count)))
  }
}
