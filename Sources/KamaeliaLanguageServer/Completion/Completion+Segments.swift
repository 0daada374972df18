import KGraph
import Kamaelia

/// What may stand in a chain: instances, what makes new ones, and boxes.
extension Completion {
  /// What comes to a place in a chain and what goes on from it, as far as it is known.
  private struct Neighbours {
    var incoming: MessageType?
    var outgoing: MessageType?
    var hasBefore = false
    var hasAfter = false
  }

  /// What is before and behind the word in its chain, found in the statement with a name in the place of the word: what is
  /// half written the parser would give up.
  private func neighbours() -> Neighbours {
    var result = Neighbours()
    guard let (chain, number) = context.mendedChain() else { return result }
    result.hasBefore = number > 0
    result.hasAfter = number < chain.arrows.count
    result.incoming = inspection.type(sentBy: number - 1, of: chain, at: offset)
    result.outgoing = inspection.type(takenBy: number + 1, of: chain, at: offset)
    return result
  }

  func segments() -> Items {
    let around = neighbours()
    var items = instances(around.incoming, around.outgoing, hasBefore: around.hasBefore, hasAfter: around.hasAfter)
    items += makers(incoming: around.incoming, outgoing: around.outgoing, isFree: !around.hasBefore)
    items += backplanes(sign: "@")
    items += ownBoxes(around.hasBefore ? .outbox : .inbox, prefix: "self.")
    return items
  }

  /// How well a box suits what is sent to it, or taken from it: 0 is best, 4 not at all.
  func rank(_ type: MessageType?, into box: Shape.Box?) -> Int {
    guard let box, let taken = box.type else { return 4 }
    guard let type, type.variables.isEmpty else { return 2 }
    if !taken.variables.isEmpty { return 1 }
    if type.unrefined == taken.unrefined { return 0 }
    if taken == .any { return 1 }
    return type.unrefined.widens(to: taken.unrefined) ? 1 : 4
  }

  func rank(_ box: Shape.Box?, outOf type: MessageType?) -> Int {
    guard let box, let sent = box.type else { return 4 }
    guard let type, type.variables.isEmpty else { return 2 }
    if !sent.variables.isEmpty { return 1 }
    if type.unrefined == sent.unrefined { return 0 }
    return sent.unrefined.widens(to: type.unrefined) ? 1 : 4
  }

  private func rank(
    _ shape: Shape, _ incoming: MessageType?, _ outgoing: MessageType?, hasBefore: Bool, hasAfter: Bool
  ) -> Int {
    let first = hasBefore ? rank(incoming, into: shape.defaultInbox) : 0
    let second = hasAfter ? rank(shape.defaultOutbox, outOf: outgoing) : 0
    return max(first, second)
  }

  private func instances(
    _ incoming: MessageType?, _ outgoing: MessageType?, hasBefore: Bool, hasAfter: Bool
  ) -> Items {
    // There may be thousands of instances; they are of few kinds.
    var kinds: [Subject: (shape: Shape?, fit: Int)] = [:]
    func kind(_ subject: Subject) -> (shape: Shape?, fit: Int) {
      if let known = kinds[subject] { return known }
      let shape = inspection.shape(subject)
      let fit = shape.map { rank($0, incoming, outgoing, hasBefore: hasBefore, hasAfter: hasAfter) } ?? 3
      kinds[subject] = (shape, fit)
      return (shape, fit)
    }
    return (names?.instances ?? []).map { number in
      let symbol = inspection.index.symbols[number]
      let (shape, fit) = kind(symbol.subject)
      return (
        CompletionItem(
          symbol.name, .variable, detail: shape?.name, documentation: shape?.summary ?? "", rank: fit == 4 ? 7 : fit),
        symbol.name
      )
    }
  }

  /// Components and graphs, with parentheses and the arguments that they cannot do without.
  ///
  /// - Parameter isFree: whether they need nothing before them.
  func makers(incoming: MessageType?, outgoing: MessageType?, isFree: Bool) -> Items {
    let following = context.following.flatMap { context.kind($0) }
    let isCalled = following == .openParenthesis
    let hasAfter = following == .arrow || following == .arrowOptions
    var items: Items = []
    func add(_ shape: Shape, as name: String, data: [String]?) {
      let fit = isFree ? 2 : rank(shape, incoming, outgoing, hasBefore: true, hasAfter: hasAfter)
      let item = CompletionItem(
        name, shape.isGraph ? .struct : .class, detail: shape.summary,
        documentation: data == nil ? ManualPage(shape: shape).text : "",
        rank: fit == 4 ? 8 : fit + (shape.isGraph ? 0 : 1),
        data: data)
      if isCalled { return items.append((item, name)) }
      let (text, plain) = Self.call(shape, as: name)
      items.append(snippet(item, text, plain: plain))
    }
    for (name, graph) in names?.graphs ?? [] { add(Shape(inspection.index.graphs[graph]), as: name, data: nil) }
    for name in inspection.library.names where name.first?.isLowercase == false {
      guard let signature = inspection.library.signature(of: name) else { continue }
      add(Shape(signature), as: name, data: ["component", name])
    }
    return items
  }

  /// How it is written: with places to fill in, and without.
  private static func call(_ shape: Shape, as name: String) -> (snippet: String, plain: String) {
    let required = shape.parameters.filter(\.isRequired)
    if required.isEmpty {
      return shape.parameters.isEmpty ? ("\(name)()", "\(name)()") : ("\(name)($1)$0", "\(name)()")
    }
    let arguments = required.enumerated().map { number, parameter in
      (parameter.isMain ? "" : "\(parameter.name): ") + "${\(number + 1):\(parameter.name)}"
    }
    return ("\(name)(\(arguments.joined(separator: ", ")))$0", "\(name)()")
  }

  // MARK: Boxes

  private func item(_ box: Shape.Box, _ rank: Int, prefix: String = "") -> (CompletionItem, String) {
    let facts = box.facts.isEmpty ? "" : " (\(box.facts.joined(separator: "; ")))"
    let label = prefix + box.name
    return (
      CompletionItem(
        label, .property, detail: box.typeText, documentation: box.description + facts,
        rank: box.isImplicit ? 9 : rank), label
    )
  }

  func ownBoxes(_ direction: BoxDeclaration.Direction, prefix: String) -> Items {
    guard let graph = names?.graph else { return [] }
    let shape = Shape(inspection.index.graphs[graph])
    return (direction == .inbox ? shape.inboxes : shape.outboxes).map { item($0, 4, prefix: prefix) }
  }

  /// The boxes of the segment before the dot; those that fit what is on the other side first.
  func boxes() -> Items {
    guard let dot = context.dot else { return [] }
    let offset = inspection.tree.tokens[dot].range.lowerBound
    let path = inspection.tree.path(to: offset)
    let around = neighbours()
    let owner = context.before(dot)
    guard let (subject, isSelf) = subject(before: owner, path) else { return [] }
    guard let shape = inspection.shape(subject) else { return [] }
    let isLone = !around.hasBefore && !around.hasAfter
    // What is named by `.(` has both sides, the inbox first.
    let isPair = context.kind(context.previous) != .dot
    let isSecond = isPair && context.kind(context.previous) == .comma
    let wantsInbox = isPair ? !isSecond : around.hasBefore || (isLone && !isSelf)
    let wantsOutbox = isPair ? isSecond : around.hasAfter || isLone
    var items: Items = []
    // Of the graph itself, the inboxes are where messages come from.
    let (inboxes, outboxes) = isSelf ? (shape.outboxes, shape.inboxes) : (shape.inboxes, shape.outboxes)
    if wantsInbox {
      items += inboxes.filter { !isSelf || !$0.isImplicit }.map { item($0, rank(around.incoming, into: $0)) }
    }
    if wantsOutbox {
      items += outboxes.filter { !isSelf || !$0.isImplicit }.map { item($0, rank($0, outOf: around.outgoing)) }
    }
    return items
  }

  /// What the token before a dot is one of.
  private func subject(before owner: Int?, _ path: [any SyntaxNode]) -> (Subject, isSelf: Bool)? {
    guard let owner else { return nil }
    if context.kind(owner) == .identifier {
      let name = context.text(owner)
      if name == "self" { return names.map { (.graph($0.graph), true) } }
      return inspection.instance(named: name, at: offset).map { ($0.subject, false) }
    }
    for case let node as InlineInstance in path.reversed() {
      return (inspection.subject(node.component, at: node.place.range.lowerBound), false)
    }
    return nil
  }

  // MARK: Tests

  /// The boxes of what a test is about, and its instances.
  func testBoxes(_ direction: BoxDeclaration.Direction) -> Items {
    guard let subject = testSubject else { return [] }
    func boxes(_ subject: Subject) -> Items {
      guard let shape = inspection.shape(subject) else { return [] }
      return (direction == .inbox ? shape.inboxes : shape.outboxes).map { item($0, 1) }
    }
    guard case .graph = subject else { return boxes(subject) }
    let inside = instances(of: subject)
    if let dot = context.dot, let owner = context.before(dot) {
      return inside.first { $0.name == context.text(owner) }.map { boxes($0.subject) } ?? []
    }
    let nothing = direction == .outbox ? words([("nothing", "nothing")], rank: 2) : []
    return boxes(subject) + nothing
      + inside.map { symbol in
        (
          CompletionItem(symbol.name, .variable, detail: inspection.shape(symbol.subject)?.name, rank: 6),
          symbol.name + "."
        )
      }
  }

  /// The instances of what a test is about, which it can replace.
  func testInstances() -> Items {
    instances(of: testSubject ?? .unknown).map { symbol in
      (CompletionItem(symbol.name, .variable, detail: inspection.shape(symbol.subject)?.name, rank: 1), symbol.name)
    }
  }

  /// What the test is about that the place is in; nil outside of tests.
  private var testSubject: Subject? {
    let path = inspection.tree.path(to: max(0, offset - 1))
    guard let test = path.first(where: { $0 is TestDeclaration }) as? TestDeclaration else { return nil }
    let start = test.place.range.lowerBound
    let own = inspection.index.names(at: start, in: inspection.source)?.graph
    return test.subject.map { inspection.subject($0, at: start) } ?? own.map { .graph($0) } ?? .unknown
  }

  private func instances(of subject: Subject) -> [Symbol] {
    guard case .graph(let graph) = subject else { return [] }
    return inspection.index.symbols.filter { $0.kind == .instance && $0.owner == .graph(graph) }
  }
}

extension CursorContext {
  /// The chain that the word is in, with a name in its place, and the number of the segment with that name.
  func mendedChain() -> (chain: Chain, number: Int)? {
    var here = previous
    while let number = here, !startsStatement(number) { here = before(number) }
    let start = min(here.map { tree.tokens[$0].range.lowerBound } ?? word.lowerBound, word.lowerBound)
    let line = tree.source.line(of: max(word.upperBound, offset))
    let lineEnd = line + 1 < tree.source.lineStarts.count ? tree.source.lineStarts[line + 1] : tree.source.bytes.count
    let bytes = tree.source.bytes
    let text = bytes[start..<word.lowerBound] + Array("x ".utf8) + bytes[max(word.upperBound, offset)..<lineEnd]
    let mended = GraphFile.parse(Source(name: "", bytes: Array(text)))
    let place = word.lowerBound - start
    for case let chain as Chain in mended.path(to: place).reversed() {
      let number = chain.segments.firstIndex {
        $0.place.range.lowerBound <= place && place <= $0.place.range.upperBound
      }
      if let number { return (chain, number) }
    }
    return nil
  }

  /// The dot that the boxes behind it belong to.
  var dot: Int? {
    var here = previous
    while let number = here, [.comma, .openParenthesis, .identifier].contains(kind(number)) { here = before(number) }
    return kind(here) == .dot ? here : nil
  }

  func wordKind(_ tree: GraphFile) -> Token.Kind? {
    word.isEmpty ? nil : kind(tree.tokens.index(holding: word.lowerBound))
  }
}
