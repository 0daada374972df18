/// What comments say to us: descriptions of declarations, and codes that are allowed.
struct Comments {
  private let source: Source
  private let tokens: [Token]

  init(_ source: Source, _ tokens: [Token]) {
    self.source = source
    self.tokens = tokens
  }

  /// The last run of `##` lines that ends before the token at `index`, with nothing but trivia between them.
  ///
  /// - Returns: the indices of its first and its last token.
  func run(before index: Int) -> ClosedRange<Int>? {
    var last = index - 1
    while last >= 0, tokens[last].isTrivia, tokens[last].kind != .documentation { last -= 1 }
    guard last >= 0, tokens[last].kind == .documentation else { return nil }
    var first = last
    var index = last - 1
    var lineEnds = 0
    while index >= 0, tokens[index].isTrivia, lineEnds < 2 {
      switch tokens[index].kind {
      case .newline: lineEnds += 1
      case .documentation:
        first = index
        lineEnds = 0
      case .blank: break
      default: return first...last
      }
      index -= 1
    }
    return first...last
  }

  func documentation(_ run: ClosedRange<Int>) -> Documentation {
    var lines: [String] = []
    for index in run where tokens[index].kind == .documentation {
      var line = source.text(tokens[index].range).dropFirst(2)
      if line.first == " " { line = line.dropFirst() }
      while let last = line.last, last.isWhitespace { line = line.dropLast() }
      lines.append(String(line))
    }
    let range = tokens[run.lowerBound].range.lowerBound..<tokens[run.upperBound].range.upperBound
    return Documentation(text: lines.joined(separator: "\n"), place: Place(source, range))
  }

  /// The first run of `##` lines of the file, if it stands before all else.
  func fileRun() -> ClosedRange<Int>? {
    guard let first = tokens.firstIndex(where: { !$0.isTrivia || $0.kind == .documentation }),
      tokens[first].kind == .documentation
    else { return nil }
    var last = first
    var lineEnds = 0
    for index in first + 1..<max(first + 1, tokens.count) {
      switch tokens[index].kind {
      case .newline: lineEnds += 1
      case .documentation:
        last = index
        lineEnds = 0
      case .blank: break
      default: return first...last
      }
      if lineEnds > 1 { break }
    }
    return first...last
  }

  /// The comments `# allow(K0410, K0411)`, in the order of the text.
  ///
  /// A statement that is broken over lines is the same statement, so that what is allowed does not depend on the lines.
  ///
  /// - Parameter statements: those of the file.
  func allowances(_ statements: [Statement]) -> [Allowance] {
    var allowances: [Allowance] = []
    var heads: [StatementHead]?
    var next: Token?
    for index in tokens.indices.reversed() {
      let token = tokens[index]
      if !token.isTrivia { next = token }
      guard token.kind == .comment else { continue }
      let codes = codes(in: token)
      guard !codes.isEmpty else { continue }
      let about = standsAlone(index) ? next ?? token : tokens[..<index].last { !$0.isTrivia } ?? token
      if heads == nil { heads = StatementHead.all(in: statements) }
      let head = heads?.last(before: about.range.lowerBound)
      let line = source.line(of: about.range.lowerBound)
      let lines = head.map { source.line(of: $0.range.lowerBound)...source.line(of: $0.range.upperBound) }
      allowances += codes.reversed().map {
        Allowance(code: $0, lines: lines ?? line...line, isConditional: head?.isConditional ?? false)
      }
    }
    return allowances.reversed()
  }

  private func codes(in comment: Token) -> [Name] {
    let bytes = source.bytes[comment.range]
    var rest = bytes.drop { $0 == UInt8(ascii: "#") || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard rest.starts(with: "allow".utf8) else { return [] }
    let opening = rest.dropFirst(5).drop { $0 == UInt8(ascii: " ") }
    // A blank before the parenthesis is forgiven where codes follow; else it is a sentence.
    let isSentence = opening.startIndex > rest.startIndex + 5 && !opening.starts(with: "(K0".utf8)
    guard opening.first == UInt8(ascii: "("), !isSentence else { return [] }
    rest = opening.dropFirst()
    guard let end = rest.firstIndex(of: UInt8(ascii: ")")) else { return [] }
    return rest[..<end].split { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }.map { code in
      let place = Place(source, code.startIndex..<code.endIndex)
      return Name(place.text, place)
    }
  }

  /// True if nothing but blank space stands before the comment on its line.
  private func standsAlone(_ index: Int) -> Bool {
    var before = index - 1
    while before >= 0, tokens[before].isTrivia, tokens[before].kind != .newline { before -= 1 }
    return before < 0 || tokens[before].kind == .newline
  }
}

extension Parser {
  /// The description of the declaration whose first token is at `index`, unless it is the file's.
  func documentation(before index: Int) -> Documentation? {
    let at = Int(significant[index])
    guard at > 0, tokens[at - 1].isTrivia else { return nil }
    let comments = Comments(source, tokens)
    guard let run = comments.run(before: at) else { return nil }
    if index == 0, run.lowerBound == comments.fileRun()?.lowerBound { return nil }
    return comments.documentation(run)
  }

  func fileDocumentation() -> Documentation? {
    let comments = Comments(source, tokens)
    return comments.fileRun().map(comments.documentation)
  }
}
