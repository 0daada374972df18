/// Tests and their steps.
extension Parser {
  /// `test "name" of Graph(arguments) { … }`
  mutating func test() -> TestDeclaration {
    let start = position
    let documentation = documentation(before: start)
    step()
    var name = TextLiteral(parts: [], isRaw: false, place: pointAfterLast)
    if kind() == .quote || kind() == .rawString {
      name = quotedText()
    } else if let words = bareName() {
      report(.testNameWithoutQuotes(words))
      name = TextLiteral(parts: [.text(words.text)], isRaw: false, place: words)
    } else {
      fail(.testWithoutName(currentPlace, found: foundText))
    }
    var subject: ComponentExpression?
    if course == .sure, take("of") { subject = testSubject() }
    var steps: [TestStep] = []
    let body = braces(of: start) { parser, _ in
      while !parser.isAtEnd, parser.token(parser.position).kind != .closeBrace { steps.append(parser.nextStep()) }
    }
    return TestDeclaration(
      documentation: documentation, name: name, subject: subject, steps: steps, body: body, place: place(from: start))
  }

  /// The words of a name without quotes, up to `of` or the brace on the same line; they are taken then.
  private mutating func bareName() -> Place? {
    var end = position
    while end < min(significant.count, position + 20), !beginsLine[end], token(end).kind != .openBrace,
      text(at: end) != "of"
    { end += 1 }
    guard end > position, end < significant.count, !beginsLine[end], kind() == .identifier,
      (position..<end).allSatisfy({ [.identifier, .number, .minus].contains(token($0).kind) })
    else { return nil }
    let words = Place(source, token(position).range.lowerBound..<token(end - 1).range.upperBound)
    position = end
    return words
  }

  /// A component; here the parentheses may be left out.
  private mutating func testSubject() -> ComponentExpression {
    if kind() == .identifier, kind(1) == .openBrace {
      let start = position
      let name = name(for: .component, after: "of")
      return ComponentExpression(subject: .name(name), arguments: [], place: place(from: start))
    }
    return component()
  }

  private mutating func nextStep() -> TestStep {
    statementStart = position
    closers = []
    course = .sure
    let start = position
    let step = testStep()
    if course == .sure { finishStatement(nil, from: start) }
    if course != .sure {
      if position == start { position += 1 }
      skipStatement()
      if case .broken = step { return .broken(place(from: start)) }
    }
    return step
  }

  private static let stepWords = ["send", "expect", "advance", "close", "replace", "cases"]

  /// What other test languages write.
  private static let stepsElsewhere = [
    "sleep": "advance", "wait": "advance", "delay": "advance", "tick": "advance", "assert": "expect", "check": "expect",
    "receive": "expect", "verify": "expect", "feed": "send", "push": "send", "given": "send", "mock": "replace",
    "end": "close",
  ]

  private mutating func testStep() -> TestStep {
    let start = position
    var word = text()
    guard kind() == .identifier else {
      fail(.unknownStep(place(at: start), nearest: nil))
      return .broken(place(from: start))
    }
    if !Self.stepWords.contains(word) {
      let nearest = Self.stepsElsewhere[word] ?? Suggestions.closest(to: word, among: Self.stepWords).first
      fail(.unknownStep(place(at: start), nearest: nearest))
      guard let nearest, course == .lost else { return .broken(place(from: start)) }
      word = nearest
      course = .sure
    }
    step()
    switch word {
    case "send":
      let box = defaultTestBox("inbox") ?? testBox(after: "send")
      let values = valuesAfterColon("send \(box.place.text): \"a\", \"b\"")
      return .send(box, values: values, place(from: start))
    case "close":
      let box = testBox(after: "close")
      return .close(box, place(from: start))
    case "advance":
      let time = expression(after: "advance")
      return .advance(time, place(from: start))
    case "replace":
      let name = name(for: .instance, after: "replace")
      guard course == .sure else { return .broken(place(from: start)) }
      guard take("with") else {
        if kind() == .dot {
          fail(.replacedBox(currentPlace, name.text))
          return .broken(place(from: start))
        }
        fail(.replaceWithout(currentPlace, name.text, found: foundText))
        return .broken(place(from: start))
      }
      return .replace(name, with: component(), place(from: start))
    case "cases": return .cases(cases(from: start))
    default:
      return .expect(expectation(from: start))
    }
  }

  private mutating func expectation(from start: Int) -> Expectation {
    let subject = expectationSubject()
    var within: Expression?
    if course == .sure, take("within") { within = expression(after: "within") }
    return Expectation(subject: subject, within: within, place: place(from: start))
  }

  private mutating func expectationSubject() -> Expectation.Subject {
    if at("nothing"), kind(1) == .newline || kind(1) == .closeBrace || kind(1) == .identifier {
      step()
      return .nothing(on: take("on") ? testBox(after: "on") : nil)
    }
    if let box = defaultTestBox("outbox") {
      let values = valuesAfterColon("")
      return .values(box, values, inAnyOrder: inAnyOrder())
    }
    let box = testBox(after: "expect")
    guard course == .sure else { return .closed(box) }
    if take("closed") { return .closed(box) }
    if take("matching") {
      let patterns = values(after: "matching")
      return .matching(box, patterns: patterns, inAnyOrder: inAnyOrder())
    }
    if take("recorded") {
      let recording = recording(from: position - 1)
      return .recorded(box, recording, inAnyOrder: inAnyOrder())
    }
    let values = valuesAfterColon("expect \(box.place.text): \"a\"")
    return .values(box, values, inAnyOrder: inAnyOrder())
  }

  /// What has been recorded, behind the word.
  private mutating func recording(from start: Int) -> Recording {
    guard take(.colon) else { return Recording(values: nil, place: place(from: start)) }
    if at("nothing"), kind(1) != .comma {
      step()
      return Recording(values: [], place: place(from: start))
    }
    let values = values(after: ":")
    return Recording(values: values, place: place(from: start))
  }

  /// `in any order`, or nothing.
  private mutating func inAnyOrder() -> Bool {
    guard course == .sure, take("in") else { return false }
    if !(take("any") && take("order")) { fail(.inAnyOrder(currentPlace, found: foundText)) }
    return true
  }

  /// `inbox`, `in[0]`, `errors.rejected`
  private mutating func testBox(after word: String) -> TestBox {
    let start = position
    var instance: Name?
    if kind() == .identifier, kind(1) == .dot {
      instance = text() == "self" ? Name(text(), place(at: position)) : nil
      if instance == nil { instance = name(for: .instance, after: word) } else { step() }
      step()
    }
    let box = boxReference(after: instance == nil ? word : ".")
    return TestBox(instance: instance, box: box, place: place(from: start))
  }

  /// The default box where a value follows `send` or `expect` at once, which is reported.
  private mutating func defaultTestBox(_ name: String) -> TestBox? {
    guard [.quote, .rawString, .number].contains(kind()), course == .sure else { return nil }
    let point = pointAfterLast
    report(.boxMissing(place(at: position), name: name))
    isBoxAssumed = true
    return TestBox(
      instance: nil, box: BoxReference(name: Name(name, point), index: nil, place: point), place: point)
  }

  private mutating func valuesAfterColon(_ example: String) -> [Expression] {
    guard course == .sure else { return [] }
    if isBoxAssumed {
      isBoxAssumed = false
      return values(after: ":")
    }
    guard take(.colon) else {
      fail(.stepWithoutValues(currentPlace, found: foundText, example: example))
      return []
    }
    return values(after: ":")
  }

  /// One value or more, parted by commas.
  private mutating func values(after word: String) -> [Expression] {
    var values = [expression(after: word)]
    while course == .sure, take(.comma) { values.append(expression(after: ",")) }
    return values
  }

  // MARK: Cases

  /// `cases word, length { … }`, its first word read.
  private mutating func cases(from start: Int) -> CaseTable {
    var names = [name(for: .variable, after: "cases")]
    while course == .sure, take(.comma) { names.append(name(for: .variable, after: ",")) }
    var cases: [TestCase] = []
    let body = braces(of: start) { parser, _ in
      while !parser.isAtEnd, parser.token(parser.position).kind != .closeBrace {
        if let next = parser.nextCase() { cases.append(next) }
      }
    }
    return CaseTable(names: names, cases: cases, body: body, place: place(from: start))
  }

  /// `"a short one": "a", 1`
  private mutating func nextCase() -> TestCase? {
    statementStart = position
    closers = []
    course = .sure
    let start = position
    guard kind() == .quote || kind() == .rawString else {
      fail(.caseWithoutName(place(at: start), found: foundText))
      position += 1
      skipStatement()
      return nil
    }
    let name = quotedText()
    let values = valuesAfterColon("\(name.place.text): \"a\", 1")
    let place = place(from: start)
    if course == .sure { finishStatement(nil, from: start) }
    if course != .sure { skipStatement() }
    return TestCase(name: name, values: values, place: place)
  }
}
