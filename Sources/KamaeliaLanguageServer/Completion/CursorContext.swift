import Foundation
import KGraph

/// What could be written at a place, told from the tokens before it and from the tree around it.
///
/// Works on texts that are half written: brackets count only as far as the parser agrees that they are open.
struct CursorContext {
  enum Wanted {
    case nothing
    /// A code in `# allow(…)`.
    case code
    /// A file, behind what is written of its path.
    case path(String)
    /// What stands in a text that is an argument of what the token with that number calls, behind what is written of it.
    case text(of: Int, name: String, begun: String)
    /// A graph of the file with that path.
    case imported(from: String?)
    /// A name behind `$` or `${`.
    case value(isInText: Bool)
    case backplane
    /// A box of a segment.
    case box
    /// A box in a step of a test.
    case testBox(BoxDeclaration.Direction)
    /// An argument of what is called by the token with that number: its name, or its value.
    case argument(of: Int)
    case argumentValue(of: Int, name: String)
    /// An option of a linkage, or of all linkages of a graph.
    case option(isDefault: Bool)
    case optionValue(name: String)
    case restartOption
    case type(isParameter: Bool)
    /// A component or graph behind `=` or `of`.
    case component
    /// What may stand behind an arrow, or in a group of segments.
    case segment
    case statement
    case testStep
    /// A word behind an instance; `isNamed` where it has its name already, `isCopied` where it says how many there are.
    case clause(isNamed: Bool, isCopied: Bool)
    /// What an `if` goes on with behind its block.
    case alternative
    /// An instance of the graph that a test is about, and the word behind it.
    case replaced
    case replacement
    case sharing
    case policy
    /// A word behind a box that a test expects something of.
    case expectation
    /// Any value: of a parameter's default, a list, a literal.
    case anyValue
  }

  let tree: GraphFile
  let offset: Int
  /// The word or number that is being written; an empty stretch at the place where there is none.
  private(set) var word: Range<Int>
  private(set) var wanted = Wanted.nothing
  /// The number of the last token before the word that is no blank space.
  private(set) var previous: Int?

  private var tokens: [Token] { tree.tokens }

  init(_ tree: GraphFile, at offset: Int) {
    self.tree = tree
    self.offset = offset
    word = offset..<offset
    var here = tree.tokens.index(holding: max(0, offset - 1))
    if offset == 0 { here = 0 }
    guard here < tree.tokens.count || tree.tokens.isEmpty || offset >= tree.source.bytes.count else { return }
    var last = here
    if here < tree.tokens.count, offset > 0 {
      let token = tree.tokens[here]
      switch token.kind {
      case .comment:
        let before = tree.source.text(token.range.lowerBound..<offset)
        if let start = before.range(of: "allow", options: .backwards)?.upperBound,
          before[start...].allSatisfy({ " (,".contains($0) || $0.isLetter || $0.isNumber })
        {
          wanted = .code
          let digits = before.reversed().prefix { $0.isLetter || $0.isNumber }.count
          word = offset - digits..<offset
        }
        return
      case .documentation, .shebang, .byteOrderMark: return
      case .rawString where offset < token.range.upperBound: return
      case .identifier, .number:
        word = token.range
        last = here - 1
      default: break
      }
    } else if offset == 0 {
      last = -1
      if let first = tree.tokens.first, first.kind == .identifier { word = first.range }
    }
    while last >= 0, last < tree.tokens.count, tree.tokens[last].isTrivia { last -= 1 }
    if last >= tree.tokens.count { last = tree.tokens.count - 1 }
    while last >= 0, tree.tokens[last].isTrivia { last -= 1 }
    previous = last >= 0 ? last : nil
    wanted = find()
  }

  func text(_ number: Int) -> String {
    tokens.indices.contains(number) ? tree.source.text(tokens[number].range) : ""
  }

  func kind(_ number: Int?) -> Token.Kind? { number.flatMap { tokens.indices.contains($0) ? tokens[$0].kind : nil } }

  /// The token before that one, blank space and comments left out.
  func before(_ number: Int?) -> Int? {
    guard var here = number else { return nil }
    here -= 1
    while here >= 0, tokens[here].isTrivia { here -= 1 }
    return here >= 0 ? here : nil
  }

  /// The token behind the word.
  var following: Int? {
    var here = tokens.index(holding: max(word.upperBound, offset))
    while here < tokens.count, tokens[here].kind == .blank { here += 1 }
    return here < tokens.count ? here : nil
  }

  private func startsLine(_ number: Int?) -> Bool {
    guard let number else { return true }
    return tree.source.line(of: tokens[number].range.lowerBound) < tree.source.line(of: word.lowerBound)
  }

  // MARK: Finding out

  private mutating func find() -> Wanted {
    if let inside = textAround() { return inside }
    switch kind(previous) {
    case .dollar: return .value(isInText: false)
    case .interpolationOpen: return .value(isInText: true)
    case .at: return .backplane
    case .dot: return isInTest ? .testBox(testDirection) : .box
    default: break
    }
    if let open = enclosingBracket() { return inBracket(open) }
    return inStatement()
  }

  /// Inside a text or a command: files of imports, else nothing but what `${` begins.
  private mutating func textAround() -> Wanted? {
    guard let last = previous ?? (tokens.isEmpty ? nil : 0) else { return nil }
    var here = tokens.index(holding: max(0, offset - 1))
    if here >= tokens.count { here = tokens.count - 1 }
    var open: Int?
    // A text ends with its line.
    var number = here
    var isQuoted = false
    while number >= 0, tokens[number].kind != .newline { number -= 1 }
    for index in (number + 1)..<max(number + 1, here + 1) where tokens[index].range.lowerBound < offset {
      switch tokens[index].kind {
      case .quote, .backtick:
        isQuoted.toggle()
        open = isQuoted ? index : nil
      default: break
      }
    }
    guard let open, isQuoted, kind(last) != .interpolationOpen else { return nil }
    let start = tokens[open].range.upperBound
    let begun = before(open)
    // A name between `${` and `}` that is not written yet is no token.
    let written = tree.source.text(start..<max(start, offset))
    if let sign = written.range(of: "${", options: .backwards) {
      let name = written[sign.upperBound...]
      if name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" }) {
        word = offset - name.utf8.count..<max(offset, word.contains(offset - 1) ? word.upperBound : offset)
        return .value(isInText: true)
      }
    }
    let isImport = begun.map { text($0) == "import" || text($0) == "from" } ?? false
    if isImport {
      word = offset - (written.split(separator: "/", omittingEmptySubsequences: false).last?.utf8.count ?? 0)..<offset
      return .path(written)
    }
    return argument(holding: open, written) ?? .nothing
  }

  /// The argument that a text is the value of, or an element of its value.
  private mutating func argument(holding text: Int, _ written: String) -> Wanted? {
    guard kind(text) == .quote, let bracket = enclosingBracket(from: before(text)) else { return nil }
    word = offset..<offset
    if kind(bracket) == .openBracket {
      guard case .argumentValue(let callee, let name)? = outerArgument(bracket) else { return nil }
      return .text(of: callee, name: name, begun: written)
    }
    guard kind(bracket) == .openParenthesis, let callee = before(bracket), kind(callee) == .identifier else {
      return nil
    }
    let last = before(text)
    if kind(last) == .colon, let name = before(last) { return .text(of: callee, name: self.text(name), begun: written) }
    return last == bracket ? .text(of: callee, name: "", begun: written) : nil
  }

  /// The innermost bracket that is open at the place, as far as the parser agrees.
  private func enclosingBracket() -> Int? { enclosingBracket(from: previous) }

  private func enclosingBracket(from last: Int?) -> Int? {
    var depth = 0
    var here = last
    while let number = here {
      switch tokens[number].kind {
      case .closeParenthesis, .closeBracket, .closeBrace: depth += 1
      case .openParenthesis, .openBracket, .openBrace, .arrowOptions:
        if depth == 0 { return isOpen(number) ? number : nil }
        depth -= 1
      default: break
      }
      here = before(number)
    }
    return nil
  }

  private func isOpen(_ number: Int) -> Bool {
    let bracket = tokens[number].range.lowerBound
    if tokens[number].kind == .openBrace { return true }
    if tree.source.line(of: bracket) == tree.source.line(of: offset) { return true }
    return tree.path(to: bracket).contains { node in
      !(node is GraphFile) && !(node is Block) && !(node is GraphDeclaration)
        && node.place.range.lowerBound <= bracket && offset <= node.place.range.upperBound
    }
  }

  private func inBracket(_ open: Int) -> Wanted {
    let owner = before(open)
    switch tokens[open].kind {
    case .openParenthesis:
      guard let owner else { return .nothing }
      if kind(owner) == .dot { return .box }
      if kind(owner) != .identifier && kind(owner) != .backtick { return .anyValue }
      if let wanted = inDeclaration(open, owner) { return wanted }
      let callee = text(owner)
      if RestartClause.Policy(rawValue: callee) != nil, before(owner).map({ text($0) == "restart" }) ?? false {
        return kind(previous) == .colon ? .nothing : .restartOption
      }
      if callee == "key" { return .nothing }
      if let name = argumentName(open) { return .argumentValue(of: owner, name: name) }
      return kind(previous) == .openParenthesis || kind(previous) == .comma ? .argument(of: owner) : .nothing
    case .arrowOptions:
      if kind(previous) == .colon { return .optionValue(name: before(previous).map(text) ?? "") }
      return kind(previous) == .arrowOptions || kind(previous) == .comma ? .option(isDefault: false) : .nothing
    case .openBracket:
      // A group of segments, a list of values, or an element of a box.
      let isSegment = owner == nil || startsStatement(open) || kind(owner) == .arrow
      if isSegment, kind(previous) == .openBracket || kind(previous) == .comma { return .segment }
      if isSegment { return .nothing }
      return outerArgument(open) ?? .anyValue
    case .openBrace:
      if let owner, text(owner) == "defaults" {
        if kind(previous) == .colon { return .optionValue(name: before(previous).map(text) ?? "") }
        return kind(previous) == .openBrace || kind(previous) == .comma ? .option(isDefault: true) : .nothing
      }
      if let owner, text(owner) == "import" {
        let path = tree.importing(at: tokens[open].range.lowerBound)?.path.constant
        return kind(previous) == .openBrace || kind(previous) == .comma ? .imported(from: path) : .nothing
      }
      // A brace that begins a value: a record, which may hold anything.
      if let owner, [.colon, .comma, .assign, .openParenthesis].contains(kind(owner)) {
        return kind(previous) == .colon ? .anyValue : .nothing
      }
      return inStatement(block: open)
    default: return .nothing
    }
  }

  /// Behind `graph Name(` and `Type(`: declarations and refinements.
  private func inDeclaration(_ open: Int, _ owner: Int) -> Wanted? {
    guard let first = before(owner) else { return nil }
    if text(first) == "graph", startsStatement(first) {
      if kind(previous) == .colon { return .type(isParameter: true) }
      return kind(previous) == .assign ? .anyValue : .nothing
    }
    return nil
  }

  /// What an argument's value is the value of: `name` in `(name: |` and `(name: [1, |`.
  private func argumentName(_ open: Int) -> String? {
    guard kind(previous) == .colon || kind(previous) == .range else { return nil }
    var colon = previous
    if kind(previous) == .range {
      colon = before(before(previous))
      if kind(colon) != .colon { return nil }
    }
    return before(colon).flatMap { kind($0) == .identifier ? text($0) : nil }
  }

  /// In a list: the argument that the list is the value of.
  private func outerArgument(_ list: Int) -> Wanted? {
    guard let colon = before(list) else { return nil }
    var depth = 0
    var here: Int? = colon
    var open: Int?
    while let number = here {
      switch tokens[number].kind {
      case .closeParenthesis, .closeBracket, .closeBrace: depth += 1
      case .openParenthesis, .openBracket, .openBrace, .arrowOptions:
        if depth == 0 { open = number }
        depth -= 1
      default: break
      }
      if open != nil { break }
      here = before(number)
    }
    guard let open, kind(open) == .openParenthesis, let owner = before(open), kind(owner) == .identifier else {
      return nil
    }
    if kind(colon) == .colon, let name = before(colon) { return .argumentValue(of: owner, name: text(name)) }
    return .argumentValue(of: owner, name: "")
  }

  /// Whether the token is the first of its statement: the first of its line, not carried over from the line before.
  func startsStatement(_ number: Int) -> Bool {
    guard let last = before(number) else { return true }
    let line = tree.source.line(of: tokens[number].range.lowerBound)
    if tree.source.line(of: tokens[last].range.lowerBound) == line { return kind(last) == .openBrace }
    return ![.comma, .assign, .arrow, .arrowOptions, .openParenthesis, .openBracket].contains(kind(last))
  }

  private var isInTest: Bool {
    tree.path(to: max(0, offset - 1)).contains { node in
      guard let test = node as? TestDeclaration else { return false }
      return !test.body.range.isEmpty && test.body.range.lowerBound < offset
    }
  }

  private var isInCases: Bool {
    tree.path(to: max(0, offset - 1)).contains { node in
      guard let table = node as? CaseTable else { return false }
      return table.body.range.lowerBound < offset
    }
  }

  /// The word that the line begins with.
  private var firstWord: String {
    var here = previous
    var first: Int?
    while let number = here, !startsLine(number) {
      first = number
      here = before(number)
    }
    return first.map(text) ?? ""
  }

  private var testDirection: BoxDeclaration.Direction { ["send", "close"].contains(firstWord) ? .inbox : .outbox }

  private func inStatement(block: Int? = nil) -> Wanted {
    guard let previous else { return .statement }
    if isInTest { return inTest(previous) }
    let isFirst =
      previous == block
      || (startsLine(previous) && ![.comma, .assign, .arrow, .colon].contains(kind(previous)))
      || (kind(previous) == .closeBrace && startsLine(previous))
    if isFirst { return .statement }
    switch kind(previous) {
    case .arrow: return .segment
    case .assign:
      // `param x: T = |` and `name = |`.
      return firstWord == "param" ? .anyValue : .component
    case .colon:
      switch firstWord {
      case "param": return .type(isParameter: true)
      case "inbox", "outbox", "backplane": return .type(isParameter: false)
      default: return .nothing
      }
    case .openBracket, .question: return .nothing
    case .identifier:
      switch text(previous) {
      case "of" where firstWord == "test": return .component
      case "in" where firstWord == "for": return .anyValue
      case "by": return .sharing
      case "restart": return .policy
      default: break
      }
      return firstWord == text(previous) ? .nothing : clause
    case .closeParenthesis, .backtick, .number: return clause
    case .closeBrace where closesCondition(previous): return .alternative
    default: return .nothing
    }
  }

  /// What may follow an instance, by what follows it already.
  private var clause: Wanted {
    var here = previous
    var words: Set<String> = []
    var depth = 0
    // Back to the arrow before it, or to the beginning of its statement.
    while let number = here {
      switch kind(number) {
      case .closeParenthesis, .closeBracket: depth += 1
      case .openParenthesis, .openBracket: depth -= 1
      case .arrow where depth == 0: return .clause(isNamed: words.contains("as"), isCopied: words.contains("replicate"))
      case .assign where depth == 0: return .clause(isNamed: true, isCopied: words.contains("replicate"))
      case .identifier where depth == 0: words.insert(text(number))
      default: break
      }
      if depth < 0 || startsStatement(number) { break }
      here = before(number)
    }
    return .clause(isNamed: words.contains("as"), isCopied: words.contains("replicate"))
  }

  /// Whether a brace ends the block of an `if` that has no `else` yet.
  private func closesCondition(_ brace: Int) -> Bool {
    let range = tokens[brace].range
    return tree.path(to: range.lowerBound).contains { node in
      guard let statement = node as? IfStatement else { return false }
      return statement.body.place.range.upperBound == range.upperBound
    }
  }

  private func inTest(_ previous: Int) -> Wanted {
    if isInCases { return [.colon, .comma].contains(kind(previous)) ? .anyValue : .nothing }
    if startsLine(previous) || kind(previous) == .openBrace { return .testStep }
    switch (text(previous), firstWord) {
    case ("send", "send"), ("close", "close"): return .testBox(.inbox)
    case ("expect", "expect"), ("on", "expect"): return .testBox(.outbox)
    case ("replace", "replace"): return .replaced
    case ("with", "replace"): return .component
    case (_, "replace") where kind(previous) == .identifier: return .replacement
    case (_, "expect") where kind(previous) == .identifier: return .expectation
    default: return [.colon, .comma].contains(kind(previous)) ? .anyValue : .nothing
    }
  }
}
