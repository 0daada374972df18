/// `test "a line reaches the room" of Client(nick: "ann") { … }`
package struct TestDeclaration: SyntaxNode {
  package let documentation: Documentation?
  package let name: TextLiteral
  /// What is tested; the file's own graph, with its defaults, if not written.
  package let subject: ComponentExpression?
  package let steps: [TestStep]
  /// From `{` to `}`; a point if there is none.
  package let body: Place
  package let place: Place
  package var children: [any SyntaxNode] { [name] + (subject.map { [$0] } ?? []) + steps }
}

/// One line of a test.
package indirect enum TestStep: SyntaxNode {
  /// `send inbox: "a", "b"`
  case send(TestBox, values: [Expression], Place)
  /// `close inbox`: nothing more comes.
  case close(TestBox, Place)
  /// `expect …`
  case expect(Expectation)
  /// `advance 1s`
  case advance(Expression, Place)
  /// `replace reader with Ticks(10ms)`: from the beginning the instance is another one.
  case replace(Name, with: ComponentExpression, Place)
  /// `cases word, length { … }`: the test is run once for each of them.
  case cases(CaseTable)
  /// An error has been reported.
  case broken(Place)

  package var place: Place {
    switch self {
    case .send(_, _, let place), .close(_, let place), .advance(_, let place), .replace(_, _, let place),
      .broken(let place):
      place
    case .expect(let expectation): expectation.place
    case .cases(let table): table.place
    }
  }

  package var children: [any SyntaxNode] {
    switch self {
    case .send(let box, let values, _): [box] + values as [any SyntaxNode]
    case .close(let box, _): [box]
    case .expect(let expectation): [expectation]
    case .cases(let table): [table]
    case .advance(let time, _): [time]
    case .replace(let name, let component, _): [name, component]
    case .broken: []
    }
  }
}

/// `inbox`, `in[0]`, or `errors.rejected` for a box of an instance inside the graph that is tested.
package struct TestBox: SyntaxNode {
  package let instance: Name?
  package let box: BoxReference
  package let place: Place
  package var children: [any SyntaxNode] { (instance.map { [$0] } ?? []) + [box] }
}

/// What a test waits for.
package struct Expectation: SyntaxNode {
  package enum Subject: Sendable {
    /// `expect box: "a", "b"`, with `in any order` after it or not.
    case values(TestBox, [Expression], inAnyOrder: Bool)
    /// `expect box matching r"…"`: the next messages, one a pattern, with `in any order` after it or not.
    case matching(TestBox, patterns: [Expression], inAnyOrder: Bool)
    /// `expect box recorded: "a", "b"`: all that comes until the box closes or nothing can move any more, as it was when
    /// it was recorded, with `in any order` after it or not.
    case recorded(TestBox, Recording, inAnyOrder: Bool)
    /// `expect box closed`
    case closed(TestBox)
    /// `expect nothing`, and `on box` if not on any.
    case nothing(on: TestBox?)
  }

  package let subject: Subject
  /// The time after `within`, if written.
  package let within: Expression?
  package let place: Place
  package var children: [any SyntaxNode] {
    let end: [any SyntaxNode] = within.map { [$0] } ?? []
    switch subject {
    case .values(let box, let values, _): return [box] + values as [any SyntaxNode] + end
    case .matching(let box, let patterns, _): return [box] + patterns as [any SyntaxNode] + end
    case .recorded(let box, let recording, _): return [box, recording] + end
    case .closed(let box): return [box] + end
    case .nothing(let box): return (box.map { [$0] } ?? []) + end
    }
  }
}

/// `recorded: "a", "b"`, as `kamaelia test --record` writes it.
package struct Recording: SyntaxNode {
  /// The messages; none for `nothing`, nil as long as nothing has been recorded.
  package let values: [Expression]?
  package let place: Place
  package var children: [any SyntaxNode] { values ?? [] }
}

/// `cases word, length { "a short one": "a", 1 … }`
package struct CaseTable: SyntaxNode {
  /// What the test calls the values of a case: `$word`.
  package let names: [Name]
  package let cases: [TestCase]
  /// From `{` to `}`; a point if there is none.
  package let body: Place
  package let place: Place
  package var children: [any SyntaxNode] { names + cases as [any SyntaxNode] }
}

/// `"a short one": "a", 1`
package struct TestCase: SyntaxNode {
  package let name: TextLiteral
  package let values: [Expression]
  package let place: Place
  package var children: [any SyntaxNode] { [name] + values as [any SyntaxNode] }
}

extension TestDeclaration {
  /// Its table of cases; the first if there are several.
  package var table: CaseTable? {
    for case .cases(let table) in steps { return table }
    return nil
  }
}
