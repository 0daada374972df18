/// What an `if` asks.
extension Parser {
  mutating func question() -> Condition {
    guard kind() != .newline, kind() != .openBrace else {
      fail(.conditionMissing(pointAfterLast))
      return .broken(pointAfterLast)
    }
    return disjunction()
  }

  private mutating func disjunction() -> Condition {
    let start = position
    var left = conjunction()
    var length = 0
    while takeOperator("or", "||", &length) {
      let right = conjunction()
      left = .or(left, right, place(from: start))
    }
    return left
  }

  private mutating func conjunction() -> Condition {
    let start = position
    var left = negation()
    var length = 0
    while takeOperator("and", "&&", &length) {
      let right = negation()
      left = .and(left, right, place(from: start))
    }
    return left
  }

  /// Takes an operator of a row. Rows nest to the left in the tree, so they have the same limit as parentheses.
  ///
  /// - Parameter foreign: how other languages write it, which the lexer has reported.
  private mutating func takeOperator(_ word: String, _ foreign: String, _ length: inout Int) -> Bool {
    guard course == .sure, at(word) || at(foreign) else { return false }
    length += 1
    guard length < Self.depthLimit else {
      report(.nestedTooDeeply(currentPlace, limit: Self.depthLimit))
      course = .abandoned
      return false
    }
    step()
    return true
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
      closers.append(.closeParenthesis)
      let inner = nested { $0.disjunction() } ?? .broken(pointAfterLast)
      guard course == .sure else { return inner }
      if kind() != .closeParenthesis {
        abandon(.unclosedBracket(place(at: opening), ")", end: pointAfterLast))
        return inner
      }
      closers.removeLast()
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
