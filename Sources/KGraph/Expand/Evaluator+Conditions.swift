import Kamaelia

/// Decides conditions.
extension Evaluator {
  /// - Returns: nil where it is not known.
  func decide(_ condition: Condition, _ scope: Scope) -> Bool? {
    switch condition {
    case .value(let expression):
      switch evaluate(expression, scope) {
      case .value(.bool(let truth)): return truth
      case .value(let value): findings.report(.noTruth(expression, "\(value)"))
      case .graph, .graphs: findings.report(.noTruth(expression, "a graph"))
      case .unknown(let type):
        if let type, !MessageType.bool.canBe(type) { findings.report(.noTruth(expression, "a \(type)")) }
      }
      return nil
    case .comparison(let left, let comparison, let right, let place):
      guard case .value(let a) = evaluate(left, scope), case .value(let b) = evaluate(right, scope) else { return nil }
      return compare(a, comparison, b, at: place)
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

  private func compare(_ a: Value, _ comparison: Condition.Comparison, _ b: Value, at place: Place) -> Bool? {
    let isEquality = comparison == .equal || comparison == .notEqual
    guard a.isComparable(to: b) else {
      findings.report(.notComparable(place, a, b))
      return nil
    }
    if isEquality { return a.isSame(as: b) == (comparison == .equal) }
    guard let less = a.isLess(than: b), let greater = b.isLess(than: a) else {
      findings.report(.notComparable(place, a, b))
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
