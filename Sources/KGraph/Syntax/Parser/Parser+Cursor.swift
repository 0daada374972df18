/// Looking at tokens and stepping over them.
extension Parser {
  /// The kind of the token `ahead` of the next one, or `newline` if the statement ends before it.
  func kind(_ ahead: Int = 0) -> Token.Kind {
    for index in position...position + ahead where endsStatement(before: index) { return .newline }
    return token(position + ahead).kind
  }

  /// The significant token at `index`, wherever it is.
  func token(_ index: Int) -> Token { tokens[Int(significant[index])] }

  var isAtEnd: Bool { position >= significant.count }

  /// True if the line ends before the token at `index`, and the statement with it.
  func endsStatement(before index: Int) -> Bool {
    guard index < significant.count else { return true }
    guard beginsLine[index], index > statementStart, closers.isEmpty else { return false }
    switch token(index).kind {
    case .arrow, .arrowOptions: return false
    default: break
    }
    switch token(index - 1).kind {
    case .comma, .assign, .openParenthesis, .openBracket, .openBrace, .arrowOptions: return false
    // What a blank line parts from an arrow is another statement: the arrow leads nowhere.
    case .arrow: return isBehindBlankLine(index)
    default: return true
    }
  }

  /// True if a line without anything in it stands between the token at `index` and the one before.
  private func isBehindBlankLine(_ index: Int) -> Bool {
    var lineEnds = 0
    for token in tokens[Int(significant[index - 1])..<Int(significant[index])] {
      switch token.kind {
      case .newline: lineEnds += 1
      case .comment, .documentation: lineEnds = 0
      default: break
      }
      if lineEnds > 1 { return true }
    }
    return false
  }

  /// The text of the significant token at `index`; empty beyond the end.
  func text(at index: Int) -> String {
    index < significant.count ? source.text(token(index).range) : ""
  }

  func text(_ ahead: Int = 0) -> String { kind(ahead) == .newline ? "" : text(at: position + ahead) }

  /// True if the next token is the word `word`.
  func at(_ word: String) -> Bool { kind() == .identifier && text() == word }

  /// True if no blank space stands between the tokens at `index - 1` and `index`.
  func isAdjacent(_ index: Int) -> Bool {
    index > 0 && index < significant.count && token(index - 1).range.upperBound == token(index).range.lowerBound
  }

  mutating func step() { position += 1 }

  /// Steps over the next token if it is of this kind.
  mutating func take(_ kind: Token.Kind) -> Bool {
    guard self.kind() == kind else { return false }
    step()
    return true
  }

  /// Steps over the next token if it is this word.
  mutating func take(_ word: String) -> Bool {
    guard at(word) else { return false }
    step()
    return true
  }

  // MARK: Places

  /// Where the last token ended.
  var lastEnd: Int { position > 0 ? token(position - 1).range.upperBound : 0 }

  /// From the token at `start` to the last one; a point after the token before if nothing was taken since.
  func place(from start: Int) -> Place {
    guard position > start else { return pointAfterLast }
    return Place(source, token(start).range.lowerBound..<lastEnd)
  }

  func place(at index: Int) -> Place {
    guard index < significant.count else { return Place(source, source.bytes.count..<source.bytes.count) }
    return Place(source, token(index).range)
  }

  var pointAfterLast: Place { Place(source, lastEnd..<lastEnd) }

  /// The next token, or a point after the last one if the statement ends here.
  var currentPlace: Place { kind() == .newline ? pointAfterLast : place(at: position) }

  // MARK: Finding the way again

  /// True if the token at `index` is the first on its line and looks like the beginning of a statement, whatever
  /// brackets are open; within brackets, what is indented further than the present statement does not.
  func looksLikeStatement(_ index: Int) -> Bool {
    guard index < significant.count, beginsLine[index] else { return false }
    if !closers.isEmpty, indentation(of: index) > indentation(of: statementStart) { return false }
    func next(_ ahead: Int) -> Token.Kind? {
      let at = index + ahead
      return at < significant.count && !beginsLine[at] ? token(at).kind : nil
    }
    switch (token(index).kind, next(1)) {
    case (.identifier, .assign?), (.identifier, .arrow?), (.identifier, .arrowOptions?): return true
    case (.at, .identifier?): return next(2) == .arrow
    case (.identifier, .identifier?): return Keyword(rawValue: text(at: index)) != nil
    case (.identifier, .quote?): return ["test", "import"].contains(text(at: index))
    case (.identifier, .openBrace?): return ["defaults", "import"].contains(text(at: index))
    case (.identifier, .dollar?): return text(at: index) == "if"
    case (.identifier, .openParenthesis?): return !closers.isEmpty && isComponentBeforeArrow(index)
    case (.identifier, .dot?): return next(2) == .identifier && (next(3) == .arrow || next(3) == .arrowOptions)
    default: return false
    }
  }

  /// True if a component begins at `index`, and an arrow follows it on its line, outside of all brackets.
  private func isComponentBeforeArrow(_ index: Int) -> Bool {
    var open = 0
    var index = index + 1
    while index < significant.count, !beginsLine[index] {
      switch token(index).kind {
      case .openParenthesis, .openBracket, .openBrace: open += 1
      case .closeParenthesis, .closeBracket, .closeBrace: open -= 1
      case .comma where open == 0: return false
      case .arrow where open == 0, .arrowOptions where open == 0: return true
      default: break
      }
      if open < 0 { return false }
      index += 1
    }
    return false
  }

  /// True if the token at `index` is the first on its line and begins a statement that is no chain.
  func looksLikeDeclaration(_ index: Int) -> Bool {
    guard looksLikeStatement(index), token(index).kind == .identifier, index + 1 < significant.count else {
      return false
    }
    return ![.arrow, .arrowOptions, .dot, .openParenthesis].contains(token(index + 1).kind)
  }

  /// How many bytes of blank space the line of the token at `index` begins with.
  func indentation(of index: Int) -> Int {
    let offset = token(index).range.lowerBound
    var start = offset
    while start > 0, source.bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var end = start
    while end < offset, source.bytes[end] == UInt8(ascii: " ") || source.bytes[end] == UInt8(ascii: "\t") { end += 1 }
    return end - start
  }

  /// Skips to the next comma or closing bracket that belongs to the innermost open one, and is sure again there.
  ///
  /// Stops before a token that looks like a new statement, and is abandoned then.
  mutating func recoverInBrackets() {
    guard course == .lost else { return }
    var open = 0
    while position < significant.count {
      if position > statementStart, looksLikeStatement(position) { break }
      switch token(position).kind {
      case .openParenthesis, .openBracket, .openBrace, .arrowOptions: open += 1
      case .closeParenthesis, .closeBracket, .closeBrace:
        if open == 0 {
          course = .sure
          return
        }
        open -= 1
      case .comma where open == 0:
        course = .sure
        return
      default: break
      }
      position += 1
    }
    course = .abandoned
  }

  /// Skips the rest of a statement that could not be read: to the end of its line, brackets that open on the way
  /// included, or to the closing brace of the block around it.
  mutating func skipStatement() {
    closers = []
    course = .sure
    var open = 0
    var braces = 0
    while position < significant.count {
      let kind = token(position).kind
      if position > statementStart, beginsLine[position] {
        if open + braces == 0, kind != .arrow, kind != .arrowOptions { return }
        if braces == 0, looksLikeStatement(position) { return }
      }
      switch kind {
      case .openParenthesis, .openBracket, .arrowOptions: open += 1
      case .closeParenthesis, .closeBracket: open = max(0, open - 1)
      case .openBrace: braces += 1
      case .closeBrace where braces == 0 && blocks > 0: return
      case .closeBrace: braces = max(0, braces - 1)
      default: break
      }
      position += 1
    }
  }
}
