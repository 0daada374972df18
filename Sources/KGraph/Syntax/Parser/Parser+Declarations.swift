/// Declarations, loops and conditions.
extension Parser {
  /// `param every: Duration = 5s`
  mutating func parameter() -> ParameterDeclaration {
    let start = position
    let documentation = documentation(before: start)
    step()
    return parameter(from: start, documentation, after: "param")
  }

  /// `every: Duration = 5s`, what follows `param`, and what stands in the parentheses of a graph.
  private mutating func parameter(
    from start: Int, _ documentation: Documentation?, after word: String
  ) -> ParameterDeclaration {
    let named = name(for: .parameter, after: word)
    let (name, type) = typed(named, example: "\(word == "param" ? "param " : "")\(named.text): Text")
    var value: Expression?
    if take(.assign) { value = expression(after: "=") }
    return ParameterDeclaration(
      documentation: documentation, name: name, type: type, defaultValue: value, place: place(from: start))
  }

  /// `inbox name: Type`
  mutating func box(_ direction: BoxDeclaration.Direction) -> BoxDeclaration {
    let start = position
    let documentation = documentation(before: start)
    step()
    let named = name(for: .box, after: direction.rawValue)
    let (name, type) = typed(named, example: "\(direction.rawValue) \(named.text): Text")
    return BoxDeclaration(
      documentation: documentation, direction: direction, name: name, type: type, place: place(from: start))
  }

  /// `backplane room: Text`
  mutating func backplane() -> BackplaneDeclaration {
    let start = position
    let documentation = documentation(before: start)
    step()
    let named = name(for: .backplane, after: "backplane")
    let (name, type) = typed(named, example: "backplane \(named.text): Text")
    return BackplaneDeclaration(documentation: documentation, name: name, type: type, place: place(from: start))
  }

  /// The name with the type that follows a colon; another name where the two stand the wrong way round.
  private mutating func typed(_ name: Name, example: String) -> (Name, TypeSyntax) {
    guard course == .sure else { return (name, .broken(pointAfterLast)) }
    guard take(.colon) else {
      if let swapped = typeBesideName(name) { return swapped }
      let type = kind() == .assign ? typeOfValue(position + 1) : nil
      fail(.typeMissing(name.place.end, name: name.text, example: example, found: foundText, type: type))
      guard type != nil, course == .lost else { return (name, .broken(pointAfterLast)) }
      course = .sure
      return (name, .broken(pointAfterLast))
    }
    return (name, type())
  }

  /// `Text a` or `a Text`, which has been reported then.
  private mutating func typeBesideName(_ name: Name) -> (Name, TypeSyntax)? {
    guard kind() == .identifier, !isFaulty(position), name.text != text() else { return nil }
    let isSwapped = name.text.first?.isUppercase == true && text().first?.isLowercase == true
    let (first, second) = (name.place, place(at: position))
    fail(.colonMissing(between: first, second, isSwapped: isSwapped))
    guard course == .lost else { return nil }
    course = .sure
    guard isSwapped else { return (name, type()) }
    step()
    // The tree has nothing that stands before the name.
    return (Name(second.text, second), .broken(pointAfterLast))
  }

  /// The type of the literal that begins at that token, as it would be written; nil where it cannot be seen.
  private func typeOfValue(_ index: Int) -> String? {
    guard index < significant.count, !beginsLine[index] else { return nil }
    switch token(index).kind {
    case .quote, .rawString: return "Text"
    case .identifier: return ["true", "false"].contains(text(at: index)) ? "Bool" : nil
    case .openBracket: return typeOfValue(index + 1).map { "[\($0)]" }
    case .number:
      do {
        return try Number(text(at: index)).value.typeName
      } catch {
        return nil
      }
    default: return nil
    }
  }

  /// `graph Client(nick: Text) { … }`
  mutating func graph() -> GraphDeclaration {
    let start = position
    let documentation = documentation(before: start)
    step()
    let name = name(for: .graph, after: "graph")
    var parameters: [ParameterDeclaration] = []
    if course == .sure, kind() == .openParenthesis {
      parameters = commaSeparated(.closeParenthesis) { parser in
        let start = parser.position
        if parser.at("param"), parser.kind(1) == .identifier {
          parser.report(.paramInParentheses(parser.place(at: start), next: parser.place(at: start + 1)))
          parser.step()
        }
        return parser.parameter(from: start, parser.documentation(before: start), after: "")
      }
    }
    let body = block(of: start)
    return GraphDeclaration(
      documentation: documentation, name: name, parameters: parameters, body: body, place: place(from: start))
  }

  /// `import "audio.kgraph" as Audio` or `import {Mixer, Fader as Dial} from "audio.kgraph"`
  mutating func importing() -> ImportDeclaration {
    let start = position
    step()
    if kind() == .openBrace {
      let items = commaSeparated(.closeBrace) { parser in
        let start = parser.position
        let name = parser.name(for: .graph, after: "")
        let alias = parser.alias(for: .graph)
        return ImportDeclaration.Item(name: name, alias: alias, place: parser.place(from: start))
      }
      if course == .sure, !take("from") { fail(.importWithoutFile(currentPlace)) }
      return ImportDeclaration(path: path(), subject: .items(items), place: place(from: start))
    }
    if kind() == .identifier, kind(1) == .identifier, text(1) == "from", kind(2) == .quote || kind(2) == .rawString {
      let name = name(for: .graph, after: "")
      report(.importWithoutBraces(name.place))
      step()
      let item = ImportDeclaration.Item(name: name, alias: nil, place: name.place)
      return ImportDeclaration(path: path(), subject: .items([item]), place: place(from: start))
    }
    let path = path()
    let alias = course == .sure ? alias(for: .graph) : nil
    return ImportDeclaration(path: path, subject: .file(alias: alias), place: place(from: start))
  }

  /// `as name`, if it is written.
  mutating func alias(for subject: NameSubject) -> Name? {
    guard course == .sure, take("as") else { return nil }
    return name(for: subject, after: "as")
  }

  private mutating func path() -> TextLiteral {
    guard course == .sure, kind() == .quote || kind() == .rawString else {
      fail(.importWithoutFile(currentPlace, path: bareFileName))
      return TextLiteral(parts: [], isRaw: false, place: pointAfterLast)
    }
    return quotedText()
  }

  /// `audio.kgraph` without quotes, if it stands here.
  private var bareFileName: Place? {
    var end = position
    while end < significant.count, end == position || isAdjacent(end),
      [.identifier, .dot, .number].contains(token(end).kind)
    {
      end += 1
    }
    guard end > position + 1, kind() == .identifier else { return nil }
    return Place(source, token(position).range.lowerBound..<token(end - 1).range.upperBound)
  }

  /// `defaults { capacity: 64, overflow: block }`
  mutating func defaults() -> DefaultsDeclaration {
    let start = position
    step()
    guard kind() == .openBrace else {
      fail(.blockMissing(currentPlace, found: foundText, after: "defaults"))
      return DefaultsDeclaration(options: [], place: place(from: start))
    }
    let options = commaSeparated(.closeBrace) { $0.argument() }
    return DefaultsDeclaration(options: options, place: place(from: start))
  }

  /// `for cam in ["front", "rear"] { … }`
  mutating func loop() -> ForStatement {
    let start = position
    step()
    if kind() == .dollar, kind(1) == .identifier {
      report(.dollarInDeclaration(place(at: position)))
      step()
    }
    let opening = kind() == .openParenthesis ? position : nil
    if opening != nil { step() }
    let variable = name(for: .variable, after: "for")
    if course == .sure, !take("in") { fail(.loopWithoutIn(currentPlace, variable: variable.text, found: foundText)) }
    let values = course == .sure ? expression(after: "in") : .broken(pointAfterLast)
    if let opening, course == .sure {
      report(.loopInParentheses(place(at: opening), kind() == .closeParenthesis ? place(at: position) : nil))
      _ = take(.closeParenthesis)
    }
    let body = block(of: start)
    return ForStatement(variable: variable, values: values, body: body, place: place(from: start))
  }

  /// `if $debug { … } else { … }`
  mutating func condition() -> IfStatement {
    let start = position
    step()
    let condition = question()
    let body = block(of: start)
    var alternative: IfStatement.Alternative?
    if course == .sure, beginsElse {
      if beginsLine[position] { report(.elseOnItsOwnLine(place(at: position), brace: place(at: position - 1))) }
      let isJoined = Self.elseIfWords.contains(text(at: position))
      if isJoined, !beginsLine[position] { report(.elseIfJoined(place(at: position))) }
      statementStart = position
      if !isJoined { step() }
      if isJoined || at("if") {
        alternative = nested { .condition($0.condition()) }
      } else {
        alternative = .block(block(of: position - 1))
      }
    }
    return IfStatement(condition: condition, body: body, alternative: alternative, place: place(from: start))
  }

  /// True if `else` follows, be it on a line of its own.
  private var beginsElse: Bool {
    guard position + 1 < significant.count, token(position).kind == .identifier else { return false }
    if Self.elseIfWords.contains(text(at: position)) {
      return [.dollar, .identifier, .openParenthesis].contains(token(position + 1).kind) && !beginsLine[position + 1]
    }
    guard text(at: position) == "else" else { return false }
    let next = token(position + 1).kind
    return next == .openBrace || (next == .identifier && text(at: position + 1) == "if")
  }

  /// What other languages write for `else if`.
  static let elseIfWords: Set = ["elif", "elsif", "elseif"]

  /// `host pi`
  mutating func host() -> HostDeclaration {
    let start = position
    let documentation = documentation(before: start)
    step()
    let name = name(for: .host, after: "host")
    return HostDeclaration(documentation: documentation, name: name, place: place(from: start))
  }

  /// `on pi { … }`
  mutating func placement() -> OnStatement {
    let start = position
    step()
    let host = name(for: .host, after: "on")
    let body = block(of: start)
    return OnStatement(host: host, body: body, place: place(from: start))
  }
}
