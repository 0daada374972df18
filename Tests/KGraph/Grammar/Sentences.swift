@testable import KGraph

/// Numbers that only look random (Steele, Lea, Flood: SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Makes sentences of a grammar by chance.
struct Sentences {
  private let grammar: EBNF
  private var random: SeededGenerator
  private var text = ""
  private var mayGlue = false
  /// What the specials of the grammar stand for.
  private let specials: [String: [String]]
  /// How many productions it takes at least to end one.
  private var heights: [String: Int] = [:]
  /// The branches taken: of each choice which, of each option and repetition whether.
  private(set) var taken: Set<[Int]> = []
  private(set) var used: Set<String> = []
  /// Set when a special is met that is not known.
  private(set) var unknownSpecials: Set<String> = []
  private var brackets = 0

  init(_ grammar: EBNF, seed: Int, specials: [String: [String]]) {
    self.grammar = grammar
    self.random = SeededGenerator(seed)
    self.specials = specials
    for name in grammar.names { heights[name] = 1_000 }
    for _ in grammar.names {
      for name in grammar.names { heights[name] = 1 + height(grammar.productions[name] ?? .sequence([])) }
    }
  }

  /// A sentence of `start` in which the productions of `path` occur inside one another.
  mutating func sentence(_ start: String, through path: [String]) -> String {
    text = ""
    mayGlue = true
    brackets = 0
    production(start, path[...], budget: 20, isLexical: false)
    return text
  }

  private func height(_ expression: EBNF.Expression) -> Int {
    switch expression {
    case .choice(let parts, _): parts.map(height).min() ?? 0
    case .sequence(let parts): parts.map(height).max() ?? 0
    case .optional, .repeated, .terminal, .special: 0
    case .production(let name): heights[name] ?? 0
    }
  }

  private mutating func production(_ name: String, _ path: ArraySlice<String>, budget: Int, isLexical: Bool) {
    used.insert(name)
    let becomesLexical = !isLexical && EBNF.isLexical(name)
    if becomesLexical { separate(name == "END" || name == "DOCUMENTATION" ? "\n" : "A") }
    let start = text.endIndex
    let rest = path.first == name ? path.dropFirst() : path
    expand(grammar.productions[name] ?? .sequence([]), rest, budget: budget - 1, isLexical: isLexical || becomesLexical)
    if name == "NAME" { avoidWords(from: start) }
    if becomesLexical { mayGlue = text.last == "\n" }
  }

  /// A name that is a word of the language gets a letter more.
  private mutating func avoidWords(from start: String.Index) {
    let name = String(text[start...])
    if name == "_" || name == "r" || Keyword(rawValue: name) != nil || ContextualWord(rawValue: name) != nil {
      text += "x"
    }
  }

  private mutating func expand(
    _ expression: EBNF.Expression, _ path: ArraySlice<String>, budget: Int, isLexical: Bool
  ) {
    switch expression {
    case .sequence(let parts):
      let target = path.first.flatMap { name in parts.firstIndex { $0.mentions(name) } }
      for (index, part) in parts.enumerated() {
        expand(part, index == target ? path : [], budget: budget, isLexical: isLexical)
      }
    case .choice(let parts, let id):
      var index = Int.random(in: parts.indices, using: &random)
      if let name = path.first, let wanted = parts.firstIndex(where: { $0.mentions(name) }) {
        index = wanted
      } else if let new = parts.indices.first(where: { !taken.contains([id, $0]) && height(parts[$0]) < budget }) {
        index = new
      } else if budget < height(parts[index]) {
        index = parts.indices.min { height(parts[$0]) < height(parts[$1]) } ?? 0
      }
      taken.insert([id, index])
      expand(parts[index], path, budget: budget, isLexical: isLexical)
    case .optional(let inner, let id):
      let isWanted = path.first.map(inner.mentions) ?? false
      let isTaken = isWanted || (budget > height(inner) && Int.random(in: 0..<3, using: &random) == 0)
      taken.insert([id, isTaken ? 1 : 0])
      if isTaken { expand(inner, path, budget: isWanted ? budget : budget - 2, isLexical: isLexical) }
    case .repeated(let inner, let id):
      let isWanted = path.first.map(inner.mentions) ?? false
      let room = budget > height(inner) ? Int.random(in: 0...2, using: &random) : 0
      let count = max(room, isWanted ? 1 : 0)
      taken.insert([id, min(count, 1)])
      for index in 0..<count {
        expand(inner, index == 0 ? path : [], budget: isWanted ? budget : budget - 2, isLexical: isLexical)
      }
    case .terminal(let sign):
      if !isLexical { separate(sign) }
      text += sign
      if !isLexical { mayGlue = false }
    case .production(let name): production(name, path, budget: budget, isLexical: isLexical)
    case .special("no space"): mayGlue = true
    case .special(let words):
      if specials[words] == nil { unknownSpecials.insert(words) }
      text += specials[words]?.randomElement(using: &random) ?? ""
    }
  }

  /// A blank between two tokens, or a line end where the language takes one for a blank.
  private mutating func separate(_ next: String) {
    defer { mayGlue = false }
    guard !mayGlue, let last = text.last, last != "\n" else { return }
    let goesOn = text.hasSuffix("->") || text.hasSuffix("-[") || (",=(".contains(last) && !text.hasSuffix("=="))
    let isArrow = next == "->" || next == "-["
    let mayBreak = (goesOn && !text.hasSuffix(">=") && !text.hasSuffix("<=") && !text.hasSuffix("!=")) || isArrow
    text += mayBreak && next != "\n" && Int.random(in: 0..<8, using: &random) == 0 ? " # on\n  " : " "
  }
}
