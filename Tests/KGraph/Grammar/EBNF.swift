/// A grammar in the notation of ISO/IEC 14977, as far as ours uses it.
struct EBNF: Sendable {
  indirect enum Expression: Sendable {
    /// The number tells alternatives apart in counting.
    case choice([Expression], id: Int)
    case sequence([Expression])
    case optional(Expression, id: Int)
    case repeated(Expression, id: Int)
    case terminal(String)
    case production(String)
    case special(String)
  }

  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  private(set) var productions: [String: Expression] = [:]
  /// In the order of the text.
  private(set) var names: [String] = []
  /// How many choices, options and repetitions there are.
  private(set) var decisionCount = 0
  private var rest: Substring

  init(_ text: String) throws {
    rest = text[...]
    while true {
      skip()
      if rest.isEmpty { break }
      let name = try word()
      guard productions[name] == nil else { throw Fault(description: "`\(name)` is defined twice") }
      try take("=")
      productions[name] = try alternatives()
      names.append(name)
      try take(";")
    }
  }

  /// All terminals of the productions for which `included` is true.
  func terminals(where included: (String) -> Bool) -> Set<String> {
    var found: Set<String> = []
    for (name, expression) in productions where included(name) {
      expression.visit { if case .terminal(let text) = $0 { found.insert(text) } }
    }
    return found
  }

  static func isLexical(_ name: String) -> Bool { name.allSatisfy(\.isUppercase) }

  private mutating func alternatives() throws -> Expression {
    var alternatives = [try sequence()]
    while peek("|") {
      try take("|")
      alternatives.append(try sequence())
    }
    return alternatives.count == 1 ? alternatives[0] : .choice(alternatives, id: next())
  }

  private mutating func sequence() throws -> Expression {
    var parts = [try factor()]
    while peek(",") {
      try take(",")
      parts.append(try factor())
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func factor() throws -> Expression {
    skip()
    guard let first = rest.first else { throw Fault(description: "the grammar ends in the middle") }
    switch first {
    case "[":
      rest.removeFirst()
      let inner = try alternatives()
      try take("]")
      return .optional(inner, id: next())
    case "{":
      rest.removeFirst()
      let inner = try alternatives()
      try take("}")
      return .repeated(inner, id: next())
    case "(":
      rest.removeFirst()
      let inner = try alternatives()
      try take(")")
      return inner
    case "\"", "'", "?":
      rest.removeFirst()
      guard let end = rest.firstIndex(of: first) else {
        throw Fault(description: "no `\(first)` closes \(rest.prefix(20))")
      }
      let text = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      return first == "?" ? .special(text.filter { $0 != "\n" }.trimmed) : .terminal(text)
    default: return .production(try word())
    }
  }

  private mutating func next() -> Int {
    decisionCount += 1
    return decisionCount - 1
  }

  private mutating func word() throws -> String {
    skip()
    let word = rest.prefix(while: \.isLetter)
    guard !word.isEmpty else { throw Fault(description: "a name is missing before \(rest.prefix(20))") }
    rest = rest.dropFirst(word.count)
    return String(word)
  }

  private mutating func peek(_ sign: Character) -> Bool {
    skip()
    return rest.first == sign
  }

  private mutating func take(_ sign: Character) throws {
    guard peek(sign) else { throw Fault(description: "`\(sign)` is missing before \(rest.prefix(20))") }
    rest.removeFirst()
  }

  /// Blank space and comments, which nest.
  private mutating func skip() {
    var depth = 0
    while !rest.isEmpty {
      if rest.hasPrefix("(*") {
        depth += 1
        rest = rest.dropFirst(2)
      } else if depth > 0, rest.hasPrefix("*)") {
        depth -= 1
        rest = rest.dropFirst(2)
      } else if depth > 0 || rest.first?.isWhitespace == true {
        rest.removeFirst()
      } else {
        return
      }
    }
  }
}

extension EBNF.Expression {
  func visit(_ body: (EBNF.Expression) -> Void) {
    body(self)
    switch self {
    case .choice(let parts, _), .sequence(let parts): for part in parts { part.visit(body) }
    case .optional(let inner, _), .repeated(let inner, _): inner.visit(body)
    case .terminal, .production, .special: break
    }
  }

  func mentions(_ name: String) -> Bool {
    var found = false
    visit { if case .production(name) = $0 { found = true } }
    return found
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
