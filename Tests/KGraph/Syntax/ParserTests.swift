import Testing

@testable import KGraph

struct ParserTests {
  @Test(
    arguments: [
      (
        "param p: Int(1...64)? = $x",
        "parameter(ParameterDeclaration(name: p, type: optional(named(Int, refinement: [Argument(value: "
          + "range(lower: literal(1), upper: literal(64)))])), defaultValue: parameter(x)))"
      ),
      (
        "a.x[0] -[64, latest]-> m.(_, out) -> self.y",
        "chain(Chain(segments: [endpoint(Endpoint(instance: a, boxes: one(BoxReference(name: x, index: literal(0))))), "
          + "endpoint(Endpoint(instance: m, boxes: both(outbox: BoxReference(name: out)))), "
          + "endpoint(Endpoint(instance: self, boxes: one(BoxReference(name: y))))], "
          + "arrows: [Arrow(options: [Argument(value: literal(64)), Argument(value: word(latest))]), Arrow()]))"
      ),
      (
        "[1, [2]] -> [b, @r]",
        "chain(Chain(segments: [literal(list([literal(1), list([literal(2)])])), "
          + "group([endpoint(Endpoint(instance: b)), backplane(r)])], arrows: [Arrow()]))"
      ),
      (
        "F(`sort 'a b'c \"$ ${x}\" \\  ''`).e as n -> b",
        "chain(Chain(segments: [instance(InlineInstance(component: ComponentExpression(subject: name(F), arguments: "
          + "[Argument(value: component(ComponentExpression(subject: command(command[\"sort\", \"a bc\", \"$ ${x}\", \" \", "
          + "\"\"]))))]), boxes: one(BoxReference(name: e)), name: n)), endpoint(Endpoint(instance: b))], arrows: [Arrow()]))"
      ),
      (
        "if $a or not $b == 1 and (true or 2s < $c) { }",
        "condition(IfStatement(condition: or(value(parameter(a)), and(not(comparison(parameter(b), equal, literal(1))), "
          + "or(value(literal(true)), comparison(literal(2s), less, parameter(c))))), body: Block()))"
      ),
      (
        "import {A, B as C} from r\"x\\y\"",
        "importing(ImportDeclaration(path: raw\"x\\y\", subject: items([Item(name: A), Item(name: B, alias: C)])))"
      ),
      (
        "param handler: Graph(in: {a: Text}) = Client(n: \"\\u{41}\\n${x}\")",
        "parameter(ParameterDeclaration(name: handler, type: graph([TypeField(name: in, type: record([TypeField(name: a, "
          + "type: named(Text))]))]), defaultValue: component(ComponentExpression(subject: name(Client), arguments: "
          + "[Argument(name: n, value: text(\"A\n${x}\"))]))))"
      ),
    ] as [(String, String)])
  func `a statement is read as what it is`(_ text: String, _ expected: String) {
    let file = parsed(text)
    #expect(file.diagnostics.isEmpty)
    #expect(outline(of: file) == expected)
  }

  @Test(arguments: [
    "param", "inbox", "outbox", "graph", "import", "backplane", "defaults", "for", "if", "test", "host", "on", "as",
    "from",
    "in", "of", "else", "not", "replicate", "restart", "send", "expect", "within", "nothing", "key", "never", "Graph",
  ])
  func `a word of the language is a name where it fits nothing else`(_ word: String) {
    let text = "\(word) = F()\n\(word) -> x.\(word) -> \(word)\n\(word).out -[4]-> F(\(word): \(word)) as \(word)\n"
    #expect(parsed(text).diagnostics.isEmpty)
    #expect(parsed("param \(word): Int\n").diagnostics.isEmpty)
  }

  @Test(
    arguments: [
      ("a ->\nb", 1), ("a\n-> b", 1), ("a\n\n# on\n  -[4]-> b", 1), ("a =\nF()", 1), ("a = F(\nx: 1\n,\ny: 2\n)", 1),
      ("a -> [\nb,\nc\n]", 1), ("param r: {\na: Int\n}", 1), ("a -> b\nc -> d", 2), ("a = F()\n-> b", 1),
      ("graph A {\na -> b }\nc -> d", 2), ("import {\nA\n} from \"x\"", 1), ("if ($a\nand $b) {\n}", 1),
    ] as [(String, Int)])
  func `a line goes on where the language says so`(_ text: String, _ count: Int) {
    #expect(parsed(text).statements.count == count)
  }

  @Test func `documentation belongs to what follows, and the first to the file`() {
    let file = parsed("## The file,\n##  two lines.\nparam a: Int\n\n## Of b.\n\nparam b: Int\n# no\nparam c: Int\n")
    #expect(file.documentation?.text == "The file,\n two lines.")
    let texts = file.statements.map { statement -> String? in
      guard case .parameter(let node) = statement else { return nil }
      return node.documentation?.text
    }
    #expect(texts == [nil, "Of b.", nil])
    #expect(parsed("## A.\n\n## B.\na = F()\n").documentation?.text == "A.")
    #expect(parsed("a -> b\n## B.\nc -> d\n").documentation == nil)
    #expect(parsed("# x\n#### y\n## C.\n").documentation?.text == "C.")
  }

  @Test func `a comment allows codes on its line, or on the next statement's`() {
    let file = parsed(
      "a -> b  # allow(K0410, K0901)\n\n# allow(K0402)\n\n# more\nc -> d\n# allow K0403\n## allow(K0404)\n")
    #expect(file.allowances.map { "\($0.code.text) \($0.lines.lowerBound)" } == ["K0410 0", "K0901 0", "K0402 5"])
    #expect(file.allowances.map(\.code.place.text) == ["K0410", "K0901", "K0402"])
  }
}
