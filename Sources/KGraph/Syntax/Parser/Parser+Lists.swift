/// Names, and lists in brackets.
extension Parser {
  /// What a name is the name of.
  enum NameSubject: String {
    case parameter, box, backplane, graph, variable, host, instance, component, field, policy
  }

  /// A name; if there is none, one that `isMissing`.
  ///
  /// - Parameter word: what stands before, for the message; empty if nothing worth telling.
  mutating func name(for subject: NameSubject, after word: String) -> Name {
    guard course == .sure else { return Name("", pointAfterLast) }
    switch kind() {
    case .identifier:
      let start = position
      let name = Name(text(), place(at: position))
      step()
      if name.text == "self" { report(.reservedName(name.place)) }
      if hyphenated(start) { return Name(name.text, name.place) }
      return name
    case .number: fail(.nameWithDigit(place(at: position)))
    default: fail(.nameMissing(currentPlace, subject.rawValue, after: word, found: foundText))
    }
    return Name("", pointAfterLast)
  }

  /// Reports a name with a hyphen in it, such as `chat-room`, and is lost then.
  ///
  /// - Parameter start: the first part of the name, which has been taken.
  mutating func hyphenated(_ start: Int) -> Bool {
    var end = position
    while isAdjacent(end), end < significant.count {
      if token(end).kind == .minus, isAdjacent(end + 1), [.identifier, .number].contains(token(end + 1).kind) {
        end += 2
      } else if token(end).kind == .number, source.bytes[token(end).range.lowerBound] == UInt8(ascii: "-") {
        end += 1
      } else {
        break
      }
    }
    guard end > position, end <= significant.count else { return false }
    position = end
    fail(.nameWithHyphen(place(from: start)))
    return true
  }

  /// What stands next, for a message.
  var foundText: String {
    switch kind() {
    case .newline: isAtEnd ? "the end of the file" : "the end of the line"
    case .quote, .rawString, .stringText: "a text"
    case .backtick: "a command"
    default: "`\(text())`"
    }
  }

  /// Elements parted by commas, from the opening bracket, which is next, to the closing one, `close`. A comma may
  /// stand after the last.
  mutating func commaSeparated<Element>(_ close: Token.Kind, _ element: (inout Parser) -> Element) -> [Element] {
    let bracket = position
    var elements: [Element] = []
    var lacksComma = false
    step()
    closers.append(close)
    var end = ListEnd.none
    while course == .sure {
      end = listEnd(bracket, close)
      guard end == .none else { break }
      if kind() == .comma {
        report(.nothingBeforeComma(place(at: position)))
        step()
        continue
      }
      let start = position
      elements.append(element(&self))
      recoverInBrackets()
      guard course == .sure else { break }
      if take(.comma) { continue }
      end = listEnd(bracket, close, isAfterElement: true)
      guard end == .none else { break }
      separate(from: start, close, isFirst: !lacksComma)
      lacksComma = true
      recoverInBrackets()
      if course == .sure { _ = take(.comma) }
    }
    if course == .sure {
      if end == .here { step() }
      closers.removeLast()
    }
    return elements
  }

  private enum ListEnd {
    case none
    /// The next token closes the list.
    case here
    /// What closes the list is missing before the next token.
    case missing
  }

  /// Whether the list ends here; says so if by another bracket than its own, or by none.
  private mutating func listEnd(_ bracket: Int, _ close: Token.Kind, isAfterElement: Bool = false) -> ListEnd {
    if kind() == close { return .here }
    if isAtEnd || looksLikeStatement(position) || looksLikeLineOfBlock
      || (kind() == .closeBrace && blocks > 0 && !closers.contains(.closeBrace)
        && !(beginsLine[position] && indentation(of: position) >= indentation(of: statementStart)))
    {
      if isSpoiledByText(from: bracket) { course = .abandoned }
      abandon(.unclosedBracket(place(at: bracket), close.closingSign, end: pointAfterLast))
      return .missing
    }
    if kind() == .closeBrace, beginsLine[position], indentation(of: position) >= indentation(of: statementStart) {
      // The block around is closed further left.
      report(.wrongBracket(place(at: position), close.closingSign, opening: place(at: bracket)))
      return .here
    }
    if isAfterElement, kind() == .arrow || kind() == .arrowOptions {
      if isSpoiledByText(from: bracket) { course = .abandoned }
      report(
        .unclosedBracket(
          place(at: bracket), close.closingSign, end: pointAfterLast, isBeforeArrow: kind() == .arrow))
      return .missing
    }
    if closers.dropLast().contains(kind()) || (isAfterElement && isPastList(close)) {
      report(.unclosedBracket(place(at: bracket), close.closingSign, end: pointAfterLast))
      return .missing
    }
    guard [.closeParenthesis, .closeBracket, .closeBrace].contains(kind()) else { return .none }
    report(.wrongBracket(place(at: position), close.closingSign, opening: place(at: bracket)))
    return .here
  }

  /// True if the next line begins like one of a block, such as `inbox lines`: whatever stands in the list is none of it.
  private var looksLikeLineOfBlock: Bool {
    guard beginsLine[position], kind() == .identifier, [.identifier, .number].contains(kind(1)), text() != "param",
      !beginsLine[position + 1], text(1) != "as"
    else { return false }
    return Keyword(rawValue: text()) != nil || Self.steps.contains(text())
  }

  private static let steps: Set<String> = ["send", "expect", "advance", "close"]

  /// True for what can only stand after the list: the brace of a block, and the `from` of an import.
  private func isPastList(_ close: Token.Kind) -> Bool {
    switch kind() {
    case .openBrace: close == .closeParenthesis && (position + 1 >= significant.count || beginsLine[position + 1])
    case .identifier: close == .closeBrace && at("from") && kind(1) == .quote
    default: false
    }
  }

  /// True if a text that nothing closes may have swallowed the closing bracket.
  private func isSpoiledByText(from bracket: Int) -> Bool {
    !unclosedTexts.isEmpty && (bracket..<position).contains { unclosedTexts.contains(Int(significant[$0])) }
  }

  /// True if a text that nothing closes begins on the line after the token at `index`: a quote before it may be the odd one.
  func spoilsLine(_ index: Int) -> Bool {
    guard !unclosedTexts.isEmpty else { return false }
    var index = index
    while index < significant.count {
      if unclosedTexts.contains(Int(significant[index])) { return true }
      index += 1
      if index < significant.count, beginsLine[index] { return false }
    }
    return false
  }

  /// Something follows an element that is neither a comma nor the end.
  ///
  /// - Parameter isFirst: whether it is the first time in the list; more of it says nothing new.
  private mutating func separate(from start: Int, _ close: Token.Kind, isFirst: Bool) {
    if token(position - 1).kind == .number, token(position).kind == .identifier, !beginsLine[position],
      Unit.isFamiliar(text(at: position)) || text(at: position) == "m", kind(1) != .colon
    {
      report(.spaceBeforeUnit(number: place(at: position - 1), unit: place(at: position)))
      step()
      return
    }
    if [.identifier, .number].contains(kind()), isAdjacent(position), token(position - 1).kind == .quote,
      !spoilsLine(position)
    {
      fail(.quoteInText(place(at: position - 1)))
      return
    }
    switch kind() {
    case .identifier, .quote, .rawString, .number, .dollar, .openBracket, .openBrace, .backtick:
      if isFaulty(position) { fail(.nothingBeforeComma(currentPlace)) }
      if isFirst, !spoilsLine(position) {
        report(.commaMissing(pointAfterLast, next: place(at: position), found: foundText))
      }
    default:
      fail(.unexpected(currentPlace, found: foundText, expected: "`,` or `\(close.closingSign)`"))
    }
  }
}

extension Token.Kind {
  fileprivate var closingSign: String { sign ?? "" }
}
