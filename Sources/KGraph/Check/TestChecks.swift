import Kamaelia

/// Checks the tests of a file.
struct TestChecks {
  let expander: Expander
  let main: GraphDefinition
  /// What the values in tests may speak of.
  private(set) var scope: Scope
  /// Where the values of the case are written that is being looked at, by their names.
  private(set) var cells: [String: Place] = [:]
  private let defaults: [String: Evaluated]
  var findings: Findings { expander.findings }
  var evaluator: Evaluator { Evaluator(expander: expander, graph: main.id) }

  init(_ expander: Expander, _ main: GraphDefinition) {
    self.expander = expander
    self.main = main
    defaults = main.tests.isEmpty ? [:] : expander.bind(to: main) { _, _ in nil }
    scope = Scope(parent: nil, values: defaults)
  }

  /// The tests that can run.
  func all(_ analysis: inout Analysis) -> [CheckedTest] {
    var names: [String: Place] = [:]
    var tests: [CheckedTest] = []
    for test in main.tests {
      guard let name = evaluator.join(test.name.parts, scope, at: test.name.place) else { continue }
      if let first = names.updateValue(test.name.place, forKey: name) {
        findings.report(.testTwice(name, test.name.place, first: first))
      }
      let isExpecting = test.steps.contains { if case .expect = $0 { true } else { false } }
      if !isExpecting, !test.isBroken, !test.body.range.isEmpty {
        findings.report(.testWithoutExpectation(name, test.name.place))
      }
      if let table = test.table {
        for row in rows(of: table, in: test) {
          let run = (name: "\(name): \(row.name)", place: row.place)
          if let checked = with(row).check(test, name, run, &analysis) { tests.append(checked) }
          if expander.isTooLarge { break }
        }
      } else if let checked = check(test, name, (name, test.name.place), &analysis) {
        tests.append(checked)
      }
      if expander.isTooLarge { break }
    }
    return tests
  }

  /// - Parameter run: what it is reported by, and where that is written.
  private func check(
    _ test: TestDeclaration, _ title: String, _ run: (name: String, place: Place), _ analysis: inout Analysis
  ) -> CheckedTest? {
    guard !test.replacements.isEmpty else { return examine(test, title, run, &analysis) }
    let (checked, found) = findings.holding { examine(test, title, run, &analysis) }
    report(found, in: test)
    return checked
  }

  private func examine(
    _ test: TestDeclaration, _ title: String, _ run: (name: String, place: Place), _ analysis: inout Analysis
  ) -> CheckedTest? {
    let known = findings.errorCount
    guard var bench = bench(for: test) else { return nil }
    var steps: [CheckedStep] = []
    for step in test.steps { if let checked = self.check(step, &bench) { steps.append(checked) } }
    let plan = analysis.add(bench.flat, name: bench.title, known: known)
    guard let plan, !test.isBroken else { return nil }
    return CheckedTest(name: run.name, title: title, place: run.place, plan: plan, steps: steps)
  }

  /// The same for the values of a case.
  private func with(_ row: TestRow) -> TestChecks {
    var checks = self
    checks.scope = Scope(parent: scope, values: row.values)
    checks.cells = row.cells
    return checks
  }

  // MARK: What is tested

  private func bench(for test: TestDeclaration) -> TestBench? {
    guard let subject = test.subject else {
      for parameter in main.parameters where parameter.defaultValue == nil {
        findings.report(
          .missingArgument(
            parameter.name.text, parameter.type.place.text, "", of: main.name, test.name.place,
            declared: parameter.name.place))
      }
      return bench(of: main, defaults, at: test.name.place, replacing: test.replacements)
    }
    switch subject.subject {
    case .broken: return nil
    case .command(let command):
      guard let kind = expander.component("Process") else {
        findings.report(.noPrograms(command.place))
        return nil
      }
      let given = evaluator.command(command, scope)
      reject(test.replacements, in: kind.name)
      return bench(of: kind, subject, given: ["command": given])
    case .name(let name):
      if name.isMissing { return nil }
      if let binding = expander.program.binding(of: name.text, in: main.id) {
        guard let target = binding.target else { return nil }
        let arguments = expander.bind(subject.arguments, to: target, at: subject.place, from: main.id, scope)
        return bench(
          of: expander.program.graphs[target], arguments, at: subject.place, replacing: test.replacements)
      }
      guard let kind = expander.component(name.text) else {
        let candidates = expander.program.graphNames(in: main.id) + expander.componentNames
        findings.report(expander.unknownComponent(name, subject.arguments, candidates: candidates))
        return nil
      }
      reject(test.replacements, in: kind.name)
      return bench(of: kind, subject, given: [:])
    }
  }

  private func bench(
    of graph: GraphDefinition, _ arguments: [String: Evaluated], at place: Place,
    replacing replacements: [TestDeclaration.Replacement]
  ) -> TestBench? {
    let made = Dictionary(replacements.map { ($0.name.text, $0.component) }) { $1 }
    // What is made instead may speak of the values of the case.
    let replacing = Replacements(components: made, values: cells.isEmpty ? [:] : scope.values)
    guard let number = expander.expand(graph.id, arguments, at: place, replacing: replacing), !expander.isTooLarge
    else { return nil }
    let names = expander.expanded[number].instances.compactMap(\.givenName?.text)
    reject(replacements.filter { !names.contains($0.name.text) }, in: graph.name, candidates: names)
    let surroundings = expander.surroundings(of: graph, areListed: true)
    return TestBench(Flattener.flatten(number, expander, in: surroundings), title: graph.name)
  }

  /// Says of replacements that there is nothing to replace.
  private func reject(
    _ replacements: [TestDeclaration.Replacement], in title: String, candidates: [String] = []
  ) {
    for replacement in replacements where !replacement.name.isMissing {
      findings.report(.unknownTestInstance(replacement.name, of: title, candidates: candidates))
    }
  }

  private func bench(of kind: Kind, _ subject: ComponentExpression, given: [String: Evaluated]) -> TestBench {
    let arguments = expander.arguments(
      subject.arguments, for: kind, at: subject.place, from: main.id, scope, given: given)
    return TestBench(kind, arguments, at: subject.place, expander.surroundings(of: main, isInside: true))
  }
}

extension TestDeclaration {
  typealias Replacement = (name: Name, component: ComponentExpression)

  /// Whether a step could not be read.
  var isBroken: Bool { steps.contains { if case .broken = $0 { true } else { false } } }

  /// What stands behind `replace` in its steps.
  var replacements: [Replacement] {
    steps.compactMap { if case .replace(let name, let component, _) = $0 { (name, component) } else { nil } }
  }
}

extension Diagnostic {
  /// Says: there are two tests "…".
  static func testTwice(_ name: String, isCase: Bool = false, _ place: Place, first: Place) -> Diagnostic {
    Diagnostic(
      .testTwice, "there are two \(isCase ? "cases" : "tests") \"\(name)\"", at: place,
      labels: [Label(first, "the first one")])
  }

  /// Says: test "…" expects nothing.
  static func testWithoutExpectation(_ name: String, _ place: Place) -> Diagnostic {
    Diagnostic(.testWithoutExpectation, "test \"\(name)\" expects nothing", at: place)
  }

  /// Says: `…` has no box `…`.
  static func unknownTestBox(_ place: Place, _ name: String, of owner: String, candidates: [String]) -> Diagnostic {
    Diagnostic(
      .unknownTestBox, "`\(owner)` has no box `\(name)`", at: place,
      helps: [candidates.isEmpty ? "it has no boxes" : "its boxes: \(listed(candidates))"],
      fixes: renaming(place, name, among: candidates))
  }

  /// Says: `…` has no instance `…`.
  static func unknownTestInstance(_ name: Name, of owner: String, candidates: [String]) -> Diagnostic {
    Diagnostic(
      .unknownTestBox, "`\(owner)` has no instance `\(name.text)`", at: name.place,
      fixes: renaming(name.place, name.text, among: candidates))
  }

  /// Says: `…` is an inbox, and nothing comes out of it.
  static func wrongTestDirection(_ place: Place, _ name: String, isInbox: Bool) -> Diagnostic {
    Diagnostic(
      .wrongTestDirection,
      isInbox ? "`\(name)` is an inbox, and nothing comes out of it" : "`\(name)` is an outbox, and takes nothing",
      at: place)
  }

  /// Says: … is no ….
  static func wrongTestValue(_ place: Place, _ value: String, _ type: MessageType?) -> Diagnostic {
    Diagnostic(
      .wrongTestValue, type.map { "\(value) is no \($0)" } ?? "\(value) is no message", at: place,
      caption: type.map { "the box carries \($0)" } ?? "")
  }

  /// Says: a test takes a duration above zero here.
  static func badTestTime(_ place: Place, _ value: String) -> Diagnostic {
    Diagnostic(.badTestTime, "a test takes a duration above zero here", at: place, caption: "this is \(value)")
  }

  /// Says: a pattern ….
  static func badTestPattern(_ place: Place, _ problem: String) -> Diagnostic {
    Diagnostic(.badTestPattern, "a pattern \(problem)", at: place)
  }

  /// Says: `…` has been closed.
  static func afterClose(_ place: Place, _ name: String, first: Place) -> Diagnostic {
    Diagnostic(.afterClose, "`\(name)` has been closed", at: place, labels: [Label(first, "here")])
  }
}
