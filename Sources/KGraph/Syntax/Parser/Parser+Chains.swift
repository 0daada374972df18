/// Chains and what stands in them.
extension Parser {
  /// `tail -> Lines() -[64]-> errors`
  ///
  /// - Parameter isHeadless: whether an arrow with nothing before it has been reported.
  mutating func chain(isHeadless: Bool = false) -> Statement {
    let start = position
    let documentation = documentation(before: start)
    var segments = [segment(isFirst: true, arrow: nil)]
    var arrows: [Arrow] = []
    while course == .sure, kind() == .arrow || kind() == .arrowOptions {
      arrows.append(arrow())
      if course == .sure, kind() == .arrow || kind() == .arrowOptions { skipDoubledArrows() }
      segments.append(
        course == .sure ? segment(isFirst: false, arrow: arrows[arrows.count - 1].place) : .broken(pointAfterLast))
    }
    let place = place(from: start)
    if course == .sure, arrows.isEmpty, !isHeadless, kind() == .newline || kind() == .closeBrace {
      checkLoneSegment(segments[0])
    }
    return .chain(Chain(documentation: documentation, segments: segments, arrows: arrows, place: place))
  }

  /// An instance may stand alone, for all else that is a mistake.
  private mutating func checkLoneSegment(_ segment: Segment) {
    switch segment {
    case .instance, .broken: return
    default:
      let word = segment.place.text
      report(.nothingLinked(segment.place, word: Keyword(rawValue: word)?.rawValue))
    }
  }

  /// True if brackets follow the arrow that are no group, since something stands behind them without an arrow: `->[64] b`.
  private func hasOptionsBehind() -> Bool {
    guard kind() == .openBracket, position + 1 < significant.count else { return false }
    let first = token(position + 1).kind
    guard first == .number || (first == .identifier && Self.optionWords.contains(text(at: position + 1))) else {
      return false
    }
    var end = position + 1
    while end < min(significant.count, position + 20), !beginsLine[end],
      [.number, .identifier, .comma, .colon, .dollar].contains(token(end).kind)
    {
      end += 1
    }
    guard end + 1 < significant.count, token(end).kind == .closeBracket, !beginsLine[end + 1] else { return false }
    return [.identifier, .at, .backtick, .arrow].contains(token(end + 1).kind)
  }

  private static let optionWords: Set = [
    "block", "dropNewest", "dropOldest", "fail", "latest", "capacity", "overflow", "bytes", "ttl",
  ]

  private mutating func skipDoubledArrows() {
    report(.nothingBetweenArrows(place(at: position)))
    while kind() == .arrow { step() }
  }

  /// `->` or `-[64, dropOldest]->`
  private mutating func arrow() -> Arrow {
    let start = position
    if take(.arrow) {
      if hasOptionsBehind() {
        let options = commaSeparated(.closeBracket) { $0.argument() }
        let brackets = Place(source, token(start + 1).range.lowerBound..<lastEnd)
        // An arrow on both sides is the same mistake.
        if kind() == .arrow { step() }
        report(.optionsBehindArrow(place(from: start), options: brackets))
        return Arrow(options: options, place: place(from: start))
      }
      return Arrow(options: [], place: place(from: start))
    }
    let options = commaSeparated(.closeBracket) { $0.argument() }
    if course == .sure {
      if options.isEmpty { report(.arrowOptionsEmpty(place(from: start))) }
      if kind() == .arrow {
        step()
      } else {
        let bracket = place(at: position - 1)
        let isHalf = (kind() == .greater || kind() == .minus) && isAdjacent(position)
        fail(.arrowWithoutHead(bracket, wrong: isHalf ? place(at: position) : nil))
        if isHalf, course == .lost {
          step()
          course = .sure
        }
      }
    }
    return Arrow(options: options, place: place(from: start))
  }

  /// - Parameter arrow: the arrow that leads here.
  private mutating func segment(isFirst: Bool, arrow: Place?, isInGroup: Bool = false) -> Segment {
    let start = position
    if let arrow, looksLikeDeclaration(position) {
      abandon(.arrowToNowhere(arrow))
      return .broken(pointAfterLast)
    }
    switch kind() {
    case .identifier where !["true", "false"].contains(text()) || kind(1) == .dot: return named(isInGroup: isInGroup)
    case .backtick:
      guard course == .sure else { break }
      return inline(component(), from: start)
    case .at:
      step()
      let name = name(for: .backplane, after: "@")
      return .backplane(name, place(from: start))
    case .openBracket: return group(isFirst: isFirst, isInGroup: isInGroup)
    case .quote, .rawString, .number, .dollar, .openBrace, .range, .identifier:
      let value = expression(after: "->")
      if !isFirst { report(.literalInChain(value.place, text: value.constantText)) }
      return .literal(value)
    case .newline, .closeBrace:
      if let arrow { fail(.arrowToNowhere(arrow)) } else { fail(.nothingLinked(currentPlace, word: nil)) }
    case .arrow, .arrowOptions: return .broken(pointAfterLast)
    default: fail(.unexpected(currentPlace, found: foundText, expected: "an instance, a component or a backplane"))
    }
    return .broken(place(from: start))
  }

  /// A segment that begins with a name.
  private mutating func named(isInGroup: Bool) -> Segment {
    let start = position
    if kind(1) == .openParenthesis { return inline(component(), from: start) }
    let name = Name(text(), place(at: position))
    step()
    if hyphenated(start) { return .broken(place(from: start)) }
    let boxes = boxSelection()
    if course == .sure, at("as") {
      report(.aliasOfName(place(at: position), name: name.text))
      _ = alias(for: .instance)
    }
    return .endpoint(Endpoint(instance: name, boxes: boxes, place: place(from: start)))
  }

  /// `.rejected as errors replicate 2`, what follows a component in a chain.
  private mutating func inline(_ component: ComponentExpression, from start: Int) -> Segment {
    let boxes = boxSelection()
    let name = alias(for: .instance)
    if let name, course == .sure, at("as") {
      report(.aliasTwice(place(at: position), first: name))
      _ = alias(for: .instance)
    }
    let clauses = instanceClauses()
    return .instance(
      InlineInstance(
        component: component, boxes: boxes, name: name, replication: clauses.replication, restart: clauses.restart,
        place: place(from: start)))
  }

  /// `[b, c]`, or a list of literals, which is a literal.
  private mutating func group(isFirst: Bool, isInGroup: Bool) -> Segment {
    let start = position
    guard
      let members = nested({ parser in
        parser.commaSeparated(.closeBracket) { $0.segment(isFirst: true, arrow: nil, isInGroup: true) }
      })
    else { return .broken(place(from: start)) }
    let place = place(from: start)
    var values: [Expression] = []
    for case .literal(let value) in members { values.append(value) }
    if !isFirst, members.isEmpty { report(.emptyGroup(place)) }
    if !isFirst, let value = values.first { report(.literalInChain(value.place)) }
    if values.count == members.count {
      return .literal(.list(values, place))
    }
    if isInGroup { report(.groupInGroup(place)) }
    return .group(members, place)
  }

  /// `.rejected`, `.in[0]`, `[0]`, `.(left, mix)` or nothing.
  mutating func boxSelection() -> BoxSelection {
    guard course == .sure else { return .standard }
    if kind() == .openBracket, isAdjacent(position) {
      let start = position
      let index = arrayIndex()
      return .one(BoxReference(name: nil, index: index, place: place(from: start)))
    }
    guard kind() == .dot else { return .standard }
    step()
    guard kind() == .openParenthesis else {
      return .one(boxReference(after: "."))
    }
    let start = position
    let boxes = commaSeparated(.closeParenthesis) { parser -> BoxReference? in
      if parser.take("_") { return nil }
      return parser.boxReference(after: "")
    }
    if course == .sure, boxes.count != 2 { report(.notTwoBoxes(place(from: start), count: boxes.count)) }
    return .both(inbox: boxes.first ?? nil, outbox: boxes.count > 1 ? boxes[1] : nil)
  }

  /// `in[0]`
  mutating func boxReference(after word: String) -> BoxReference {
    let start = position
    let name = name(for: .box, after: word)
    var index: Expression?
    if course == .sure, kind() == .openBracket, isAdjacent(position) { index = arrayIndex() }
    return BoxReference(name: name, index: index, place: place(from: start))
  }

  private mutating func arrayIndex() -> Expression {
    let start = position
    let indices = commaSeparated(.closeBracket) { $0.expression(after: "[") }
    if course == .sure, indices.count != 1 { report(.notOneIndex(place(from: start), count: indices.count)) }
    return indices.first ?? .broken(place(from: start))
  }
}

extension Expression {
  /// What a text without parameters says.
  fileprivate var constantText: String? {
    if case .text(let literal) = self { literal.constant } else { nil }
  }
}
