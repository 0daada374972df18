import Kamaelia

/// Decides conditions.
extension Evaluator {
  /// - Returns: nil where it is not known.
  func decide(_ condition: Condition, _ scope: Scope) -> Bool? {
    switch condition {
    case .value(let expression):
      func report(_ value: String) {
        findings.report(.noTruth(expression, value, isParameter: namesParameter(expression, scope)))
      }
      switch evaluate(expression, scope) {
      case .value(.bool(let truth)): return truth
      case .value(let value): report("\(value)")
      case .graph, .graphs: report("a graph")
      case .unknown(let type): if let type, !MessageType.bool.canBe(type) { report("a \(type)") }
      }
      return nil
    case .comparison(let left, let comparison, let right, let place):
      guard case .value(let a) = evaluate(left, scope), case .value(let b) = evaluate(right, scope) else { return nil }
      let sides = [left, right].map { ($0, namesParameter($0, scope)) }
      return compare(a, comparison, b, at: place, sides)
    case .not(let inner, _): return decide(inner, scope).map { !$0 }
    case .and(let left, let right, _):
      let (a, b) = (decide(left, scope), decide(right, scope))
      if a == false || b == false { return false }
      return a == nil || b == nil ? nil : true
    case .or(let left, let right, _):
      let (a, b) = (decide(left, scope), decide(right, scope))
      if a == true || b == true { return true }
      return a == nil || b == nil ? nil : false
    case .broken: return nil
    }
  }

  /// Whether it is the name of a parameter without its sign.
  private func namesParameter(_ expression: Expression, _ scope: Scope) -> Bool {
    if case .word(let name) = expression { scope.value(name.text) != nil } else { false }
  }

  private func compare(
    _ a: Value, _ comparison: Condition.Comparison, _ b: Value, at place: Place,
    _ sides: [(expression: Expression, isParameter: Bool)]
  ) -> Bool? {
    let isEquality = comparison == .equal || comparison == .notEqual
    guard a.isComparable(to: b) else {
      findings.report(.notComparable(place, a, b, sides: sides))
      return nil
    }
    if isEquality { return a.isSame(as: b) == (comparison == .equal) }
    guard let less = a.isLess(than: b), let greater = b.isLess(than: a) else {
      findings.report(.notComparable(place, a, b, sides: sides))
      return nil
    }
    return switch comparison {
    case .less: less
    case .lessOrEqual: !greater
    case .greater: greater
    case .greaterOrEqual: !less
    case .equal, .notEqual: nil
    }
  }
}

extension Value {
  /// Whether it makes sense to ask if two values are the same.
  fileprivate func isComparable(to other: Value) -> Bool {
    if isLess(than: other) != nil { return true }
    return switch (self, other) {
    case (.bool, .bool), (.name, .name), (.list, .list), (.record, .record), (.range, .range), (.command, .command):
      true
    case (.name("none"), _), (_, .name("none")): true
    default: false
    }
  }
}
