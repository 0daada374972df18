/// Values.
extension Parser {
  /// A value, or a range of two.
  ///
  /// - Parameter word: what stands before, for the message when nothing follows.
  mutating func expression(after word: String) -> Expression {
    let start = position
    guard course == .sure else { return .broken(pointAfterLast) }
    var lower: Expression?
    if kind() != .range {
      let value = primary(after: word)
      guard course == .sure, kind() == .range else { return value }
      lower = value
      checkRangeEnd(value)
    }
    step()
    var upper: Expression?
    switch kind() {
    case .number, .dollar: upper = primary(after: "...")
    case .quote, .rawString:
      let value = primary(after: "...")
      checkRangeEnd(value)
      upper = value
    default: break
    }
    if lower == nil, upper == nil, course == .sure { fail(.valueMissing(currentPlace, after: "...", found: foundText)) }
    return .range(lower: lower, upper: upper, place(from: start))
  }

  private mutating func checkRangeEnd(_ value: Expression) {
    switch value {
    case .literal(let literal):
      if case .boolean = literal.value { report(.rangeEnd(value.place)) }
    case .parameter, .broken: break
    default: report(.rangeEnd(value.place))
    }
  }

  private mutating func primary(after word: String) -> Expression {
    let start = position
    if position > statementStart, looksLikeStatement(position) {
      fail(.valueMissing(pointAfterLast, after: word, found: ""))
      return .broken(pointAfterLast)
    }
    switch kind() {
    case .number: return number()
    case .quote, .rawString: return .text(quotedText())
    case .backtick:
      return .component(component())
    case .dollar: return parameterReference()
    case .identifier: return wordValue()
    case .openBracket:
      let elements = nested { parser in parser.commaSeparated(.closeBracket) { $0.expression(after: "") } }
      return elements.map { .list($0, place(from: start)) } ?? .broken(place(from: start))
    case .openBrace:
      let fields = nested { parser in parser.commaSeparated(.closeBrace) { $0.recordField() } }
      return fields.map { .record($0, place(from: start)) } ?? .broken(place(from: start))
    case .minus: fail(.minusWithoutNumber(place(at: position)))
    case .openParenthesis: fail(.parenthesesAroundValue(place(at: position)))
    default: fail(.valueMissing(currentPlace, after: word, found: foundText))
    }
    return .broken(place(from: start))
  }

  private mutating func number() -> Expression {
    let place = place(at: position)
    let isFaulty = isFaulty(position)
    step()
    guard !isFaulty else { return .broken(place) }
    do {
      let number = try Number(place.text)
      return .literal(
        Literal(value: number.value, number: String(number.number), unit: String(number.unit), place: place))
    } catch {
      report(.number(error, place))
      return .broken(place)
    }
  }

  private mutating func parameterReference() -> Expression {
    let start = position
    step()
    guard kind() == .identifier, isAdjacent(position) else {
      if kind() == .openParenthesis, isAdjacent(position) {
        fail(.commandInValue(place(from: start)))
        return .broken(place(from: start))
      }
      if kind() == .openBrace, isAdjacent(position), kind(1) == .identifier, kind(2) == .closeBrace {
        let whole = Place(source, token(start).range.lowerBound..<token(position + 2).range.upperBound)
        report(.dollarWithoutName(whole, braces: true, name: text(1)))
        position += 3
        return .broken(whole)
      }
      fail(.dollarWithoutName(place(from: start), braces: kind() == .openBrace))
      return .broken(place(from: start))
    }
    let name = name(for: .parameter, after: "$")
    return .parameter(name, place(from: start))
  }

  /// `true`, a bare word, or a component.
  private mutating func wordValue() -> Expression {
    let start = position
    let word = text()
    if kind(1) == .openParenthesis {
      return nested { .component($0.component()) } ?? .broken(place(from: start))
    }
    if kind(1) == .dot, isAdjacent(position + 1), isAdjacent(position + 2) { return fileName() }
    let name = name(for: .parameter, after: "")
    if word == "true" || word == "false" {
      return .literal(Literal(value: .boolean(word == "true"), number: word, unit: "", place: name.place))
    }
    return .word(name)
  }

  /// `access.log` without quotes.
  private mutating func fileName() -> Expression {
    let start = position
    step()
    while kind() == .dot || kind() == .identifier || kind() == .number, isAdjacent(position) { step() }
    let place = place(from: start)
    report(.textWithoutQuotes(place, text: place.text))
    return .broken(place)
  }

  private mutating func recordField() -> RecordField {
    let start = position
    let name: Name
    if kind() == .quote || kind() == .rawString {
      let text = quotedText()
      let isName = text.constant.map { $0.isName } ?? false
      report(.fieldInQuotes(text.place, name: isName ? text.constant : nil))
      name = Name(text.constant ?? "", text.place)
    } else {
      name = self.name(for: .field, after: "")
    }
    if course == .sure, !take(.colon) {
      if kind() == .assign {
        report(.assignForColon(place(at: position), name: name.text))
        step()
      } else {
        fail(.unexpected(currentPlace, found: foundText, expected: "`:` and a value"))
      }
    }
    let value = expression(after: ":")
    return RecordField(name: name, value: value, place: place(from: start))
  }
}

extension String {
  /// Whether it is a name as graphs have them: a letter or `_`, then letters, digits and `_`.
  var isName: Bool {
    guard let first = unicodeScalars.first, first == "_" || first.properties.isXIDStart else { return false }
    return unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isXIDContinue }
  }
}
