/// A statement, a step of a test or a case, as far as what is allowed for it reaches: up to the brace of its block.
struct StatementHead {
  let range: Range<Int>
  /// Whether it stands in an `if` or a `for`.
  let isConditional: Bool

  /// Those of statements and of what is in their blocks, in the order of the text.
  static func all(in statements: [Statement]) -> [StatementHead] {
    var heads: [StatementHead] = []
    add(statements, isConditional: false, to: &heads)
    return heads.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private static func add(_ statements: [Statement], isConditional: Bool, to heads: inout [StatementHead]) {
    for statement in statements {
      let start = statement.place.range.lowerBound
      func head(until body: Place) {
        let end = body.range.isEmpty ? statement.place.range.upperBound : body.range.lowerBound
        heads.append(StatementHead(range: start..<max(start, end), isConditional: isConditional))
      }
      switch statement {
      case .graph(let node):
        head(until: node.body.place)
        add(node.body.statements, isConditional: isConditional, to: &heads)
      case .loop(let node):
        head(until: node.body.place)
        add(node.body.statements, isConditional: true, to: &heads)
      case .placement(let node):
        head(until: node.body.place)
        add(node.body.statements, isConditional: isConditional, to: &heads)
      case .condition(let node): add(node, to: &heads)
      case .test(let node):
        head(until: node.body)
        for step in node.steps { add(step, isConditional, to: &heads) }
      default: heads.append(StatementHead(range: statement.place.range, isConditional: isConditional))
      }
    }
  }

  private static func add(_ step: TestStep, _ isConditional: Bool, to heads: inout [StatementHead]) {
    guard case .cases(let table) = step else {
      heads.append(StatementHead(range: step.place.range, isConditional: isConditional))
      return
    }
    let start = step.place.range.lowerBound
    heads.append(
      StatementHead(range: start..<max(start, table.body.range.lowerBound), isConditional: isConditional))
    heads += table.cases.map { StatementHead(range: $0.place.range, isConditional: isConditional) }
  }

  private static func add(_ condition: IfStatement, to heads: inout [StatementHead]) {
    let start = condition.place.range.lowerBound
    heads.append(
      StatementHead(range: start..<max(start, condition.body.place.range.lowerBound), isConditional: true))
    add(condition.body.statements, isConditional: true, to: &heads)
    switch condition.alternative {
    case .condition(let next): add(next, to: &heads)
    case .block(let block): add(block.statements, isConditional: true, to: &heads)
    case nil: break
    }
  }
}

extension [StatementHead] {
  /// The one that an offset is in, its end included; nil where it is in none.
  func last(before offset: Int) -> StatementHead? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle].range.lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    guard low > 0, offset <= self[low - 1].range.upperBound else { return nil }
    return self[low - 1]
  }
}
