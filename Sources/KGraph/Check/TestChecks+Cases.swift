import Kamaelia

/// A case of a test, its values known.
struct TestRow {
  let name: String
  /// Its name where it is written.
  let place: Place
  var values: [String: Evaluated] = [:]
  /// Where each value is written.
  var cells: [String: Place] = [:]
}

/// Checks tables of cases.
extension TestChecks {
  /// The cases that a test is to be run with.
  func rows(of table: CaseTable, in test: TestDeclaration) -> [TestRow] {
    check(table, of: test)
    var first: [String: Place] = [:]
    var rows: [TestRow] = []
    for node in table.cases {
      guard let name = evaluator.join(node.name.parts, scope, at: node.name.place) else { continue }
      if let earlier = first.updateValue(node.name.place, forKey: name) {
        findings.report(.testTwice(name, isCase: true, node.name.place, first: earlier))
      }
      guard node.values.count == table.names.count else {
        if !node.values.isEmpty { findings.report(.caseOfOtherLength(node, table)) }
        continue
      }
      var row = TestRow(name: name, place: node.name.place)
      for (column, value) in zip(table.names, node.values) where row.values[column.text] == nil {
        row.values[column.text] = evaluator.evaluate(value, scope)
        row.cells[column.text] = value.place
      }
      rows.append(row)
    }
    return rows
  }

  private func check(_ table: CaseTable, of test: TestDeclaration) {
    if table.cases.isEmpty, !table.body.range.isEmpty { findings.report(.noCases(table)) }
    var used = Uses()
    used.add(test)
    var names: [String: Place] = [:]
    for name in table.names where !name.isMissing {
      if let first = names.updateValue(name.place, forKey: name.text) {
        findings.report(.declaredTwice("value", name, first: first))
      } else if !used.parameters.contains(name.text), !test.isBroken {
        findings.report(.unusedCaseValue(name))
      }
      if let outer = main.parameters.first(where: { $0.name.text == name.text }) {
        findings.report(.shadow(name.text, at: name.place, "`$\(name.text)` outside", outer.name.place))
      }
    }
    for step in test.steps {
      switch step {
      case .cases(let other) where other.place != table.place:
        findings.report(.secondTable(other, first: table))
      case .expect(let expectation):
        if case .recorded(_, let recording, _) = expectation.subject {
          findings.report(.recordedInCases(recording.place, table))
        }
      default: break
      }
    }
  }
}

extension Diagnostic {
  /// Says: this case has 1 value, and the table names 2.
  static func caseOfOtherLength(_ node: TestCase, _ table: CaseTable) -> Diagnostic {
    let (count, wanted) = (node.values.count, table.names.count)
    let names = table.names.map { "`\($0.text)`" }.joined(separator: ", ")
    return Diagnostic(
      .badCases, "this case has \(counted(count, "value")), and the table names \(wanted)",
      at: node.place, labels: [Label(table.names[0].place, "the values are \(names)")])
  }

  /// Says: this table has no cases.
  static func noCases(_ table: CaseTable) -> Diagnostic {
    let values = table.names.map { _ in "1" }.joined(separator: ", ")
    return Diagnostic(
      .badCases, "this table has no cases, so the test is never run", at: table.body,
      helps: ["write one on each line, as in `\"a short one\": \(values)`"])
  }

  /// Says: a test has one table of cases.
  static func secondTable(_ table: CaseTable, first: CaseTable) -> Diagnostic {
    Diagnostic(
      .badCases, "a test has one table of cases", at: table.names[0].place,
      labels: [Label(first.names[0].place, "here is the first")])
  }

  /// Says: what is recorded would be the same for all cases.
  static func recordedInCases(_ place: Place, _ table: CaseTable) -> Diagnostic {
    Diagnostic(
      .badCases, "what is recorded would be the same for all cases", at: place,
      labels: [Label(table.names[0].place, "the cases are here")],
      helps: ["name what is expected in the table, or record it in a test of its own"])
  }

  /// Says: `…` is never used.
  static func unusedCaseValue(_ name: Name) -> Diagnostic {
    Diagnostic(
      .unusedParameter, "`\(name.text)` is never used", at: name.place,
      helps: ["a step says `$\(name.text)`, or what is tested has it as an argument"])
  }
}
