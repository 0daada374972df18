/// What an `if` asks.
extension Parser {
  mutating func question() -> Condition {
    guard kind() != .newline, kind() != .openBrace else {
      fail(.conditionMissing(pointAfterLast))
      return .broken(pointAfterLast)
    }
    operatorsInRow = 0
    return disjunction()
  }

  private mutating func disjunction() -> Condition {
    let start = position
    var left = conjunction()
    while takeOperator("or", "||") {
      let right = conjunction()
      left = grown(left, .or(left, right, place(from: start)))
    }
    return left
  }

  private mutating func conjunction() -> Condition {
    let start = position
    var left = negation()
    while takeOperator("and", "&&") {
      let right = negation()
      left = grown(left, .and(left, right, place(from: start)))
    }
    return left
  }

  private mutating func takeOperator(_ word: String, _ foreign: String) -> Bool {
    guard course == .sure, at(word) || at(foreign) else { return false }
    operatorsInRow += 1
    step()
    return true
  }

  /// Rows of operators nest to the left; one of more than the limit would be as deep as nested parentheses.
  private mutating func grown(_ left: Condition, _ whole: Condition) -> Condition {
    guard operatorsInRow <= Self.depthLimit else {
      if course == .sure { report(.nestedTooDeeply(currentPlace, limit: Self.depthLimit)) }
      course = .abandoned
      return left
    }
    return whole
  }

  private mutating func negation() -> Condition {
    let start = position
    guard at("not") || at("!") else { return comparison() }
    step()
    let operand = nested { $0.negation() } ?? .broken(pointAfterLast)
    return .not(operand, place(from: start))
  }

  private mutating func comparison() -> Condition {
    if kind() == .openParenthesis {
      let opening = position
      step()
      brackets += 1
      let inner = nested { $0.disjunction() } ?? .broken(pointAfterLast)
      guard course == .sure else { return inner }
      if kind() != .closeParenthesis {
        abandon(.unclosedBracket(place(at: opening), ")", end: pointAfterLast))
        return inner
      }
      brackets -= 1
      step()
      return inner
    }
    let start = position
    let left = expression(after: "if")
    guard course == .sure else { return .broken(left.place) }
    let comparison: Condition.Comparison
    switch kind() {
    case .equal: comparison = .equal
    case .notEqual: comparison = .notEqual
    case .less: comparison = .less
    case .lessOrEqual: comparison = .lessOrEqual
    case .greater: comparison = .greater
    case .greaterOrEqual: comparison = .greaterOrEqual
    case .assign:
      report(.assignInCondition(place(at: position)))
      comparison = .equal
    default: return .value(left)
    }
    let sign = text()
    step()
    let right = expression(after: sign)
    if course == .sure { checkNoSecondComparison() }
    return .comparison(left, comparison, right, place(from: start))
  }

  private mutating func checkNoSecondComparison() {
    switch kind() {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: fail(.comparisonInRow(currentPlace))
    default: break
    }
  }
}
