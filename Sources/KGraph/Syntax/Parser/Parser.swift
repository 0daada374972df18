/// Reads tokens into a tree by recursive descent. Never fails.
///
/// A mistake is reported once. After it the parser is `lost`: it reports nothing more until it has found a place where
/// it knows its way again, which is the next comma or closing bracket, the next line, or the next statement.
struct Parser {
  /// What the parser knows of where it is.
  enum Course {
    case sure
    /// A mistake was reported; the nearest comma or closing bracket may help.
    case lost
    /// Nothing of this statement can be trusted any more.
    case abandoned
  }

  let source: Source
  let tokens: [Token]
  /// Indices of the tokens that are no trivia.
  let significant: [Int32]
  /// Whether the significant token is the first on its line.
  let beginsLine: [Bool]
  let faultyTokens: Set<Int>
  let unclosedTexts: Set<Int>
  var diagnostics: [Diagnostic]
  /// The next significant token.
  var position = 0
  /// Where the present statement begins.
  var statementStart = 0
  /// What closes the brackets that are open in the present statement, the outermost first; line ends inside them mean
  /// nothing.
  var closers: [Token.Kind] = []
  /// How many blocks are open.
  var blocks = 0
  /// How deep the present node is nested.
  var depth = 0
  var course = Course.sure
  /// The statements in which the parser was lost to their end.
  var unreadable: [Range<Int>] = []
  /// The statements in which a mistake was found, and understood.
  var doubtful: [Range<Int>] = []
  /// Whether it is not known what belongs to which graph.
  var isStructureLost = false
  /// Whether a step of a test names no box, which has been reported.
  var isBoxAssumed = false
  /// Whether a line of an `.fbp` file has been reported.
  var hasFoundFBP = false
  /// Opening braces of blocks that nothing closed, reported at the end as one.
  var unclosedBlocks: [UnclosedBlock] = []

  struct UnclosedBlock {
    let brace: Place
    /// A statement that stands too far left to be meant for inside the block.
    let outdented: Place?
  }

  static let depthLimit = 64
  static let sizeLimit = 8 << 20
  static let errorLimit = 100
  /// A file with a NUL in it and more errors than these is no text.
  static let binaryLimit = 3

  init(_ source: Source) {
    var lexer = Lexer(source)
    if source.bytes.count <= Self.sizeLimit { lexer.run() } else { lexer.refuse() }
    self.source = source
    self.tokens = lexer.tokens
    self.diagnostics = lexer.diagnostics
    self.faultyTokens = lexer.faultyTokens
    self.unclosedTexts = lexer.unclosedTexts
    var significant: [Int32] = []
    var beginsLine: [Bool] = []
    significant.reserveCapacity(tokens.count * 2 / 3)
    beginsLine.reserveCapacity(tokens.count * 2 / 3)
    var isNewLine = true
    for (index, token) in tokens.enumerated() {
      if token.isTrivia {
        if token.kind == .newline { isNewLine = true }
      } else {
        significant.append(Int32(index))
        beginsLine.append(isNewLine)
        isNewLine = false
      }
    }
    self.significant = significant
    self.beginsLine = beginsLine
  }

  /// The whole file.
  mutating func file() -> GraphFile {
    let statements = statements(in: nil)
    reportUnclosedBlocks()
    let comments = Comments(source, tokens)
    // What holds a NUL and much else that is wrong is a program, a picture or an archive: one message says it better.
    if diagnostics.count > Self.binaryLimit, let nul = source.bytes.firstIndex(of: 0) {
      return GraphFile(
        source: source, tokens: tokens, documentation: nil, statements: [], allowances: [],
        diagnostics: [.noText(Place(source, nul..<nul + 1))], unreadable: [], doubtful: [])
    }
    if !diagnostics.isEmpty, source.bytes.count <= Self.sizeLimit, let format = ForeignFormat(source) {
      return GraphFile(
        source: source, tokens: tokens, documentation: nil, statements: [], allowances: [],
        diagnostics: [.foreignFormat(format, source)], unreadable: [0..<source.bytes.count + 1], doubtful: [])
    }
    return GraphFile(
      source: source, tokens: tokens, documentation: fileDocumentation(), statements: statements,
      allowances: comments.allowances(statements), diagnostics: finalDiagnostics(),
      unreadable: isStructureLost ? [0..<source.bytes.count + 1] : unreadable, doubtful: doubtful)
  }

  /// Everything in the order of the text, cut off where there is too much.
  private func finalDiagnostics() -> [Diagnostic] {
    var sorted = diagnostics.enumerated().sorted {
      ($0.element.place.range.lowerBound, $0.offset) < ($1.element.place.range.lowerBound, $1.offset)
    }.map(\.element)
    if sorted.count > Self.errorLimit {
      let next = sorted[Self.errorLimit].place
      sorted.removeSubrange(Self.errorLimit...)
      sorted.append(.tooManyErrors(next, limit: Self.errorLimit))
    }
    return sorted
  }
}

// MARK: Reporting

extension Parser {
  /// Reports, unless lost, and goes on as if nothing had happened.
  mutating func report(_ diagnostic: Diagnostic) {
    guard course == .sure, diagnostics.count < Self.errorLimit * 100 else { return }
    diagnostics.append(diagnostic)
  }

  /// Reports, unless lost or something has been said about the next token already; then the parser is lost.
  mutating func fail(_ diagnostic: Diagnostic) {
    guard course == .sure else { return }
    if !isFaulty(position) { report(diagnostic) }
    course = .lost
  }

  /// Like `fail`, and gives the whole statement up.
  mutating func abandon(_ diagnostic: Diagnostic) {
    fail(diagnostic)
    course = .abandoned
  }

  /// True if the lexer has spoken of this token.
  func isFaulty(_ index: Int) -> Bool {
    index < significant.count && faultyTokens.contains(Int(significant[index]))
  }

  /// Runs `body` one level deeper, or reports that there are too many and gives `nil`.
  mutating func nested<Node>(_ body: (inout Parser) -> Node) -> Node? {
    guard depth < Self.depthLimit else {
      if course == .sure { report(.nestedTooDeeply(currentPlace, limit: Self.depthLimit)) }
      course = .abandoned
      return nil
    }
    depth += 1
    defer { depth -= 1 }
    return body(&self)
  }
}
